import type { Script } from '../structure/pieces.ts';
import { KINDS } from './classes.ts';
import { named, pieceFeatures, type Span } from './features.ts';
import { KIND0 } from './lattice.ts';
import type { Weights } from './weights.ts';

/** What weighed most for or against a kind in some pieces, the strongest first: 「听课」 +2.1. */
export function reasonsFor({ table }: Weights, script: Script, { kind, from, to }: Pick<Span, 'kind' | 'from' | 'to'>, most = 6): string[] {
  const column = KIND0 + KINDS.indexOf(kind as (typeof KINDS)[number]);
  const weighed = new Map<string, number>();
  for (let piece = from; piece < to; piece += 1)
    for (const name of named((by) => pieceFeatures(script, piece, by))) {
      const said = readable(name);
      const weight = table.of(name).find(([c]) => c === column)?.[1];
      if (said && weight !== undefined) weighed.set(said, (weighed.get(said) ?? 0) + weight);
    }
  return [...weighed]
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, most)
    .map(([said, weight]) => `${said} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`);
}

/** A feature in a form that people can read; undefined for one that no words of the message show. */
function readable(name: string): string | undefined {
  const words = /^P([cpn])([^#^$l].*)$/u.exec(name);
  if (words) return `${PLACED[words[1]!]}「${words[2]}」`;
  const tag = /^P([pn]?)l[TVNK]([a-zA-Z_]+)$/u.exec(name);
  return tag ? `${PLACED[tag[1] || 'c']}${tag[2]}` : undefined;
}

const PLACED: Record<string, string> = { c: '', p: 'before it ', n: 'after it ' };
