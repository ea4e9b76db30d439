import { addDays, mondayOf, type Range, type Ymd } from './dates.ts';
import { perCent, wantedBefore } from './figures.ts';
import type { SummaryFigures } from './summary.ts';

/** `n` duties with identical demands. */
export interface Alike {
  range: Range;
  target: number;
  pace: 'even' | 'end';
  n: number;
}

/** How many of these are due before that day. */
export const wantedSoFar = (alike: Alike[], before: Ymd): number =>
  alike.reduce((sum, { range, target, pace, n }) => sum + (wantedBefore(range, target, pace, before) / target) * n, 0);

/** By week of the term: the share that the plans ask for and the share done; today's week ends with today's figures. */
export function curveOf(
  alike: Alike[],
  shares: { day: Ymd; share: number }[],
  total: SummaryFigures['total'],
  term: Range,
  today: Ymd,
): SummaryFigures['curve'] {
  const per = (part: number) => perCent(part, total.counts);
  const curve: SummaryFigures['curve'] = [];
  for (let week = mondayOf(term.start); week <= term.end; week = addDays(week, 7)) {
    const after = addDays(week, 7);
    const current = week <= today && (today < after || after > term.end);
    const doneShare = current ? total.share : shares.filter((s) => s.day < after).reduce((n, s) => n + s.share, 0);
    curve.push({ week, planned: per(wantedSoFar(alike, after)), ...(week <= today ? { done: per(doneShare) } : {}) });
  }
  return curve;
}
