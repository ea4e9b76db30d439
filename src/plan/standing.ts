/** Checkpoints and states: DESIGN section 6 "Checkpoints" and "State". */
import { addDays, daysBetween, lengthOf } from './dates.ts';
import type { Obligation, Range, Standing, Ymd } from './types.ts';

/**
 * The date by which `k` of `n` are wanted. Computed on demand, since a target of 8,000 yuan has 8,000 of them.
 * `even` spreads them over the range, `end` wants all on its last day.
 */
export const checkpointAt = (range: Range, n: number, pace: 'even' | 'end', k: number): Ymd => {
  if (pace === 'end' || k >= n) return range.end;
  return addDays(range.start, Math.max(0, Math.floor((lengthOf(range) * k) / n) - 1));
};

/** Distinct checkpoint dates with how much is wanted by each, in order; at most as many as the range has days. */
export const checkpointsOf = (o: Pick<Obligation, 'period' | 'target' | 'pace'>): { date: Ymd; wanted: number }[] => {
  const byDate = new Map<Ymd, number>();
  for (let k = 1; k <= o.target; k++) byDate.set(checkpointAt(o.period, o.target, o.pace, k), k);
  return [...byDate].map(([date, wanted]) => ({ date, wanted }));
};

/** Counts are shown without a long tail: weeks and yuan may be fractions. */
export const shownCount = (n: number): string => String(Math.round(n * 100) / 100);

const DUE_SOON_DAYS = 7;

/**
 * The state of an obligation on `day`, with the fact that put it there. `done` is what the credited activities dated in
 * [start, min(end, day)] came to; give `doneByDate` instead of a figure where entries dated after `day` are among them.
 */
export const standing = (
  obligation: Pick<Obligation, 'period' | 'target' | 'pace' | 'waived'>,
  done: number,
  day: Ymd,
  doneByDate?: (day: Ymd) => number,
): Standing => {
  const { period, target, pace, waived } = obligation;
  const c = doneByDate ? doneByDate(day) : done;
  const progress = `${shownCount(c)}/${target}`;
  if (waived) return { state: 'waived', done: c, reason: `已豁免：${waived.reason}` };
  if (c >= target) return { state: 'met', done: c, reason: `已完成 ${progress}` };
  const k = Math.floor(c) + 1;
  const nextCheckpoint = checkpointAt(period, target, pace, k);
  if (day < period.start) return { state: 'upcoming', done: c, nextCheckpoint, reason: `${period.start} 开始` };
  if (day > period.end) return { state: 'missed', done: c, reason: `${period.end} 已截止，完成 ${progress}` };
  const wanted = `应在 ${nextCheckpoint} 前做到 ${k}/${target}，现为 ${progress}`;
  if (nextCheckpoint < day) return { state: 'overdue', done: c, nextCheckpoint, reason: wanted };
  const days = daysBetween(day, nextCheckpoint);
  if (days <= DUE_SOON_DAYS)
    return {
      state: 'due_soon',
      done: c,
      nextCheckpoint,
      reason: `${days === 0 ? '今天' : `还有 ${days} 天`}：${wanted}`,
    };
  return { state: 'open', done: c, nextCheckpoint, reason: wanted };
};
