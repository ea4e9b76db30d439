import type { Heard, Reading } from '../types.ts';
import type { Opinion } from './model.ts';
import type { Piece } from './symbols.ts';

/** The judge's confidence in what a model says: heard, and never certain. */
const AS_SAID = 0.6;

const bare = (text: string) => text.replace(/[,\s]/gu, '');

/** The judge's opinion combined with what a second opinion heard as done: a kind counts as said at the position of the quote. */
export function seconded(opinion: Opinion, pieces: (Piece & { text: string })[], heard: Heard[]): Opinion {
  const meant = new Map<Reading['kind'], number[]>();
  for (const { kind, status, quote } of heard) {
    if (status !== 'done') continue;
    const said = bare(quote);
    const at = pieces.flatMap((piece, k) => {
      const text = bare(piece.text);
      return text.includes(said) || (text.length > 1 && said.includes(text)) ? [k] : [];
    });
    if (at.length > 0) meant.set(kind, at);
  }
  if (meant.size === 0) return opinion;
  return {
    ...opinion,
    verdicts: opinion.verdicts.map((verdict) => {
      const [piece] = meant.get(verdict.kind) ?? [];
      return piece === undefined || verdict.p > AS_SAID ? verdict : { ...verdict, p: AS_SAID, piece };
    }),
    chanceAt: (kind, among) => {
      const chance = opinion.chanceAt(kind, among);
      return among.some((piece) => meant.get(kind)?.includes(piece)) ? Math.max(AS_SAID, chance) : chance;
    },
  };
}
