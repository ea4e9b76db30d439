/** Words for the last record. */
export const RECORD = oneOf(
  '上一?个?条 前一?条 最后一?条 那条 这条 上次我?报的?(?:那个)? 之前那条 刚发的 刚报的 刚刚发的 刚刚报的 刚才报的 刚才发的 前面那条 上面那条 刚才的 刚才那[节次堂场] 刚才那个 刚刚那个',
);
/** Words for it only beside a word of correction: 刚才 alone also dates a report. */
export const JUST_NOW = oneOf('刚才 刚刚 上面 上一次 上一?个(?![月星周礼学])');
/** Words that withdraw a record. */
export const WITHDRAW = oneOf('撤回 撤销 撤掉 撤了 撤 删除 删掉 删了 删去 作废');
/** Words that withdraw a record only if the record itself is named: 送教取消了 is about the trip. */
export const DISCARD = oneOf('取消 去掉 不要 不要了 不算 不算数');
/** Words that admit a mistake in a report. */
export const MISTAKE = oneOf(
  '看错 记混 搞混 说错 写错 记错 打错 报错 弄错 搞错 记成 报成 填成 填错 发错 讲错 才对 写成 更正 纠正 手误 口误',
);
/** Names of a record's fields: 次数不对, 日期错了. */
export const FIELD = oneOf('次数 节数 课时 日期 时间 地点 学校 学科 科目 年级 班级 名字 人名 姓名 学生 数量 金额 方式');
/** A report that should not exist. */
export const NEEDLESS = oneOf('发错了 报错了 误报 点错了 发重了 重复了 报重了');
/** Words between the wrong value and the right one. */
export const TURN = oneOf(
  '应该是 应该为 应为 应是 改成 改为 改到 更正为 更正成 换成 更改为 修改为 修改成 调整为 而是 其实是 其实只有 其实 实际是 实际上是 实际只有 变成 写成了 [,。]\\s*是 (?<!不)是',
);

function oneOf(words: string): string {
  return `(?:${words.split(' ').join('|')})`;
}
