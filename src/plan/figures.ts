/**
 * What duties come to on a day: the one place where they are counted. Cards, digests, lists and exports show these figures; where the
 * database adds up (store/summary.ts), test/store/figures.test.ts holds it to them.
 */
import type { Range, Ymd } from './dates.ts';
import type { Obligation, State } from './obligation.ts';
import { checkpointAt, standingOn } from './standing.ts';

/** How many duties are in each state. A team's duty is one, whoever bears it. */
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
  /** Of what is asked (all that is not waived): how much is done, no more than is asked; only within one measure does it mean anything. */
  done: number;
  target: number;
  /** The share of each duty that is done, added up: two of three halves make 1. */
  share: number;
  /** The share of each duty that its plan wants before the day, added up. */
  planned: number;
}

/** y of 「x of y」: every duty that is asked for. */
export const askedOf = (c: StateCounts): number => c.met + c.upcoming + c.missed + c.overdue + c.due_soon + c.open;

/** 逾期: a checkpoint has passed unmet, and the period still runs. What is over is 已过期, and nobody is chased for it. */
export const lateOf = (c: StateCounts): number => c.overdue;

/** A part of the duties in whole per cent of what is asked: their `share`, or what is `planned`. Rounded down: 100 is all. */
export function perCent(part: number, counts: StateCounts): number {
  const asked = askedOf(counts);
  // Sums of thirds are a hair below their whole.
  return asked === 0 ? 100 : Math.floor((part / asked) * 100 + 1e-6);
}

/** How much a plan wants before `day`: the checkpoints that lie before it. */
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

/** The figures of some duties with their counts as of `day`. */
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
