import type { Piece } from './symbols.ts';

/** The features that the judge weighs: one list for the whole message, one for each piece. */
export interface Features {
  message: string[];
  pieces: string[][];
}

/**
 * How a feature is built, character by character: as its name in training, as a node in the tree of names when weighing. `more` gives
 * undefined if no known name begins like that. The same feature may occur more than once.
 */
export interface Spelling<S> {
  begin: (mark: string) => S | undefined;
  more: (said: S, sign: string) => S | undefined;
  take: (said: S) => void;
}

/** Runs of characters, words of the tables and their neighbours, as names of features. */
export function featuresOf(pieces: Piece[]): Features {
  return {
    message: named((by) => messageFeatures(pieces, by)),
    pieces: pieces.map((_, k) => named((by) => pieceFeatures(pieces, k, by))),
  };
}

function named(give: (by: Spelling<string>) => void): string[] {
  const names = new Set<string>();
  give({ begin: (mark) => mark, more: (said, sign) => said + sign, take: (said) => names.add(said) });
  return [...names];
}

export function pieceFeatures<S>(pieces: Piece[], at: number, by: Spelling<S>): void {
  const piece = pieces[at]!;
  const own = ['^', ...piece.symbols, '$'];
  grams(own, 4, 'c', by);
  for (let k = 0; k + 2 < own.length; k += 1) one(by, 's', own[k], '_', own[k + 2]);
  grams(piece.tags, 2, 'l', by);
  if (piece.asked) one(by, 'asked');
  beside(pieces[at - 1], 'p', by);
  beside(pieces[at + 1], 'n', by);
}

function beside<S>(piece: Piece | undefined, mark: 'p' | 'n', by: Spelling<S>): void {
  if (!piece) {
    one(by, `${mark}#`);
    return;
  }
  const { symbols, tags } = piece;
  grams(symbols, 2, mark, by);
  if (mark === 'n') one(by, 'n^', symbols[0], symbols[1]);
  else if (symbols.length > 1) one(by, 'p$', symbols.at(-2), symbols.at(-1));
  else one(by, 'p$', symbols[0]);
  for (const tag of tags) one(by, mark === 'p' ? 'lp' : 'ln', tag);
}

export function messageFeatures<S>(pieces: Piece[], by: Spelling<S>): void {
  one(by, 'bias');
  const flat: string[] = [];
  const typed: string[] = [];
  for (const { symbols } of pieces) {
    for (const symbol of symbols) {
      flat.push(symbol);
      if (symbol.length > 1 && symbol[0] === '⟨') typed.push(symbol);
    }
    flat.push('|');
  }
  grams(flat, 2, 'm', by);
  grams(typed, 2, 't', by);
  for (const piece of pieces) for (const tag of piece.tags) one(by, 'lm', tag);
  one(by, `len${Math.min(6, Math.floor(Math.log2(1 + flat.length)))}`);
  one(by, `np${Math.min(5, pieces.length)}`);
}

/** A mark and the characters after it; missing ones are left out. */
function one<S>(by: Spelling<S>, mark: string, a?: string, b?: string, c?: string): void {
  let said = by.begin(mark);
  if (said !== undefined && a !== undefined) said = by.more(said, a);
  if (said !== undefined && b !== undefined) said = by.more(said, b);
  if (said !== undefined && c !== undefined) said = by.more(said, c);
  if (said !== undefined) by.take(said);
}

/** Every run of at most `longest` characters. */
function grams<S>(symbols: string[], longest: number, mark: string, by: Spelling<S>): void {
  const start = by.begin(mark);
  for (let k = 0; k < symbols.length; k += 1) {
    let said = start;
    const end = Math.min(symbols.length, k + longest);
    for (let n = k; n < end && said !== undefined; n += 1) {
      said = by.more(said, symbols[n]!);
      if (said !== undefined) by.take(said);
    }
  }
}
