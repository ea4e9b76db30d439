const BEFORE =
  /^(?:请问|请|麻烦|帮我|帮忙|我想|想|给我|能不能|可以)*(?:问一下|问下|知道|查一下|查查|查下|查|看一下|看看|看下|看)?[,，]?/;

const AFTER = /(?:一下|呢|啊|呀|啦|吗|嘛|来着)*[\s。.!！?？~～]*$/;

/** A short question without its courtesies: 「请问我还差什么呢？」 becomes 我还差什么. May leave an empty string. */
export function plainQuestion(text: string): string {
  return text.trim().replace(BEFORE, '').replace(AFTER, '');
}
