import { along, ROOT } from '../tokens/feature-names.ts';
import type { Reading } from '../types.ts';
import type { Features } from './features.ts';
import { KINDS, type Weights } from './model.ts';

/** What weighed most for or against a kind, the strongest first: 「c听课 +2.1」. */
export function reasonsFor(
  { names, starts, columns, cells }: Weights,
  features: Features,
  kind: Reading['kind'],
  most = 6,
): string[] {
  const k = KINDS.indexOf(kind);
  const seen = new Set([...features.message, ...features.pieces.flat()]);
  const weighed = [...seen].flatMap((name) => {
    const node = along(names, ROOT, name);
    const at = node === undefined ? -1 : names.ends[node]!;
    if (at < 0) return [];
    const cell = columns.subarray(starts[at]!, starts[at + 1]!).indexOf(k);
    return cell < 0 ? [] : [{ name, weight: cells[starts[at]! + cell]! }];
  });
  return weighed
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, most)
    .map(({ name, weight }) => `${name} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`);
}
