import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { type Learned, rowOf, weightsOf, written } from '../../src/reading/judge/weights.ts';
import { presets } from '../../test/plan/presets.ts';
import { type Case, caseLines, storyCases } from '../../test/reading/corpus.ts';
import { learnActivities } from './activities.ts';
import { copies } from './copies.ts';
import { exampleOf } from './examples.ts';
import { lottery, Names } from './fit.ts';
import { frames } from './frames.ts';
import { joined } from './joined.ts';
import { learnSegments } from './segments.ts';
import { learnSure, trialsOf } from './sure.ts';

/** The messages of one voice: a file of the corpus, or a set that was scored at first sight and has been used since. */
export interface Voice {
  name: string;
  cases: Case[];
  /** It came with the first reader, so it says little about how well this one reads. */
  known: boolean;
  /** Its readings list only kind and status. */
  loose?: boolean;
}

/** Sentences of offices, with their kinds. */
const OFFICE = 'test/reading/office.jsonl';
interface Office {
  says: string;
  kind: ActivityKind;
}

export const FOLDERS = ['test/reading/corpus/', 'test/reading/unseen/'];

export function voicesIn(folders: string[] = FOLDERS): Voice[] {
  const sets = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => ({
        name: basename(name, '.jsonl'),
        cases: caseLines(readFileSync(folder + name, 'utf8')),
        known: folder.includes('corpus'),
      })),
  );
  return [
    ...sets,
    plansVoice(),
    { name: 'frames', cases: frames(), known: true },
    { name: 'stories', cases: storyCases(), known: true },
  ];
}

/** The presets' example sentences, each of which must credit its own requirement or aim, and those of offices. */
function plansVoice(): Voice {
  const cases = [...presets().values()].flatMap((plan) => [
    ...plan.requirements.flatMap(({ id, says, activity, also = [] }) =>
      sentenceOf(`${plan.id} ${id}`, says, also.length > 0 ? undefined : activity),
    ),
    ...plan.provisions.flatMap(({ carries, says, kinds = [] }) =>
      sentenceOf(`${plan.id} ${carries}`, says, kinds.length === 1 ? kinds[0] : undefined),
    ),
  ]);
  const office = readFileSync(OFFICE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Office);
  const papers = office.flatMap(({ says, kind }, k) => sentenceOf(`office ${k}`, says, kind));
  return { name: 'plans', cases: [...cases, ...papers], known: false, loose: true };
}

function sentenceOf(id: string, says: string | undefined, kind: ActivityKind | undefined): Case[] {
  if (!says || !kind) return [];
  return SCHOOL_FORMS.map((school) => ({
    id: `${id} ${school}`,
    text: says.replaceAll(/\{school\}|浍沟中学|九合中学|东乡园/gu, school).replaceAll('{pupil}', '小杰'),
    readings: [{ kind, status: 'done' }],
  }));
}

const SCHOOL_FORMS = ['万佑', '万佑学校', '晓街乡万佑九年一贯制学校'];

/** The presets' sentences are few, but every bureau uses them. */
const OFTEN = 3;
/** Ways of telling that have few examples each. */
const REPEATED: Record<string, number> = { ways: 6, told: 3, stories: 3 };
/** Messages put together from others, for each message. */
const SHARE = 0.3;

/**
 * The weights that these voices teach, as the file's content. The same voices give the same bytes. The sureness of a reading is learned
 * from voices read by a judge that was trained without them.
 */
export function trained(voices: Voice[]): string {
  const apart = voices.filter(({ known }) => !known).filter(({ loose }, k) => loose || k % 2 === 0);
  const weights = weightsOf({ ...judgeOf(voices.filter((voice) => !apart.includes(voice))), sure: {} });
  const trials = apart.flatMap(({ cases, loose }) => {
    const own = cases.flatMap((item) => trialsOf(item, weights, loose));
    return loose ? Array.from({ length: OFTEN }, () => own).flat() : own;
  });
  const { rows, turn } = judgeOf(voices);
  return written(rows, turn, learnSure(trials));
}

/** The judge that these voices teach. */
function judgeOf(voices: Voice[]): Pick<Learned, 'rows' | 'turn'> {
  const random = lottery(11);
  const examples = voices.flatMap(({ name, cases, loose }) => {
    const often = loose ? OFTEN : (REPEATED[name] ?? 1);
    const own = [...cases, ...(loose ? [] : copies(cases, random))].flatMap((item) =>
      Array.from({ length: often }, () => exampleOf(item, { loose })),
    );
    const more =
      loose || name === 'frames' || name === 'stories'
        ? []
        : joined(cases, random, SHARE).map((item) => exampleOf(item, { joined: true }));
    return [...own, ...more];
  });
  const names = new Names();
  const segments = learnSegments(examples, names);
  const { choices, roles } = learnActivities(examples, segments, names);
  const rows: Record<string, string> = {};
  for (const [name, id] of names.ids) {
    const fit = { F: choices, T: roles }[name[0]!] ?? segments.fit;
    const row = name.isWellFormed() ? rowOf(fit.row(id)) : '';
    if (row !== '') rows[name] = row;
  }
  return { rows, turn: Array.from(segments.turn, (value) => Number(value.toFixed(3))) };
}
