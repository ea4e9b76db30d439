import { signsOf } from '../../src/reading/judge/sure.ts';
import type { Weights } from '../../src/reading/judge/weights.ts';
import { heardIn, saidIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { type Case, knownBy, same } from '../../test/reading/corpus.ts';
import { scoreOf } from '../../test/reading/score.ts';
import { lottery, shuffle } from './fit.ts';

/** A reading's signs, and whether the reading was right. */
export interface Trial {
  signs: string[];
  right: boolean;
}

/** The readings of a case by weights that have not seen it. Questions and readings that must be asked about are not recorded, so not tried. */
export function trialsOf(item: Case, weights: Weights, loose = false): Trial[] {
  const [today, time] = (item.at ?? '2026-11-20T18:00').split('T');
  const at = { today: today!, time };
  const ground = heardIn(saidIn(item.text, at, item.knows ?? knownBy(item.as, item.extra)), at, weights);
  const readings = ground.made.map(({ reading }) => reading);
  const recorded = readings.map(
    (reading): Reading => ({ ...reading, act: reading.status === 'needs_detail' ? 'ask' : 'record' }),
  );
  const allExact = scoreOf(item, () => ({ readings: recorded })).exact;
  const free = [...item.readings];
  return ground.made.flatMap((one) => {
    const { reading } = one;
    if (reading.status === 'question' || reading.status === 'needs_detail') return [];
    const alike = ({ kind, status }: Partial<Reading>, got: Reading) => kind === got.kind && status === got.status;
    const at = allExact ? -1 : free.findIndex((want) => (loose ? alike : same)(want, reading));
    if (at >= 0) free.splice(at, 1);
    return [{ signs: [...new Set(signsOf(one, ground))], right: allExact || at >= 0 }];
  });
}

const EPOCHS = 20;
const RATE = 0.1;
const DECAY = 2e-3;

/** Fits the weight of each sign: the same trials give the same bytes. */
export function learnSure(trials: Trial[]): Map<string, number> {
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  const mean = new Map<string, number>();
  const order = trials.map((_, k) => k);
  const random = lottery(7);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const k of order) {
      const { signs, right } = trials[k]!;
      const score = signs.reduce((sum, sign) => sum + (weights.get(sign) ?? 0), 0);
      const slope = 1 / (1 + Math.exp(-score)) - Number(right);
      for (const sign of signs) {
        const weight = weights.get(sign) ?? 0;
        const step = slope + DECAY * weight;
        const square = (squares.get(sign) ?? RATE) + step * step;
        squares.set(sign, square);
        weights.set(sign, weight - (RATE * step) / Math.sqrt(square));
      }
    }
    if (epoch < EPOCHS / 2) continue;
    for (const [sign, weight] of weights) mean.set(sign, (mean.get(sign) ?? 0) + (2 * weight) / EPOCHS);
  }
  return mean;
}
