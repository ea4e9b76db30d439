import { along, ROOT } from '../tokens/feature-names.ts';
import type { Reading } from '../types.ts';
import type { Features } from './features.ts';
import { HEARD_KINDS, type Weights } from './model.ts';

/** What weighed most for or against a kind, the strongest first: 「听课」 +2.1. */
export function reasonsFor(
  { names, starts, columns, cells }: Weights,
  features: Features,
  kind: Reading['kind'],
  most = 6,
): string[] {
  const k = HEARD_KINDS.indexOf(kind);
  const weighed = new Map<string, number>();
  for (const name of new Set([...features.message, ...features.pieces.flat()])) {
    const node = along(names, ROOT, name);
    const at = node === undefined ? -1 : names.ends[node]!;
    const said = readable(name);
    if (at < 0 || said === undefined) continue;
    const cell = columns.subarray(starts[at]!, starts[at + 1]!).indexOf(k);
    if (cell >= 0) weighed.set(said, (weighed.get(said) ?? 0) + cells[starts[at]! + cell]!);
  }
  return [...weighed]
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, most)
    .map(([said, weight]) => `${said} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`);
}

/** A feature in a form that people can read; undefined for one that no character of the message shows (its length, the start value). */
function readable(name: string): string | undefined {
  if (/^(?:bias|len\d|np\d|[pn]#|.[|^$])$/u.test(name)) return undefined;
  if (name === 'asked') return '?';
  const word = /^l([pnm])?([TVNK].*)$/u.exec(name);
  if (word)
    return `${placed(word[1])}${word[2]!.replace(/(?<=[a-z])(?=[TVNK][a-z])/gu, ' ').replace(/(^| )[TVNK]/gu, '$1')}`;
  const parted = /^s(.+)_(.+)$/u.exec(name);
  if (parted) return `「${parted[1]}…${parted[2]}」`;
  return `${placed(name[0])}「${name.slice(1).replace(/^[$^](?=.)/u, '')}」`;
}

const placed = (mark: string | undefined): string => (mark === 'p' ? 'before it ' : mark === 'n' ? 'after it ' : '');
