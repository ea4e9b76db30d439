/** What the headings above a sentence say about it: when, who, on which side, and which activity. */

import type { Side } from '../plan/plan.ts';
import type { Sentence } from './clauses.ts';
import { type ActMark, actsIn, type PeriodMark, periodsIn } from './marks.ts';
import { type Parties, sideIn } from './parties.ts';
import { WHO, type WhoRule } from './rules/who.ts';

export interface Headed {
  period?: PeriodMark;
  /** The heading is a month or a day: everything under it is due then. */
  scheduled: boolean;
  who?: WhoRule;
  side?: Side;
}

export function headedBy({ under }: Sentence, parties: Parties): Headed {
  const time = under.map(timeOf).findLast((found) => found !== undefined);
  const short = under.filter((h) => h.length <= LONGEST_HEAD).toReversed();
  const who = short
    .map((h) => h.replace(/\([^)]*\)|:$/g, ''))
    .map((h) => (h.length <= 8 || /责任|职责|义务|任务|要求|工作$/.test(h) ? whoRuleIn(h) : undefined))
    .find((found) => found !== undefined);
  const side = short.map((h) => sideIn(h, parties)).find((found) => found !== undefined);
  return {
    ...(time && { period: time.mark }),
    scheduled: time !== undefined && (time.besides <= 4 || time.stage) && typeof time.mark.period === 'object',
    ...(who && { who }),
    ...(side && { side }),
  };
}

/** 十一、十二月份 above a list: due in either month. */
function together(mark: PeriodMark | undefined): PeriodMark | undefined {
  if (mark?.rule.name !== 'months named' || typeof mark.period !== 'object' || !('windows' in mark.period)) return mark;
  const { windows } = mark.period;
  return { ...mark, period: { windows: [`${windows[0]!.slice(0, 5)}..${windows.at(-1)!.slice(7)}`] } };
}

/** 某县2026—2027学年工作计划 is the document's title and dates no clause. */
const OF_A_YEAR = /(?:学年|年)度?.{0,30}(?:方案|计划|安排|办法|要点|意见|细则)$/;

/** The time in a heading, and how many other signs it has: few if it is only a time, many in a title with a date. */
function timeOf(heading: string): { mark: PeriodMark; besides: number; stage: boolean } | undefined {
  const mark = together(periodsIn(heading).at(-1));
  if (OF_A_YEAR.test(heading) && mark?.period === 'school_year') return undefined;
  if (!mark) return undefined;
  const rest = heading.slice(0, mark.start) + heading.slice(mark.end);
  const besides = rest.replace(/\d{4}年?|[^\p{L}\p{N}]/gu, '').length;
  return besides <= MOST_BESIDES ? { mark, besides, stage: /阶段/.test(heading) } : undefined;
}
const MOST_BESIDES = 12;
/** A longer heading is about more than who does what follows. */
const LONGEST_HEAD = 14;
export const whoRuleIn = (text: string): WhoRule | undefined => WHO.find(({ when }) => when.test(text));

/** The activity in a clause's heading, for sentences that do not repeat it. A plan's title names none. */
export const titled = ({ under }: Sentence): ActMark[] =>
  actsIn(under.join(' '))
    .filter((a) => a.rule.gives !== 'document' && !a.rule.wide)
    .slice(-1);
