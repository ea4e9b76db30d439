import { NUMBER, type Sure, traitsOf, withWay } from '../../src/reading/judge/sure.ts';
import { likeliest, type Signs, signsOfWay, type WayWeights } from '../../src/reading/judge/ways.ts';
import type { Weights } from '../../src/reading/judge/weights.ts';
import { groundsOf } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { type Case, same } from '../../test/reading/corpus.ts';
import { scoreOf } from '../../test/reading/score.ts';
import { messageOf, writtenAt } from './examples.ts';
import { choicesFitted, signsFitted } from './fit.ts';
import { type TriedReading, treesFitted } from './trees.ts';

/** One way to divide a message: its signs, whether all that it reads is right, and for each reading what is known of it and whether it is right. */
export interface TriedWay {
  signs: Signs;
  right: boolean;
  readings: TriedReading[];
}

/** The ways to divide a case, as a judge sees them that has not seen it. */
export function waysOf(item: Case, weights: Weights, loose = false): TriedWay[] {
  return groundsOf(messageOf(item), writtenAt(item), weights).map((ground) => {
    const recorded = ground.made.map(
      ({ reading }): Reading => ({ ...reading, act: reading.status === 'needs_detail' ? 'ask' : 'record' }),
    );
    const right = scoreOf(item, () => ({ readings: recorded })).exact;
    const free = [...item.readings];
    const alike = ({ kind, status }: Partial<Reading>, got: Reading) => kind === got.kind && status === got.status;
    // Questions and readings that must be asked about are not recorded, so not tried.
    const readings = ground.made.flatMap((one): TriedReading[] => {
      const { reading } = one;
      if (reading.status === 'question' || reading.status === 'needs_detail') return [];
      const found = right ? -1 : free.findIndex((want) => (loose ? alike : same)(want, reading));
      if (found >= 0) free.splice(found, 1);
      return [{ traits: traitsOf(one, ground), right: right || found >= 0 }];
    });
    return { signs: signsOfWay(ground), right, readings };
  });
}

/** The readings of the likeliest way. */
export function trialsOf(ways: TriedWay[], weights: WayWeights): TriedReading[] {
  const { at, p } = likeliest(
    ways.map(({ signs }) => signs),
    weights,
  );
  return ways[at]!.readings.map(({ traits, right }) => ({ traits: withWay(traits, p), right }));
}

/** Fits the weight of each sign of a way, so that right ways are likelier than others. */
export function learnWays(cases: TriedWay[][]): Map<string, number> {
  const open = cases.filter((ways) => ways.some(({ right }) => right) && ways.some(({ right }) => !right));
  return choicesFitted(
    open,
    ({ signs }, take) => {
      for (const [sign, n] of signs) take(sign, n);
    },
    { epochs: 30, rate: 0.1, decay: 1e-3, start: [['behind', 1]] },
  );
}

/** Fits how sure a reading is: a weight for each sign, and trees. */
export const learnSure = (trials: TriedReading[]): Sure => ({
  signs: signsFitted(
    trials.map(({ traits, right }) => ({
      signs: [...traits.keys()].filter((trait) => !trait.startsWith(NUMBER)),
      right,
    })),
    ({ signs, right }, weights) => {
      const score = signs.reduce((sum, sign) => sum + (weights.get(sign) ?? 0), 0);
      const slope = 1 / (1 + Math.exp(-score)) - Number(right);
      return signs.map((sign) => [sign, slope] as const);
    },
    { epochs: 20, rate: 0.1, decay: 2e-3 },
  ),
  trees: treesFitted(trials),
});
