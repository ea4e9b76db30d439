/** What a sentence names before it says a number, and what becomes of it where none follows. */
import type { Demand, Reading } from './demand.ts';
import type { ActMark, PeriodMark } from './marks.ts';
import type { WhoRule } from './rules/who.ts';
import { exact } from './segment.ts';

export interface Pending {
  acts: ActMark[];
  segment: string;
  /** Named only: it is no demand unless a number follows. */
  named?: boolean;
  period?: PeriodMark;
  /** Several last days: 6月底和12月底前. */
  days: PeriodMark[];
  who?: WhoRule;
  side?: Demand['side'];
}

/** What was named without a number is one, where its time is said or its kind tells. */
export function uncounted({ named, acts, segment, period, days }: Pending): Reading[] {
  if (named) return [];
  const head = acts[0]!;
  if (/月考/.test(head.text)) return [{ acts, segment, fixed: 'month' }];
  const each = acts.filter((a) => a.rule.name === 'one plan each');
  if (each.length > 0) return each.map((act) => ({ acts: [act], segment: act.text, fixed: 'school_year' }));
  const agreement = acts.filter((a) => /协议|责任书/.test(a.text));
  const last = period && exact([period]);
  if (agreement.length > 0 && /签/.test(segment))
    return [last ? { acts: agreement, segment, period: last } : { acts: agreement, segment, fixed: 'once' }];
  if (days.length > 1) return days.map((day) => ({ acts, segment, period: day }));
  if (period) return [{ acts, segment, period }];
  const plan = acts.filter((a) => /方案|计划/.test(a.text));
  if (plan.length > 0 && /(?:制|拟)[定订]/.test(segment) && !/帮助|指导|发展/.test(segment))
    return [{ acts: plan, segment }];
  return head.rule.gives === 'care_roster' && /确定|建立|摸排/.test(segment) && !/^建/.test(head.text)
    ? [{ acts: [head], segment }]
    : [];
}
