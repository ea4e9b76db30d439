import type { Piece } from './symbols.ts';

/** What the judge weighs: one list for the whole message, one for each of its pieces. */
export interface Features {
  message: string[];
  pieces: string[][];
}

/** Runs of signs, words of the tables and what stands beside, as names of features. */
export function featuresOf(pieces: Piece[]): Features {
  return {
    message: messageFeatures(pieces),
    pieces: pieces.map((piece, k) => pieceFeatures(piece, pieces[k - 1], pieces[k + 1])),
  };
}

function pieceFeatures(piece: Piece, before: Piece | undefined, after: Piece | undefined): string[] {
  const out = new Set<string>();
  const own = ['^', ...piece.symbols, '$'];
  grams(own, 4, 'c', out);
  for (let k = 0; k + 2 < own.length; k += 1) out.add(`s${own[k]}_${own[k + 2]}`);
  grams(piece.tags, 2, 'l', out);
  if (piece.asked) out.add('asked');
  beside(before, 'p', out);
  beside(after, 'n', out);
  return [...out];
}

function beside(piece: Piece | undefined, mark: string, out: Set<string>): void {
  if (!piece) {
    out.add(`${mark}#`);
    return;
  }
  grams(piece.symbols, 2, mark, out);
  out.add(mark === 'p' ? `p$${piece.symbols.slice(-2).join('')}` : `n^${piece.symbols.slice(0, 2).join('')}`);
  for (const tag of piece.tags) out.add(`l${mark}${tag}`);
}

function messageFeatures(pieces: Piece[]): string[] {
  const out = new Set<string>(['bias']);
  const flat = pieces.flatMap((piece) => [...piece.symbols, '|']);
  grams(flat, 2, 'm', out);
  grams(
    flat.filter((symbol) => symbol.startsWith('⟨')),
    2,
    't',
    out,
  );
  for (const piece of pieces) for (const tag of piece.tags) out.add(`lm${tag}`);
  out.add(`len${Math.min(6, Math.floor(Math.log2(1 + flat.length)))}`);
  out.add(`np${Math.min(5, pieces.length)}`);
  return [...out];
}

function grams(symbols: string[], longest: number, mark: string, out: Set<string>): void {
  for (let k = 0; k < symbols.length; k += 1) {
    let gram = mark;
    for (let n = k; n < k + longest && n < symbols.length; n += 1) {
      gram += symbols[n];
      out.add(gram);
    }
  }
}
