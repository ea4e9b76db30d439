import type { Script } from '../structure/pieces.ts';

/** Free text about an activity: its subject (`topic`), what was discussed or found (`note`), or why it failed (`reason`). */
export type ContentField = 'topic' | 'note' | 'reason';

/** How strongly each sign suggests that the content begins, ends or goes on at a place. */
export type ContentWeights = ReadonlyMap<string, number>;

/** A character of a text, or a name, date or number, as the judge sees it. */
export interface TextCell {
  sign: string;
  start: number;
  end: number;
}

/** Longer and shorter content is not looked for, in cells. */
export const LONGEST = 32;
const SHORTEST = 2;
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

/** The signs of a place between two cells, at which content may begin or end. */
function edgeSigns(cells: TextCell[], k: number, mark: string): string[] {
  const of = (n: number) => cells[n]?.sign ?? (n < 0 ? '^' : '$');
  const [l3, l2, l1, r1, r2] = [of(k - 3), of(k - 2), of(k - 1), of(k), of(k + 1)];
  return [
    ...[`${mark}<${l1}`, `${mark}<${l2}${l1}`, `${mark}<${l3}${l2}${l1}`],
    ...[`${mark}>${r1}`, `${mark}>${r1}${r2}`, `${mark}|${l1}|${r1}`],
  ];
}

/** The signs of a cell inside content. */
const innerSigns = (cells: TextCell[], k: number, mark: string): string[] => [
  `${mark}${cells[k]!.sign}`,
  `${mark}${cells[k]!.sign}${cells[k + 1]?.sign ?? '$'}`,
];

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

/** The features of each place and cell, and of there being no content at all. */
export interface CellSigns<S> {
  begin: S[];
  end: S[];
  inner: S[];
  none: S;
}

export const cellSigns = (cells: TextCell[], field: ContentField, kind: string): CellSigns<string[]> => {
  const places = Array.from({ length: cells.length + 1 }, (_, k) => k);
  return {
    begin: places.map((k) => edgeSigns(cells, k, `${field[0]}b`)),
    end: places.map((k) => edgeSigns(cells, k, `${field[0]}e`)),
    inner: cells.map((_, k) => innerSigns(cells, k, `${field[0]}i`)),
    none: [`${field[0]}0`, `${field[0]}0${kind}`],
  };
};

export function cellScores<S>(cells: TextCell[], signs: CellSigns<S>, sum: (signs: S) => number): CellScores {
  const never = Number.NEGATIVE_INFINITY;
  const inner = new Float64Array(cells.length + 1);
  for (let k = 0; k < cells.length; k += 1) inner[k + 1] = inner[k]! + sum(signs.inner[k]!);
  return {
    begin: Float64Array.from(signs.begin, (own, k) => (begins(cells, k) ? sum(own) : never)),
    end: Float64Array.from(signs.end, (own, k) => (ends(cells, k) ? sum(own) : never)),
    inner,
    none: sum(signs.none),
  };
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
  weights: ContentWeights,
): [from: number, to: number] | undefined {
  const cells = cellsIn(script, start, end);
  const scores = cellScores(cells, cellSigns(cells, field, kind), (signs) =>
    signs.reduce((sum, sign) => sum + (weights.get(sign) ?? 0), 0),
  );
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
