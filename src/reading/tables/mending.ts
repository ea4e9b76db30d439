/** Words between the wrong value and the right one. */
export const TURN =
  '(?:应该是|应该为|应为|应是|改成|改为|改到|更正为|更正成|换成|更改为|修改为|修改成|调整为|而是|其实是|其实只有|其实|实际是|实际上是|实际只有|变成|写成了|[,。]\\s*是|(?<!不)是)';
