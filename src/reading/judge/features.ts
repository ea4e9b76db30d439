import type { Piece, Script } from '../structure/pieces.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

/**
 * How a feature is built, character by character: as its name in training, as a node in the tree of names when weighing. `more` gives
 * undefined if no known name begins like that. The same feature may occur more than once.
 */
export interface Spelling<S> {
  begin: (mark: string) => S | undefined;
  more: (said: S, sign: string) => S | undefined;
  take: (said: S) => void;
}

/** Builds some features. */
export type Give = <S>(by: Spelling<S>) => void;

/** The names of features, for training. */
export function named(give: (by: Spelling<string>) => void): string[] {
  const names = new Set<string>();
  give({ begin: (mark) => mark, more: (said, sign) => said + sign, take: (said) => names.add(said) });
  return [...names];
}

/** The feature of a mark and what follows it. */
export function one<S>(by: Spelling<S>, mark: string, a?: string, b?: string, c?: string): void {
  let said = by.begin(mark);
  if (said !== undefined && a !== undefined) said = by.more(said, a);
  if (said !== undefined && b !== undefined) said = by.more(said, b);
  if (said !== undefined && c !== undefined) said = by.more(said, c);
  if (said !== undefined) by.take(said);
}

/** Every run of at most `longest` symbols between two positions. */
function grams<S>(symbols: string[], from: number, to: number, longest: number, mark: string, by: Spelling<S>): void {
  const start = by.begin(mark);
  if (start === undefined) return;
  for (let k = from; k < to; k += 1) {
    let said: S | undefined = start;
    const end = Math.min(to, k + longest);
    for (let n = k; n < end && said !== undefined; n += 1) {
      said = by.more(said, symbols[n]!);
      if (said !== undefined) by.take(said);
    }
  }
}

/** Every run of signs from the first on, alone and with each of the ends. */
export function outward<S>(by: Spelling<S>, mark: string, signs: string[], ends: string[] = []): void {
  let said = by.begin(mark);
  for (const sign of signs) {
    if (said !== undefined) said = by.more(said, sign);
    if (said === undefined) return;
    by.take(said);
    for (const end of ends) {
      const more = by.more(said, end);
      if (more !== undefined) by.take(more);
    }
  }
}

const few = (n: number): string => (n > 3 ? 'm' : String(n));

/** Segment features of a piece: what it says, and what stands around it. */
export function pieceFeatures<S>(script: Script, at: number, by: Spelling<S>): void {
  const { symbols, pieces } = script;
  const piece = pieces[at]!;
  one(by, 'P');
  grams(symbols, piece.from, piece.to, 3, 'Pc', by);
  one(by, 'P^', symbols[piece.from], symbols[piece.from + 1]);
  one(by, 'P^', symbols[piece.from]);
  one(by, 'P$', symbols[piece.to - 2], symbols[piece.to - 1]);
  const { tags } = piece;
  for (let k = 0; k < tags.length; k += 1) {
    one(by, 'Pl', tags[k]);
    if (k + 1 < tags.length) one(by, 'Pl', tags[k], tags[k + 1]);
  }
  one(by, 'Po', piece.opens);
  one(by, 'Po', piece.opens, symbols[piece.from]);
  if (tags[0]) one(by, 'Po', piece.opens, tags[0]);
  one(by, 'Pw', few(Math.floor((piece.to - piece.from) / 3)));
  if (piece.asked) one(by, 'P?');
  beside(script, pieces[at - 1], 'Pp', by);
  beside(script, pieces[at + 1], 'Pn', by);
  repeats(script, at, by);
  for (const tag of pieces[at - 2]?.tags ?? []) one(by, 'Pq', tag);
  for (const tag of pieces[at + 2]?.tags ?? []) one(by, 'Pr', tag);
}

/** What the piece names again after earlier pieces: a second day, person or number often begins another activity. */
function repeats<S>({ tokens, pieces, symbols }: Script, at: number, by: Spelling<S>): void {
  const piece = pieces[at]!;
  const sorts = new Set<string>();
  for (let k = piece.first; k < piece.last; k += 1) {
    const token = tokens[k]!;
    if (token.type === 'word' && !token.subject) continue;
    if (token.type === 'comma' || token.type === 'stop') continue;
    sorts.add(sortOf(token));
  }
  if (sorts.size === 0) return;
  let told = 0;
  for (let k = 0; k < at; k += 1) if (pieces[k]!.tags.some((tag) => tag[0] === 'K' || tag[0] === 'V')) told += 1;
  const verb = (n: number) => pieces[n]?.tags.some((tag) => tag[0] === 'K' || tag[0] === 'V') === true;
  const says = verb(at) ? 'v' : verb(at + 1) ? 'n' : '-';
  for (const sort of sorts) {
    let before = 0;
    let last: Token | undefined;
    for (let k = 0; k < piece.first; k += 1)
      if (sortOf(tokens[k]!) === sort) {
        before += 1;
        last = tokens[k];
      }
    let own: Token | undefined;
    for (let k = piece.first; k < piece.last && own === undefined; k += 1)
      if (sortOf(tokens[k]!) === sort) own = tokens[k];
    const again = last === undefined ? '-' : last.text === own!.text ? '=' : '!';
    one(by, 'Pz', sort, few(before), piece.opens);
    one(by, 'Pz', sort, again, told > 0 ? 't' : 'n');
    one(by, 'Pz', sort, again + says, piece.opens);
    one(by, 'Pz', sort, again, symbols[piece.from]);
  }
}

