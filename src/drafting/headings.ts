/** What the headings above a sentence say of it: when, who, on which side, and which activity. */

import type { Side } from '../plan/plan.ts';
import type { Sentence } from './clauses.ts';
import { type ActMark, actsIn, type PeriodMark, periodsIn } from './marks.ts';
import { type Parties, sideIn } from './parties.ts';
import { WHO, type WhoRule } from './rules/who.ts';

export interface Headed {
  period?: PeriodMark;
  /** The heading is a month or a day: what is named under it is to be done then. */
  scheduled: boolean;
  who?: WhoRule;
  side?: Side;
}

export function headedBy({ under }: Sentence, parties: Parties): Headed {
  const time = under.map(timeOf).findLast((found) => found !== undefined);
  const short = under.filter((h) => h.length <= LONGEST_HEAD).toReversed();
  const who = short
    .map((h) => h.replace(/\([^)]*\)|:$/g, ''))
    .map((h) => (h.length <= 8 || /责任|职责|义务|任务|要求|工作$/.test(h) ? whoIn(h) : undefined))
    .find((found) => found !== undefined);
  const side = short.map((h) => sideIn(h, parties)).find((found) => found !== undefined);
  return {
    ...(time && { period: time.mark }),
    scheduled: time !== undefined && (time.besides <= 4 || time.stage) && typeof time.mark.period === 'object',
    ...(who && { who }),
    ...(side && { side }),
  };
}

/** 十一、十二月份 above a list: to be done in either month. */
function together(mark: PeriodMark | undefined): PeriodMark | undefined {
  if (mark?.rule.name !== 'months named' || typeof mark.period !== 'object' || !('windows' in mark.period)) return mark;
  const { windows } = mark.period;
  return { ...mark, period: { windows: [`${windows[0]!.slice(0, 5)}..${windows.at(-1)!.slice(7)}`] } };
}

/** The time that a heading says, and how many other signs it has: few if it is a time rather than a title with a date in it. */
/** 某县2026—2027学年工作计划 is what the document is called: no time of its clauses. */
const OF_A_YEAR = /(?:学年|年)度?.{0,30}(?:方案|计划|安排|办法|要点|意见|细则)$/;

function timeOf(heading: string): { mark: PeriodMark; besides: number; stage: boolean } | undefined {
  const mark = together(periodsIn(heading).at(-1));
  if (OF_A_YEAR.test(heading) && mark?.period === 'school_year') return undefined;
  if (!mark) return undefined;
  const rest = heading.slice(0, mark.start) + heading.slice(mark.end);
  const besides = rest.replace(/\d{4}年?|[^\p{L}\p{N}]/gu, '').length;
  return besides <= MOST_BESIDES ? { mark, besides, stage: /阶段/.test(heading) } : undefined;
}
const MOST_BESIDES = 12;
/** A heading longer than this names more than who is to do what follows. */
const LONGEST_HEAD = 14;
export const whoIn = (text: string): WhoRule | undefined => WHO.find(({ when }) => when.test(text));

/** What a clause is headed by, if its sentences do not repeat it. The title of a plan names no activity. */
export const titled = ({ under }: Sentence): ActMark[] =>
  actsIn(under.join(' '))
    .filter((a) => a.rule.gives !== 'document' && !a.rule.wide)
    .slice(-1);
