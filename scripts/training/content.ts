import { contentField } from '../../src/reading/fields/content.ts';
import {
  begins,
  type CellSigns,
  cellScores,
  cellSigns,
  cellsIn,
  eachRun,
  ends,
  LONGEST,
  type TextCell,
} from '../../src/reading/judge/content.ts';
import type { Case } from '../../test/reading/corpus.ts';
import { messageOf } from './examples.ts';
import { Fit, fitted, Names } from './fit.ts';

/** A message about one activity, with the words that its label calls its content. */
interface Told {
  cells: TextCell[];
  signs: CellSigns<Int32Array>;
  run?: [number, number];
}

const EPOCHS = 4;
const RATE = 0.2;
/** Words of a label that share less with the text than this are the writer's own. */
const ALIKE = 0.75;

/** Fits which words of a message tell what an activity was about, or why it failed. */
export function learnContent(cases: Case[]): Map<string, number> {
  const names = new Names();
  const rows = cases
    .flatMap((item) => toldIn(item, names))
    .map((row) => ({ ...row, signs: each(row.signs, (list) => names.common(list)) }));
  const fit = new Fit(names.counts.length, 1, RATE);
  fitted(rows, EPOCHS, [fit], (row) => learn(row, fit), 5);
  return new Map([...names.ids].map(([name, id]) => [name, fit.row(id)[0]!]));
}

const each = <S, T>({ begin, end, inner, none }: CellSigns<S>, change: (signs: S) => T): CellSigns<T> => ({
  begin: begin.map(change),
  end: end.map(change),
  inner: inner.map(change),
  none: change(none),
});

function toldIn(item: Case, names: Names): Told[] {
  const [reading, more] = item.readings;
  if (!reading || more || reading.status === 'question' || reading.kind === 'same_as_last') return [];
  const field = contentField(reading);
  const said = reading[field] ?? (field === 'note' ? reading.topic : field === 'topic' ? reading.note : undefined);
  const { script } = messageOf(item);
  const cells = cellsIn(script, 0, script.text.length);
  const run = said === undefined ? undefined : bestRun(cells, script.text, said);
  if (said !== undefined && !run) return [];
  return [{ cells, signs: each(cellSigns(cells, field, reading.kind!), (list) => names.of(list)), run }];
}

const bare = (said: string): string => said.replace(/[\p{P}\s]/gu, '');

/** The run of cells that shares most with these words. */
function bestRun(cells: TextCell[], text: string, said: string): [number, number] | undefined {
  const words = bare(said);
  let best: { run: [number, number]; alike: number } | undefined;
  for (let from = 0; from < cells.length; from += 1) {
    if (!begins(cells, from)) continue;
    let left = words;
    let seen = 0;
    for (let to = from + 1; to <= Math.min(cells.length, from + LONGEST); to += 1) {
      for (const sign of bare(text.slice(cells[to - 1]!.start, cells[to - 1]!.end))) {
        seen += 1;
        left = left.replace(sign, '');
      }
      const alike = (2 * (words.length - left.length)) / (seen + words.length);
      if (ends(cells, to) && alike >= ALIKE && alike > (best?.alike ?? 0)) best = { run: [from, to], alike };
    }
  }
  return best?.run;
}

/** One step towards the run of the label, away from the others in proportion to their chances. */
function learn({ cells, signs, run }: Told, fit: Fit): boolean {
  const scores = cellScores(cells, signs, (list) => fit.sum(list)[0]!);
  let top = scores.none;
  eachRun(scores, (_from, _to, score) => {
    top = Math.max(top, score);
  });
  const [begin, end, inner] = [0, 0, 0].map(() => new Float64Array(cells.length + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let all = Math.exp(scores.none - top);
  eachRun(scores, (from, to, score) => {
    const part = Math.exp(score - top);
    all += part;
    begin[from]! += part;
    end[to]! += part;
    inner[from]! += part;
    inner[to]! -= part;
  });
  let changed = fit.bend(signs.none, 0, Math.exp(scores.none - top) / all - Number(!run));
  const bend = (list: Int32Array | undefined, slope: number) => {
    if (list && fit.bend(list, 0, slope)) changed = true;
  };
  let within = 0;
  for (let k = 0; k <= cells.length; k += 1) {
    within += inner[k]! / all;
    bend(signs.begin[k], begin[k]! / all - Number(run?.[0] === k));
    bend(signs.end[k], end[k]! / all - Number(run?.[1] === k));
    bend(signs.inner[k], within - Number(run !== undefined && run[0] <= k && k < run[1]));
  }
  return changed;
}