function beside<S>({ symbols }: Script, piece: Piece | undefined, mark: string, by: Spelling<S>): void {
  if (!piece) {
    one(by, mark, '#');
    return;
  }
  grams(symbols, piece.from, piece.to, 2, mark, by);
  if (mark === 'Pn') one(by, 'Pn^', symbols[piece.from], symbols[piece.from + 1]);
  else one(by, 'Pp$', symbols[piece.to - 2], symbols[piece.to - 1]);
  for (const tag of piece.tags) one(by, `${mark}l`, tag);
}

/** Features of the whole message, for where an activity begins. */
export function messageFeatures<S>({ pieces }: Script, by: Spelling<S>): void {
  one(by, 'M');
  for (const { tags } of pieces) for (const tag of tags) one(by, 'Ml', tag);
  one(by, 'Mn', few(pieces.length));
  if (pieces.some(({ opens }, k) => k > 0 && opens === 'line')) one(by, 'M¶');
}

/** An activity and its pieces, while its fields are decided. */
export interface Stretch {
  kind: string;
  from: number;
  to: number;
  /** The piece that says most of what it is. */
  main: number;
  /** Pieces before it that belong to no activity. */
  lead: number;
  /** Where the next one begins. */
  next: number;
  count: number;
  index: number;
  /** The reading made before it. */
  before?: Pick<Reading, 'kind' | 'status' | 'direction' | 'by'>;
}

/** The piece after the last one of its sentence that belongs to no other activity. */
export function sentenceEnd({ pieces }: Script, { from, to, next }: Stretch): number {
  let end = Math.max(from + 1, to);
  while (end < next && pieces[end]!.opens !== 'line' && pieces[end]!.opens !== 'sentence') end += 1;
  return end;
}

/** So many pieces after an activity that belong to no other are looked at for remarks about it. */
const REMARKS = 5;

/** Features of an activity as a whole, for its status and what else is one of a few values. */
export function activityFeatures<S>(script: Script, span: Stretch, by: Spelling<S>): void {
  const { symbols, pieces, tokens } = script;
  one(by, 'F');
  one(by, 'Fk', span.kind);
  for (let k = span.from; k < span.to; k += 1) {
    const piece = pieces[k]!;
    grams(symbols, piece.from, piece.to, 3, 'Fc', by);
    for (const tag of piece.tags) {
      one(by, 'Fl', tag);
      one(by, 'Fl', tag, span.kind);
    }
    if (piece.asked) one(by, 'F?');
  }
  const main = pieces[span.main]!;
  grams(symbols, main.from, main.to, 3, 'Fm', by);
  for (const tag of main.tags) one(by, 'Fml', tag, span.kind);
  for (let k = Math.max(0, span.main - 1); k < Math.min(pieces.length, span.main + 2); k += 1)
    if (k !== span.main) grams(symbols, pieces[k]!.from, pieces[k]!.to, 2, k < span.main ? 'Fp' : 'Fn', by);
  for (let k = span.lead; k < span.from; k += 1) {
    grams(symbols, pieces[k]!.from, pieces[k]!.to, 2, 'Fo', by);
    for (const tag of pieces[k]!.tags) one(by, 'Fol', tag);
  }
  const after = pieces[span.to];
  if (after) {
    grams(symbols, after.from, after.to, 2, 'Fa', by);
    for (const tag of after.tags) one(by, 'Fal', tag);
  }
  for (let k = pieces[span.from]!.first; k < pieces[span.to - 1]!.last; k += 1) {
    const token = tokens[k]!;
    if (token.date) one(by, 'Fd', symbols[script.at[k]!]);
    if (token.type === 'name') one(by, 'Fd', symbols[script.at[k]!], span.kind);
  }
  for (let k = 0; k < pieces.length; k += 1)
    for (const tag of pieces[k]!.tags)
      if (tag === 'Tlate' || tag === 'TtoBot' || tag === 'Tevaluate' || tag === 'Tadvice')
        one(by, 'Fz', tag, k < span.from ? '<' : k < span.to ? '=' : k < span.next ? '+' : '>');
  const { opens, first } = pieces[span.from]!;
  let me = false;
  for (let k = first; k < pieces[span.to - 1]!.last; k += 1) if (tokens[k]!.text[0] === '我') me = true;
  one(by, 'Fo', opens, me ? 'm' : '-', span.before?.by ? 'b' : '-');
  one(by, 'Fi', few(span.index), few(span.count));
  const { before } = span;
  one(by, 'Fb', before ? before.kind : '#');
  if (before) {
    one(by, 'Fbs', before.status === 'needs_detail' ? 'done' : before.status);
    one(by, 'Fbk', before.kind === span.kind ? '=' : '!', before.direction ?? '-', before.by ? 'b' : '-');
    one(by, 'Fbk', before.by ? 'b' : '-');
    one(by, 'Fbk', before.direction ?? '-');
  }
}

