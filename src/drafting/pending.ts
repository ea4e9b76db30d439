/** An activity that a sentence has named without a number yet, and the demands it makes if none follows. */
import type { Demand, DemandReading } from './demand.ts';
import type { ActMark, PeriodMark } from './marks.ts';
import type { WhoRule } from './rules/who.ts';
import { exact } from './segment.ts';

export interface Pending {
  acts: ActMark[];
  segment: string;
  /** Only mentioned: not a demand unless a number follows. */
  named?: boolean;
  period?: PeriodMark;
  /** Several last days: 6月底和12月底前. */
  days: PeriodMark[];
  who?: WhoRule;
  side?: Demand['side'];
}

/** Without a number, an activity is a demand if its time or kind makes it one. */
export function uncounted({ named, acts, segment, period, days }: Pending): DemandReading[] {
  if (named) return [];
  const head = acts[0]!;
  if (/月考/.test(head.text)) return [{ acts, segment, fixed: 'month' }];
  const each = acts.filter((a) => a.rule.name === 'one plan each');
  if (each.length > 0) return each.map((act) => ({ acts: [act], segment: act.text, fixed: 'school_year' }));
  if (/签|达成/.test(segment) && acts.some(agrees)) return agreed(acts, segment, period);
  if (days.length > 1) return days.map((day) => ({ acts, segment, period: day }));
  const made = madeIn(acts, segment);
  // 制定活动方案和学年计划 are two separate papers.
  if (made.length > 1)
    return made.map((act) => ({ acts: [act], segment: `${segment}（${act.text}）`, ...(period && { period }) }));
  if (period && twoOfAMonth(acts, segment, period))
    return acts.map((act) => ({ acts: [act], segment: `${segment}（${act.text}）`, period }));
  if (period) return [{ acts, segment, period }];
  if (made.length > 0 && !/帮助|指导|发展/.test(segment)) return [{ acts: made, segment }];
  return head.rule.gives === 'care_roster' && /确定|建立|摸排/.test(segment) && !/^建/.test(head.text)
    ? [{ acts: [head], segment }]
    : [];
}

const agrees = (act: ActMark): boolean => /协议|责任书|签约/.test(act.text);

/** 期中统考及质量分析会 under a month are two demands. */
const twoOfAMonth = ([one, two, ...more]: ActMark[], segment: string, { period }: PeriodMark): boolean =>
  two !== undefined &&
  more.length === 0 &&
  one!.rule.gives !== two.rule.gives &&
  typeof period === 'object' &&
  'month' in period &&
  /^(?:以?及|和|与|暨|、)/.test(segment.slice(one!.end));

/** The plans to be written that a segment names. */
const madeIn = (acts: ActMark[], segment: string): ActMark[] =>
  /(?:制|拟)[定订]/.test(segment) ? acts.filter((a) => /方案|计划|规划/.test(a.text)) : [];

/** An agreement is signed once, or by its date; a plan written with it is a separate paper. */
function agreed(acts: ActMark[], segment: string, period: PeriodMark | undefined): DemandReading[] {
  const last = period && exact([period]);
  const agreement = { acts: acts.filter(agrees), segment };
  const made = madeIn(acts, segment);
  return [
    last ? { ...agreement, period: last } : { ...agreement, fixed: 'once' as const },
    ...(made.length > 0 ? [{ acts: made, segment: `${segment}（${made[0]!.text}）`, ...(period && { period }) }] : []),
  ];
}
