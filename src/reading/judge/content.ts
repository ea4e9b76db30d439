import type { Script } from '../structure/pieces.ts';
import { type Give, one, outward, type Spelling } from './features.ts';
import type { Table } from './weights.ts';

/** Free text about an activity: its subject (`topic`), what was discussed or found (`note`), or why it failed (`reason`). */
export type ContentField = 'topic' | 'note' | 'reason';

/** A character of a text, or a name, date or number, as the judge sees it. */
export interface TextCell {
  sign: string;
  start: number;
  end: number;
}

/** Longer and shorter content is not looked for, in cells. */
export const LONGEST = 32;
export const SHORTEST = 2;
/** Content neither begins nor ends at these. */
const NO_BEGIN = /^[\s,.。;:!?、()》"】\]\-|/~]$/u;
const NO_END = /^[\s,.。;:!?、(《"【[\-|/~]$/u;

/** The characters, names, dates and numbers of a part of a text. */
export function cellsIn({ text, tokens, symbols, at, past }: Script, from: number, to: number): TextCell[] {
  const cells: TextCell[] = [];
  let next = tokens.findIndex(({ end }) => end > from);
  for (let start = from; start < to; ) {
    while (next >= 0 && next < tokens.length && tokens[next]!.start < start) next += 1;
    const token = next < 0 ? undefined : tokens[next];
    const whole = token?.start === start && past[next]! - at[next]! === 1 && symbols[at[next]!]!.startsWith('⟨');
    const end = whole ? token.end : start + 1;
    cells.push({ sign: whole ? symbols[at[next]!]! : text[start]!, start, end });
    start = end;
  }
  return cells;
}

/** Features of a place between two cells, at which content may begin or end. */
function edgeFeatures<S>(cells: TextCell[], k: number, mark: string, by: Spelling<S>): void {
  const of = (n: number) => cells[n]?.sign ?? (n < 0 ? '^' : '$');
  outward(by, `${mark}<`, [of(k - 1), of(k - 2), of(k - 3)]);
  outward(by, `${mark}>`, [of(k), of(k + 1)]);
  one(by, `${mark}|`, of(k - 1), '|', of(k));
}

/** Whether content may begin before the cell `k`, or end after the one before it. */
export const begins = (cells: TextCell[], k: number): boolean => k < cells.length && !NO_BEGIN.test(cells[k]!.sign);
export const ends = (cells: TextCell[], k: number): boolean => k > 0 && !NO_END.test(cells[k - 1]!.sign);

/** The scores of beginning and ending at each place, and the sum of those of the cells before it. */
interface CellScores {
  begin: Float64Array;
  end: Float64Array;
  inner: Float64Array;
  none: number;
}

/** Something for each place and cell, and for there being no content at all: its features, or their numbers. */
export interface EachCell<S> {
  edges: S[];
  inner: S[];
  none: S;
}

/** Columns of the weights. At an edge: content begins, or ends, there. Elsewhere: it goes on, or there is none. */
export const CELL = { begin: 0, end: 1, other: 0 };
export const CELL_WIDTH = 2;

export function cellFeatures(cells: TextCell[], field: ContentField, kind: string): EachCell<Give> {
  const mark = `C${field[0]}`;
  return {
    edges: Array.from({ length: cells.length + 1 }, (_, k) => (by) => edgeFeatures(cells, k, mark, by)),
    inner: cells.map((_, k) => (by) => outward(by, `${mark}i`, [cells[k]!.sign, cells[k + 1]?.sign ?? '$'])),
    none: (by) => outward(by, `${mark}0`, ['-', kind]),
  };
}

/** The scores of a text's cells; `sum` puts the weights of some features into the columns. */
export function cellScores<S>(
  cells: TextCell[],
  { edges, inner, none }: EachCell<S>,
  sum: (features: S) => Float32Array,
): CellScores {
  const places = edges.length;
  const scores = { begin: new Float64Array(places), end: new Float64Array(places), inner: new Float64Array(places) };
  edges.forEach((features, k) => {
    const weights = sum(features);
    scores.begin[k] = begins(cells, k) ? weights[CELL.begin]! : Number.NEGATIVE_INFINITY;
    scores.end[k] = ends(cells, k) ? weights[CELL.end]! : Number.NEGATIVE_INFINITY;
  });
  inner.forEach((features, k) => {
    scores.inner[k + 1] = scores.inner[k]! + sum(features)[CELL.other]!;
  });
  return { ...scores, none: sum(none)[CELL.other]! };
}

/** Each run of cells that may be the content, with its score. */
export function eachRun(
  { begin, end, inner }: CellScores,
  take: (from: number, to: number, score: number) => void,
): void {
  const last = begin.length - 1;
  for (let from = 0; from < last; from += 1)
    for (let to = from + SHORTEST; to <= Math.min(last, from + LONGEST); to += 1)
      take(from, to, begin[from]! + end[to]! + inner[to]! - inner[from]!);
}

/**
 * Labels often omit what a message says, so the learned weights find too little. This much is added in favour of content: most for a note,
 * which should drop nothing (reading.md, 20); least for a topic, which appears in ledgers and certificates.
 */
const LEANING: Readonly<Record<ContentField, number>> = { topic: 1, reason: 2, note: 5 };

/** A topic is shown to many people, so it must not name a pupil. */
const PUPIL = /^⟨他?生⟩$/u;

/** The range of the content within a part of the text; undefined if there is none. */
export function contentIn(
  script: Script,
  [start, end]: [number, number],
  field: ContentField,
  kind: string,
  table: Table,
): [from: number, to: number] | undefined {
  const cells = cellsIn(script, start, end);
  const sum = new Float32Array(CELL_WIDTH);
  const scores = cellScores(cells, cellFeatures(cells, field, kind), (give) => table.sum(give, sum.fill(0)));
  const pupils = field === 'topic' ? cells.flatMap(({ sign }, k) => (PUPIL.test(sign) ? [k] : [])) : [];
  const inWord = (at: number) => script.tokens.some((token) => token.start < at && at < token.end);
  let best = { from: 0, to: 0, score: scores.none - LEANING[field] };
  eachRun(scores, (from, to, score) => {
    if (score > best.score && !pupils.some((k) => from <= k && k < to)) best = { from, to, score };
  });
  if (best.to === 0) return undefined;
  const place: [number, number] = [cells[best.from]!.start, cells[best.to - 1]!.end];
  // 谈|话了: part of a word is no content.
  return inWord(place[0]) ? undefined : place;
}
