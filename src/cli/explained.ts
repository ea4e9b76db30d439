/** `owed --why`: the basis of an obligation and of its count, for a terminal and as JSON. Both are in Chinese, as in `owed`. */
import { textsOf } from '../cards/index.ts';
import type { Explanation } from '../plan/explain.ts';
import { shownCount } from '../plan/standing.ts';

const { reasons } = textsOf('zh-CN');

/** An explanation with its codes as sentences. */
export function explainedJson(e: Explanation) {
  const { state, done, nextCheckpoint } = e.standing;
  const { start, end } = e.period;
  return {
    ...e,
    period: { label: reasons.period(e.period), start, end },
    standing: { state, done, ...(nextCheckpoint && { nextCheckpoint }), reason: reasons.standing(e.standing) },
    notCounted: e.notCounted.map(({ activity, reason }) => ({ activity, reason: reasons.notCounted(reason) })),
    ...(e.standing.state === 'waived' && { waived: reasons.excuses(e.standing.by) }),
  };
}

/** The same as lines of text. */
export const explainedLines = (e: Explanation): string[] => [
  `${e.title}（${e.subject}，${reasons.period(e.period)}）：${reasons.standing(e.standing)}`,
  ...(e.clause ? [`依据：${e.clause}——${e.paraphrase}`] : []),
  ...(e.assumed ? ['文件未写次数，按此计'] : []),
  `时间：${e.period.start} 至 ${e.period.end}，应完成 ${e.target}，已完成 ${shownCount(e.standing.done)}`,
  `进度要求：${e.checkpoints.map((c) => `${c.date} 前 ${c.wanted}${c.reached ? '✓' : ''}`).join('，')}`,
  ...e.counted.map((a) => `计入：${a.date}${a.late ? '（补报）' : ''}`),
  ...e.notCounted.map(({ activity, reason }) => `未计：${activity.date}，${reasons.notCounted(reason)}`),
];
