import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { presets } from '../../test/plan/presets.ts';
import { type Case, caseLines, storyCases } from '../../test/reading/corpus.ts';
import { frames } from './frames.ts';

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

export const casesOf = (voices: Voice[]): Case[] => voices.flatMap(({ cases, loose }) => (loose ? [] : cases));

/** Plain sentences of programmes: how sure those are is learned too. */
export const PLAIN: ReadonlySet<string> = new Set([STORIES, 'told']);

/** How often a voice is learned from. The presets' sentences are few, but every bureau uses them; ways of telling have few examples each. */
export const timesOf = ({ name, loose }: Voice): number => (loose ? 6 : (REPEATED[name] ?? 1));
const REPEATED: Record<string, number> = { ways: 8, told: 4, [STORIES]: 12, [FRAMES]: 4 };

/** Sets that give each message in five deliberately different wordings. The judge learns from them, but not how sure it is: most people write more plainly. */
export const isInManyWays = ({ name }: Voice): boolean => /(?:^|-)ways-/u.test(name);

/** A voice from which no further messages are put together. */
export const standsAlone = (voice: Voice): boolean =>
  voice.loose === true || voice.name === FRAMES || voice.name === STORIES || isInManyWays(voice);