/** What is said after a lesson heard, beside the features of the activity: whether it was discussed. */
export function remarkFeatures<S>({ symbols, pieces }: Script, span: Stretch, by: Spelling<S>): void {
  for (let k = span.to + 1; k < Math.min(span.next, span.to + REMARKS); k += 1) {
    grams(symbols, pieces[k]!.from, pieces[k]!.to, 2, 'Fr', by);
    for (const tag of pieces[k]!.tags) one(by, 'Frl', tag, span.kind);
  }
}

/** Features of a token in an activity, for its role there. */
export function tokenFeatures<S>(script: Script, span: Stretch, k: number, by: Spelling<S>): void {
  const { symbols, tokens, at, past, of, pieces } = script;
  const token = tokens[k]!;
  const own = symbols[at[k]!]!;
  const sort = token.type === 'word' && !token.subject ? (token.text ?? '') : own;
  one(by, 'T', sort);
  if (token.heard) one(by, 'T~', sort);
  one(by, 'Tk', sort, span.kind);
  const a = at[k]!;
  const z = past[k]!;
  const [l1, l2, l3] = [symbols[a - 1] ?? '^', symbols[a - 2] ?? '^', symbols[a - 3] ?? '^'];
  const [r1, r2, r3] = [symbols[z] ?? '$', symbols[z + 1] ?? '$', symbols[z + 2] ?? '$'];
  const ends = [`|${sort}`, `/${span.kind}`];
  outward(by, 'T<', [l1, l2, l3], ends);
  outward(by, 'T>', [r1, r2, r3], ends);
  outward(by, 'T=', [`${l1}${r1}`], ends);
  const piece = of[k]!;
  const ctx = piece < span.from ? 'o' : piece < span.main ? 'b' : piece === span.main ? 'm' : 'a';
  one(by, 'Tx', ctx, sort);
  one(by, 'Tx', ctx, sort, span.kind);
  // The words of its piece before and after it, and the tags of the main piece.
  for (let j = pieces[piece]!.first; j < pieces[piece]!.last; j += 1) {
    const other = tokens[j]!;
    if (j === k) continue;
    const mark = j < k ? 'Tl' : 'Tr';
    if (other.verbs) for (const verb of other.verbs) one(by, mark, sort, verb);
    if (other.tags) for (const tag of other.tags) one(by, mark, sort, tag);
    if (other.kind) one(by, mark, sort, other.kind);
    if (other.type !== 'word') one(by, mark, sort, symbols[at[j]!]);
  }
  // Its place among others of its sort.
  let before = 0;
  let after = 0;
  for (let j = pieces[Math.max(0, span.lead)]!.first; j < pieces[span.to - 1]!.last; j += 1) {
    if (j === k || sortOf(tokens[j]!) !== sortOf(token)) continue;
    if (j < k) before += 1;
    else after += 1;
  }
  one(by, 'Tn', sort, few(before), few(after));
  one(by, 'Tn', sort, few(before), span.kind);
  one(by, 'Tno', sort, few(span.index), few(span.count));
  const first = pieces[piece]!.first;
  if (k === first) one(by, 'Tf', sort, pieces[piece]!.opens);
  if (k === first) one(by, 'Tf', sort, pieces[piece]!.opens, span.kind);
  one(by, 'Te', sort, pieces[span.main]!.tags.find((tag) => tag[0] === 'K' || tag[0] === 'V') ?? '-', ctx);
  const c = token.count;
  if (c) one(by, 'Tc', c.measure ?? '-', c.n === undefined ? '?' : few(c.n));
}

export const sortOf = (token: Token): string =>
  token.type === 'name'
    ? token.named!.schools.length > 0
      ? 'school'
      : token.named!.pupils.length > 0
        ? 'pupil'
        : 'person'
    : token.type === 'count'
      ? `count${token.count!.unit}`
      : token.subject
        ? 'subject'
        : has(token, 'own', 'partner')
          ? 'school'
          : token.type;
