/**
 * The figures of duties on a day, counted only here. Cards, digests, lists and exports show these figures; the database adds up
 * the same ones (store/summary.ts), and test/store/figures.test.ts compares them.
 */
import type { Range, Ymd } from './dates.ts';
import type { Obligation, State } from './obligation.ts';
import { checkpointAt, standingOn } from './standing.ts';

/** How many duties are in each state. A team's duty counts once. */
export type StateCounts = Record<State, number>;
export const noStates = (): StateCounts => ({
  waived: 0,
  met: 0,
  upcoming: 0,
  missed: 0,
  overdue: 0,
  due_soon: 0,
  open: 0,
});

export interface Figures {
  counts: StateCounts;
  /** How much of what is asked (everything not waived) is done, capped per duty; meaningful only within one measure. */
  done: number;
  target: number;
  /** The sum of each duty's done share: two halves of three make 1. */
  share: number;
  /** The sum of each duty's share that its plan asks for before the day. */
  planned: number;
}

/** y of 「x of y」: every duty that is asked for. */
export const askedOf = (c: StateCounts): number => c.met + c.upcoming + c.missed + c.overdue + c.due_soon + c.open;

/** 逾期: a checkpoint has passed unmet while the period still runs. An ended duty is 已过期 and is not chased. */
export const lateOf = (c: StateCounts): number => c.overdue;

/** A part of the duties (their `share`, or what is `planned`) in whole per cent of what is asked. Rounded down: 100 means all. */
export function perCent(part: number, counts: StateCounts): number {
  const total = askedOf(counts);
  // Sums of thirds are slightly below their total.
  return total === 0 ? 100 : Math.floor((part / total) * 100 + 1e-6);
}

/** How much a plan asks for before `day`: the checkpoints before it. */
export function wantedBefore(range: Range, target: number, pace: 'even' | 'end', day: Ymd): number {
  if (day > range.end) return target;
  let [low, high] = [0, Math.max(0, Math.ceil(target) - 1)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (checkpointAt(range, target, pace, middle) < day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The figures of duties with their counts as of `day`. */
export function figuresOf(duties: { obligation: Obligation; done: number }[], day: Ymd): Figures {
  const sum: Figures = { counts: noStates(), done: 0, target: 0, share: 0, planned: 0 };
  for (const { obligation: o, done } of duties) {
    const { state } = standingOn(o, done, day);
    sum.counts[state] += 1;
    if (state === 'waived') continue;
    sum.done += Math.min(done, o.target);
    sum.target += o.target;
    sum.share += Math.min(done / o.target, 1);
    sum.planned += wantedBefore(o.period, o.target, o.pace, day) / o.target;
  }
  return sum;
}

export function addCounts(a: StateCounts, b: StateCounts): StateCounts {
  const sum = noStates();
  for (const state of Object.keys(sum) as State[]) sum[state] = a[state] + b[state];
  return sum;
}
