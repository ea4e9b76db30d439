import { contentField } from '../../src/reading/fields/content.ts';
import {
  begins,
  CELL,
  CELL_WIDTH,
  cellFeatures,
  cellScores,
  cellsIn,
  type EachCell,
  eachRun,
  ends,
  LONGEST,
  SHORTEST,
  type TextCell,
} from '../../src/reading/judge/content.ts';
import { named } from '../../src/reading/judge/features.ts';
import type { Learned } from '../../src/reading/judge/weights.ts';
import type { Case } from '../../test/reading/corpus.ts';
import { messageOf } from './examples.ts';
import { Fit, fitted, linesOf, Names } from './fit.ts';

/** A message about one activity, with the words that its label calls its content. */
interface Told {
  cells: TextCell[];
  features: EachCell<Int32Array>;
  run?: [number, number];
}

const EPOCHS = 4;
const RATE = 0.2;
/** Words of a label that share less with the text than this are the writer's own. */
const ALIKE = 0.75;

/** Fits which words of a message tell what an activity was about, or why it failed. */
export function learnContent(cases: Case[]): Learned['rows'] {
  const names = new Names();
  const rows = cases.flatMap((item) => toldIn(item, names));
  const fit = new Fit(names.counts.length, CELL_WIDTH, RATE);
  fitted({
    rows,
    only: (row, keep) => ({ ...row, features: each(row.features, keep) }),
    names,
    fits: [fit],
    epochs: EPOCHS,
    seed: 5,
    learn: (row) => learn(row, fit),
  });
  return linesOf(names, (id) => fit.row(id));
}

const each = <S, T>({ edges, inner, none }: EachCell<S>, change: (features: S) => T): EachCell<T> => ({
  edges: edges.map((features) => change(features)),
  inner: inner.map((features) => change(features)),
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
  const features = each(cellFeatures(cells, field, reading.kind!), (give) => names.of(named(give)));
  return [{ cells, features, run }];
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
      if (to < from + SHORTEST) continue;
      const alike = (2 * (words.length - left.length)) / (seen + words.length);
      if (ends(cells, to) && alike >= ALIKE && alike > (best?.alike ?? 0)) best = { run: [from, to], alike };
    }
  }
  return best?.run;
}

/** One step towards the run of the label, away from the others in proportion to their chances. */
function learn({ cells, features, run }: Told, fit: Fit): boolean {
  const scores = cellScores(cells, features, (list) => fit.sum(list));
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
  let changed = false;
  const bend = (list: Int32Array | undefined, column: number, slope: number) => {
    if (list && fit.bend(list, column, slope)) changed = true;
  };
  bend(features.none, CELL.other, Math.exp(scores.none - top) / all - Number(!run));
  let within = 0;
  for (let k = 0; k <= cells.length; k += 1) {
    within += inner[k]! / all;
    bend(features.edges[k], CELL.begin, begin[k]! / all - Number(run?.[0] === k));
    bend(features.edges[k], CELL.end, end[k]! / all - Number(run?.[1] === k));
    bend(features.inner[k], CELL.other, within - Number(run !== undefined && run[0] <= k && k < run[1]));
  }
  return changed;
}
