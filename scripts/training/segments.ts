import { KINDS } from '../../src/reading/judge/classes.ts';
import { messageFeatures, named, pieceFeatures } from '../../src/reading/judge/features.ts';
import {
  AGAIN,
  BEGIN,
  beginning,
  goingOn,
  KIND0,
  kindsToTry,
  logAdd,
  NONE,
  ON,
  PIECE_WIDTH,
  type Run,
  type Scores,
  telling,
  type Visit,
  visits,
} from '../../src/reading/judge/lattice.ts';
import { type Example, says } from './examples.ts';
import { Fit, fitted, type Names } from './fit.ts';

const EPOCHS = 7;
const RATE = 0.08;
/** How much it counts that a piece names a day, person or school of one activity and of no other. */
const BONUS = 2.5;

/** The weights of pieces and messages, of kinds after each other, and the runs of pieces that fit each example best. */
export interface Segments {
  fit: Fit;
  turn: Float32Array;
  runs: Map<Example, { found: Run[]; scores: Scores }>;
}

/** An example with the features of its pieces. */
export interface Row {
  example: Example;
  pieces: Int32Array[];
  message: Int32Array;
  bonus: number[][];
}

export const rowOf = (example: Example, names: Names): Row => ({
  example,
  pieces: example.script.pieces.map((_, k) => names.of(named((by) => pieceFeatures(example.script, k, by)))),
  message: names.of(named((by) => messageFeatures(example.script, by))),
  bonus: bonusOf(example),
});

/**
 * Learns where activities begin and of which kind they are. Which pieces tell an activity is not in the labels: all ways that find the
 * expected kinds in their order are weighed, and those preferred whose pieces name the days and people of their reading.
 */
export function learnSegments(all: Row[], names: Names): Segments {
  const fit = new Fit(names.counts.length, PIECE_WIDTH, RATE);
  const turns = new Fit(KINDS.length + 1, KINDS.length, RATE);
  const scoresOf = (row: Row): Scores => ({
    pieces: row.pieces.map((list) => fit.sum(list)),
    message: fit.sum(row.message),
    turn: turns.weights,
  });
  const rows = fitted({
    rows: all,
    only: (row, keep) => ({ ...row, pieces: row.pieces.map(keep), message: keep(row.message) }),
    names,
    fits: [fit, turns],
    epochs: EPOCHS,
    seed: 7,
    learn: (row) => {
      const scores = scoresOf(row);
      const slopes = row.pieces.map(() => new Float32Array(PIECE_WIDTH));
      const ofMessage = new Float32Array(PIECE_WIDTH);
      const ofTurn = new Map<number, number>();
      const take = (steps: Visit[], sign: number) => {
        for (const { piece, kind, act, from, p } of steps) {
          slopes[piece]![act]! += sign * p;
          if (kind >= 0) slopes[piece]![KIND0 + kind]! += sign * p;
          if ((act === NONE && piece === 0) || act === AGAIN || act === BEGIN) ofMessage[act]! += sign * p;
          if (act !== BEGIN) continue;
          ofMessage[KIND0 + kind]! += sign * p;
          const at = (from + 1) * KINDS.length + kind;
          ofTurn.set(at, (ofTurn.get(at) ?? 0) + sign * p);
        }
      };
      take(visits(scores, [...new Set([...row.example.told.map(({ kind }) => kind), ...kindsToTry(scores)])]), 1);
      take(fitting(scores, row).steps, -1);
      let changed = false;
      for (const [i, slope] of slopes.entries())
        for (const [c, value] of slope.entries()) if (fit.bend(row.pieces[i]!, c, value)) changed = true;
      for (const [c, value] of ofMessage.entries()) if (fit.bend(row.message, c, value)) changed = true;
      for (const [at, slope] of ofTurn)
        if (turns.bend(Int32Array.of(Math.floor(at / KINDS.length)), at % KINDS.length, slope)) changed = true;
      return changed;
    },
  });
  const runs = new Map(
    rows.map((row) => {
      const scores = scoresOf(row);
      return [row.example, { found: fitting(scores, row).best, scores }];
    }),
  );
  return { fit, turn: turns.weights, runs };
}

