import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { HEARD_KINDS, HEARD_STATUSES } from '../../src/reading/judge/model.ts';
import { weightsOf, written } from '../../src/reading/judge/weights.ts';
import { weighed } from '../../src/reading/read.ts';
import { type Pauses, pausesOf } from '../../src/reading/structure/pauses.ts';
import { presets } from '../../test/plan/presets.ts';
import { type Case, caseLines, knownBy } from '../../test/reading/corpus.ts';
import { joined } from './joined.ts';
import { type Example, learn, lottery } from './learn.ts';
import { learnPauses } from './pauses.ts';
import { learnSure, trialsOf } from './sure.ts';

/** The messages of one voice: a file of the corpus, or a set that was scored at first sight and has been used since. */
export interface Voice {
  name: string;
  cases: Case[];
  /** The rules were written on it, so it says nothing about how well they read. */
  known: boolean;
  /** Its readings list only kind and status. */
  loose?: boolean;
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
  return [...sets, plansVoice()];
}

/** The presets' example sentences, each of which must credit its own requirement or aim. */
function plansVoice(): Voice {
  const cases = [...presets().values()].flatMap((plan) => [
    ...plan.requirements.flatMap(({ id, says, activity, also = [] }) =>
      sentenceOf(`${plan.id} ${id}`, says, also.length > 0 ? undefined : activity),
    ),
    ...plan.provisions.flatMap(({ carries, says, kinds = [] }) =>
      sentenceOf(`${plan.id} ${carries}`, says, kinds.length === 1 ? kinds[0] : undefined),
    ),
  ]);
  return { name: 'plans', cases, known: false, loose: true };
}

function sentenceOf(id: string, says: string | undefined, kind: ActivityKind | undefined): Case[] {
  if (!says || !kind || kind === 'care_roster') return [];
  const text = says.replaceAll('{school}', '万佑').replaceAll('{pupil}', '小杰');
  return [{ id, text, readings: [{ kind, status: 'done' }] }];
}

/** A case as the judge sees it, with the expected answer. */
export function exampleOf(item: Case, pauses: Pauses): Example {
  const today = (item.at ?? '2026-11-20').slice(0, 10);
  const wanted = new Map<number, number>();
  for (const { kind, status } of item.readings) {
    const k = HEARD_KINDS.indexOf(kind!);
    if (!wanted.has(k)) wanted.set(k, HEARD_STATUSES.indexOf(status === 'needs_detail' ? 'done' : status!));
  }
  return { features: weighed(item.text, { today }, knownBy(item.as, item.extra), pauses), wanted };
}

/** The presets' sentences are few, but every bureau uses them. */
const OFTEN = 8;

/**
 * The weights that these voices teach, as the file's content. The same voices give the same bytes. The sureness of a reading is learned
 * from voices read by a judge that was trained without them.
 */
export function trained(voices: Voice[]): string {
  const fresh = voices.filter(({ known }) => !known);
  const trials = [0, 1].flatMap((half) => {
    const apart = fresh.filter((_, k) => k % 2 === half);
    const weights = weightsOf(
      JSON.parse(
        judged(
          voices.filter((voice) => !apart.includes(voice)),
          new Map(),
        ),
      ),
    );
    return apart.flatMap(({ cases, loose }) => {
      const trials = cases.flatMap((item) => trialsOf(item, weights, loose));
      return loose ? Array.from({ length: OFTEN }, () => trials).flat() : trials;
    });
  });
  return judged(voices, learnSure(trials));
}

/** The judge and the pauses of these voices. Voices that the rules were not written on count twice. */
function judged(voices: Voice[], sure: ReadonlyMap<string, number>): string {
  const cases = voices.flatMap((voice) => voice.cases);
  const again = voices.flatMap((voice) => (voice.known ? [] : voice.cases));
  const learned = learnPauses(cases.map(({ text }) => text));
  const pauses = pausesOf(learned);
  const all = [...cases, ...again, ...joined(cases, lottery(11))];
  const { names, values, lean } = learn(all.map((item) => exampleOf(item, pauses)));
  return written(names, values, lean, learned, sure);
}
