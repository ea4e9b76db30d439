/** Checkpoints and states: DESIGN section 6 "Checkpoints" and "State". */
import { addDays, daysBetween, lengthOf, type Range, type Ymd } from './dates.ts';
import type { Obligation, Standing, State } from './obligation.ts';

/**
 * The date by which `k` of `n` are due. Computed on demand, because a target of 8,000 yuan has 8,000 of them.
 * `even` spreads them over the range, `end` puts all on its last day.
 */
export function checkpointAt(range: Range, n: number, pace: 'even' | 'end', k: number): Ymd {
  if (pace === 'end' || k >= n) return range.end;
  return addDays(range.start, Math.max(0, Math.floor((lengthOf(range) * k) / n) - 1));
}

/** Distinct checkpoint dates with the amount due by each, in order; at most as many as the range has days. */
export function checkpointsOf(o: Paced): { date: Ymd; wanted: number }[] {
  const byDate = new Map<Ymd, number>();
  for (let k = 1; k <= o.target; k++) byDate.set(checkpointAt(o.period, o.target, o.pace, k), k);
  return [...byDate].filter(([date]) => date >= (o.handedOn ?? '')).map(([date, wanted]) => ({ date, wanted }));
}

/** Counts are rounded for display: weeks and yuan may be fractions. */
export const shownCount = (n: number): string => String(Math.round(n * 100) / 100);

export const DUE_SOON_DAYS = 7;

/** The bare state without words, for passes over a county's obligations. `checkpoint` is the first unmet one's date. */
export interface Judged {
  state: State;
  /** Ordinal of the first unmet checkpoint; target + 1 if all are met. */
  k: number;
  checkpoint: Ymd;
}

type Paced = Pick<Obligation, 'period' | 'target' | 'pace' | 'handedOn'>;

/** The first checkpoint that `done` does not reach; those before a hand-over are not asked. */
export function nextCheckpoint(o: Paced, done: number): { k: number; checkpoint: Ymd } {
  const at = (k: number) => checkpointAt(o.period, o.target, o.pace, k);
  const from = Math.min(Math.floor(done) + 1, o.target);
  if (o.handedOn === undefined || at(from) >= o.handedOn) return { k: from, checkpoint: at(from) };
  let [low, high] = [from, o.target];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) >= o.handedOn) high = middle;
    else low = middle + 1;
  }
  return { k: low, checkpoint: at(low) };
}

/** DESIGN section 6 "State", with c = `done`. */
export function standingOn(o: Paced & Pick<Obligation, 'waived'>, done: number, day: Ymd): Judged {
  const { period } = o;
  if (o.waived) return { state: 'waived', k: Math.floor(done) + 1, checkpoint: period.end };
  if (done >= o.target) return { state: 'met', k: o.target + 1, checkpoint: period.end };
  const { k, checkpoint } = nextCheckpoint(o, done);
  if (day < period.start) return { state: 'upcoming', k, checkpoint };
  if (day > period.end) return { state: 'missed', k, checkpoint };
  if (checkpoint < day) return { state: 'overdue', k, checkpoint };
  return { state: daysBetween(day, checkpoint) <= DUE_SOON_DAYS ? 'due_soon' : 'open', k, checkpoint };
}

/**
 * The state of an obligation on `day`, with the facts behind it. `done` is the amount of the credited activities dated in
 * [start, min(end, day)]. `nextCheckpoint` is absent if nothing lies ahead: waived, met or missed.
 */
export function standing(obligation: Paced & Pick<Obligation, 'waived'>, done: number, day: Ymd): Standing {
  const { period, target, waived } = obligation;
  const { state, k, checkpoint } = standingOn(obligation, done, day);
  const ahead = { done, target, nextCheckpoint: checkpoint, wanted: k };
  switch (state) {
    case 'waived':
      return { state, done, target, by: waived?.by ?? [] };
    case 'met':
      return { state, done, target };
    case 'missed':
      return { state, done, target, end: period.end };
    case 'upcoming':
      return { ...ahead, state, start: period.start };
    case 'due_soon':
      return { ...ahead, state, days: daysBetween(day, checkpoint) };
    case 'overdue':
    case 'open':
      return { ...ahead, state };
  }
}
