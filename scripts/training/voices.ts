import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { rowOf as cellsAs, type Learned, weightsOf, written } from '../../src/reading/judge/weights.ts';
import { presets } from '../../test/plan/presets.ts';
import { type Case, caseLines, storyCases } from '../../test/reading/corpus.ts';
import { learnActivities } from './activities.ts';
import { copies } from './copies.ts';
import { type Example, exampleOf } from './examples.ts';
import { lottery, Names } from './fit.ts';
import { frames } from './frames.ts';
import { learnGoods } from './goods.ts';
import { inputsHash } from './inputs.ts';
import { joined } from './joined.ts';
import { learnSegments, type Row, rowOf } from './segments.ts';
import { learnSure, learnWays, type TriedWay, trialsOf, waysOf } from './ways.ts';

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

const FRAMES = 'frames';
const STORIES = 'stories';

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
    { name: FRAMES, cases: frames(), known: true },
    { name: STORIES, cases: storyCases(), known: true },
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

/** Plain sentences of programmes: how sure those are is learned too. */
const PLAIN: ReadonlySet<string> = new Set([STORIES, 'told']);

/** The presets' sentences are few, but every bureau uses them. */
const OFTEN = 6;
/** Ways of telling that have few examples each. */
const REPEATED: Record<string, number> = { ways: 8, told: 4, stories: 12, frames: 4 };
/** Plain sentences count as so many when it is learned how sure a reading is: the sets are harder than what most people write. */
const PLAINLY = 3;
/** Messages put together from others, for each message. */
const SHARE = 0.3;

/** A voice with its examples, whose features are counted together with those of all voices. */
interface Taught {
  voice: Voice;
  rows: Row[];
}

/**
 * The weights that these voices teach, as the file's content. The same voices give the same bytes. Which way to divide a message is right,
 * and how sure a reading is, is learned from voices that the judge has not seen: a judge trained without one half of them reads that half.
 * How sure a reading is depends on the way, so the ways of one half are judged by what the other teaches.
 */
export function trained(voices: Voice[]): string {
  const names = new Names();
  const taught = voices.map((voice) => ({ voice, rows: examplesOf(voice).map((example) => rowOf(example, names)) }));
  const tried = halvesOf(voices).map((half) => triedIn(half, taught, names));
  const byOther = [learnWays(choicesIn(tried[1]!)), learnWays(choicesIn(tried[0]!))];
  const trials = tried.flatMap((half, k) =>
    half.flatMap(({ voice: { name, loose }, ways }) => {
      const own = ways.flatMap((one) => trialsOf(one, byOther[k]!));
      const often = loose ? OFTEN : PLAIN.has(name) ? PLAINLY : 1;
      return Array.from({ length: often }, () => own).flat();
    }),
  );
  const learned = { from: inputsHash(), ...judgeOf(taught, names) };
  return written(learned, {
    ways: learnWays(tried.flatMap(choicesIn)),
    sure: learnSure(trials),
    goods: learnGoods(casesOf(voices)),
  });
}

/** The voices that say how well the judge reads, in two halves. */
function halvesOf(voices: Voice[]): Voice[][] {
  const sets = voices.filter(({ known, loose }) => !known && !loose);
  const plain = voices.filter(({ name, loose }) => loose || PLAIN.has(name));
  return [[...sets.filter((_, k) => k % 2 === 0), ...plain], sets.filter((_, k) => k % 2 === 1)];
}

/** A voice with the ways to divide its messages, by a judge that has not seen it. */
interface Tried {
  voice: Voice;
  ways: TriedWay[][];
}

/** Reads some voices with a judge that all others teach. */
function triedIn(half: Voice[], taught: Taught[], names: Names): Tried[] {
  const others = taught.filter(({ voice }) => !half.includes(voice));
  const goods = learnGoods(casesOf(others.map(({ voice }) => voice)));
  const untried = { ways: new Map(), sure: { signs: new Map(), trees: [] } };
  const weights = weightsOf(
    JSON.parse(written({ from: '', ...judgeOf(others, names) }, { ...untried, goods })) as Learned,
  );
  return half.map((voice) => ({ voice, ways: voice.cases.map((item) => waysOf(item, weights, voice.loose)) }));
}

const choicesIn = (tried: Tried[]): TriedWay[][] => tried.flatMap(({ voice, ways }) => (voice.loose ? [] : ways));

const casesOf = (voices: Voice[]): Case[] => voices.flatMap(({ cases, loose }) => (loose ? [] : cases));

/** What a voice teaches: its messages, copies of them, and messages put together from them. */
function examplesOf({ name, cases, loose }: Voice): Example[] {
  const random = lottery(11);
  const often = loose ? OFTEN : (REPEATED[name] ?? 1);
  const own = [...cases, ...(loose ? [] : copies(cases, random))].flatMap((item) => {
    const example = exampleOf(item, { loose });
    return Array.from({ length: often }, () => ({ ...example }));
  });
  const more =
    loose || name === FRAMES || name === STORIES
      ? []
      : joined(cases, random, SHARE).map((item) => exampleOf(item, { joined: true }));
  return [...own, ...more];
}

/** The judge that these voices teach. */
function judgeOf(taught: Taught[], names: Names): Pick<Learned, 'rows' | 'turn'> {
  const rows = taught.flatMap((one) => one.rows);
  const segments = learnSegments(rows, names);
  const own = new Names();
  const { choices, roles } = learnActivities(
    rows.map(({ example }) => example),
    segments,
    own,
  );
  const lines: Record<string, string> = {};
  const put = (name: string, row: ArrayLike<number>) => {
    const line = name.isWellFormed() ? cellsAs(row) : '';
    if (line !== '') lines[name] = line;
  };
  for (const [name, id] of names.ids) put(name, segments.fit.row(id));
  for (const [name, id] of own.ids) put(name, (name.startsWith('F') ? choices : roles).row(id));
  return { rows: lines, turn: Array.from(segments.turn, (value) => Number(value.toFixed(3))) };
}