/** For each piece and activity: whether it names what only that one holds. */
function bonusOf({ script, told, today, roster }: Example): number[][] {
  return script.pieces.map(({ first, last }) =>
    told.map((one) => {
      let sum = 0;
      for (const token of script.tokens.slice(first, last)) {
        const holds = (other: typeof one) => other.readings.some((r) => says(token, r, today, roster) === true);
        const others = told.some((other) => other !== one && holds(other));
        if (holds(one) !== others) sum += others ? -BONUS : BONUS;
      }
      return sum;
    }),
  );
}

interface Step {
  from: number;
  to: number;
  act: number;
  score: number;
}

/**
 * The ways that find exactly the expected kinds in their order: the chance of each step among them, and the best way. States: 0 before all
 * activities, then for each one inside it (odd) and after it (even).
 */
function fitting(scores: Scores, { example, bonus }: Row): { steps: Visit[]; best: Run[] } {
  const kinds = example.told.map(({ kind }) => kind);
  const n = scores.pieces.length;
  const size = 2 * kinds.length + 1;
  const kindOf = (state: number) => (state % 2 === 1 ? kinds[(state - 1) / 2]! : -1);
  const start = () => new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const alpha = [start()];
  const top = [start()];
  alpha[0]![0] = 0;
  top[0]![0] = 0;
  const steps: Step[][] = [];
  const backs: (Step | undefined)[][] = [];
  scores.pieces.forEach((row, i) => {
    const here: Step[] = [];
    for (let s = 0; s < size; s += 1) {
      if (alpha[i]![s] === Number.NEGATIVE_INFINITY) continue;
      const inside = s % 2 === 1;
      const at = Math.floor(s / 2);
      here.push({ from: s, to: inside ? s + 1 : s, act: NONE, score: telling(scores, row, i === 0) });
      if (inside) here.push({ from: s, to: s, act: ON, score: goingOn(row, kindOf(s)) + bonus[i]![at]! });
      const next = inside ? at + 1 : at;
      const kind = kinds[next];
      if (kind === undefined) continue;
      const act = kindOf(s) === kind ? AGAIN : BEGIN;
      here.push({ from: s, to: 2 * next + 1, act, score: beginning(scores, row, kindOf(s), kind) + bonus[i]![next]! });
    }
    const [sum, high] = [start(), start()];
    const back: (Step | undefined)[] = [];
    for (const step of here) {
      sum[step.to] = logAdd(sum[step.to]!, alpha[i]![step.from]! + step.score);
      const value = top[i]![step.from]! + step.score;
      if (value <= high[step.to]!) continue;
      high[step.to] = value;
      back[step.to] = step;
    }
    alpha.push(sum);
    top.push(high);
    steps.push(here);
    backs.push(back);
  });
  const ends = size === 1 ? [0] : [size - 1, size - 2];
  const total = ends.reduce((sum, s) => logAdd(sum, alpha[n]![s]!), Number.NEGATIVE_INFINITY);
  let beta = start();
  for (const s of ends) beta[s] = 0;
  const out: Visit[] = [];
  for (let i = n - 1; i >= 0; i -= 1) {
    const before = start();
    for (const { from, to, act, score } of steps[i]!) {
      const p = Math.exp(alpha[i]![from]! + score + beta[to]! - total);
      if (p > 0) out.push({ piece: i, kind: act === NONE ? -1 : kindOf(to), act, from: kindOf(from), p });
      before[from] = logAdd(before[from]!, score + beta[to]!);
    }
    beta = before;
  }
  const best: Run[] = [];
  let state = ends.reduce((a, b) => (top[n]![b]! > top[n]![a]! ? b : a));
  let to = n;
  for (let i = n - 1; i >= 0; i -= 1) {
    const step = backs[i]![state];
    if (!step) break;
    if (step.act === BEGIN || step.act === AGAIN) best.unshift({ kind: kindOf(state), from: i, to });
    if (step.act !== ON) to = i;
    state = step.from;
  }
  return { steps: out, best };
}
