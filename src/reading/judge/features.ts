import type { Piece } from './symbols.ts';

/** What the judge weighs: one list for the whole message, one for each of its pieces. */
export interface Features {
  message: string[];
  pieces: string[][];
}

/** Takes one feature by its name; the same may come more than once. */
type Take = (name: string) => void;

/** Runs of signs, words of the tables and what stands beside, as names of features. */
export function featuresOf(pieces: Piece[]): Features {
  return {
    message: listed((take) => messageFeatures(pieces, take)),
    pieces: pieces.map((_, k) => listed((take) => pieceFeatures(pieces, k, take))),
  };
}

function listed(give: (take: Take) => void): string[] {
  const names = new Set<string>();
  give((name) => names.add(name));
  return [...names];
}

export function pieceFeatures(pieces: Piece[], at: number, take: Take): void {
  const piece = pieces[at]!;
  const own = ['^', ...piece.symbols, '$'];
  grams(own, 4, 'c', take);
  for (let k = 0; k + 2 < own.length; k += 1) take(`s${own[k]}_${own[k + 2]}`);
  grams(piece.tags, 2, 'l', take);
  if (piece.asked) take('asked');
  beside(pieces[at - 1], 'p', take);
  beside(pieces[at + 1], 'n', take);
}

function beside(piece: Piece | undefined, mark: string, take: Take): void {
  if (!piece) {
    take(`${mark}#`);
    return;
  }
  grams(piece.symbols, 2, mark, take);
  take(mark === 'p' ? `p$${piece.symbols.slice(-2).join('')}` : `n^${piece.symbols.slice(0, 2).join('')}`);
  for (const tag of piece.tags) take(`l${mark}${tag}`);
}

export function messageFeatures(pieces: Piece[], take: Take): void {
  take('bias');
  const flat: string[] = [];
  const typed: string[] = [];
  for (const { symbols } of pieces) {
    for (const symbol of symbols) {
      flat.push(symbol);
      if (symbol.length > 1 && symbol[0] === '⟨') typed.push(symbol);
    }
    flat.push('|');
  }
  grams(flat, 2, 'm', take);
  grams(typed, 2, 't', take);
  for (const piece of pieces) for (const tag of piece.tags) take(`lm${tag}`);
  take(`len${Math.min(6, Math.floor(Math.log2(1 + flat.length)))}`);
  take(`np${Math.min(5, pieces.length)}`);
}

function grams(symbols: string[], longest: number, mark: string, take: Take): void {
  for (let k = 0; k < symbols.length; k += 1) {
    let gram = mark;
    const end = Math.min(symbols.length, k + longest);
    for (let n = k; n < end; n += 1) {
      gram += symbols[n];
      take(gram);
    }
  }
}
