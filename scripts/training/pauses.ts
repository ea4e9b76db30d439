import { gapFeatures } from '../../src/reading/structure/pauses.ts';
import { normalise } from '../../src/reading/text/normalise.ts';

const SIGNS = /[,;。!?\n:]+/u;
const LONGEST = 16;
const EPOCHS = 8;
const RATE = 0.2;

/** Learns from messages with commas where people set one: weights by feature. */
export function learnPauses(texts: string[]): Map<string, number> {
  const gaps: { features: string[]; pause: number }[] = [];
  for (const text of texts) {
    const parts = normalise(text)
      .split(SIGNS)
      .map((part) => part.replaceAll(' ', ''));
    if (parts.length < 2 || parts.some((part) => part.length > LONGEST)) continue;
    const run = parts.join('');
    const ends = new Set<number>();
    let at = 0;
    for (const part of parts) {
      at += part.length;
      ends.add(at);
    }
    for (let k = 2; k < run.length - 1; k += 1)
      gaps.push({ features: gapFeatures(run, k), pause: Number(ends.has(k)) });
  }
  const seen = new Map<string, number>();
  for (const { features } of gaps) for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const weights = new Map<string, number>();
  const squares = new Map<string, number>();
  const rows = gaps.map(({ features, pause }) => ({
    pause,
    features: features.filter((feature) => seen.get(feature)! > 2),
  }));
  for (let epoch = 0; epoch < EPOCHS; epoch += 1)
    for (const { features, pause } of rows) {
      const score = features.reduce((sum, feature) => sum + (weights.get(feature) ?? 0), 0);
      const slope = 1 / (1 + Math.exp(-score)) - pause;
      if (Math.abs(slope) < 0.02) continue;
      for (const feature of features) {
        const square = (squares.get(feature) ?? 1e-2) + slope * slope;
        squares.set(feature, square);
        weights.set(feature, (weights.get(feature) ?? 0) - (RATE * slope) / Math.sqrt(square));
      }
    }
  return weights;
}
