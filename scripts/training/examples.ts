import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { KINDS, STATUSES } from '../../src/reading/judge/model.ts';
import { written } from '../../src/reading/judge/weights.ts';
import { weighed } from '../../src/reading/read.ts';
import { type Pauses, pausesOf } from '../../src/reading/structure/pauses.ts';
import { type Case, caseLines, knownBy } from '../../test/reading/corpus.ts';
import { joined } from './joined.ts';
import { type Example, learn, lottery } from './learn.ts';
import { learnPauses } from './pauses.ts';

/** The messages of one voice: a file of the corpus, or a set that was scored at first sight and is used since. */
export interface Voice {
  name: string;
  cases: Case[];
}

export const FOLDERS = ['test/reading/corpus/', 'test/reading/unseen/'];

export function voicesIn(folders: string[] = FOLDERS): Voice[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => ({ name: basename(name, '.jsonl'), cases: caseLines(readFileSync(folder + name, 'utf8')) })),
  );
}

/** A case as the judge sees it, with what it should say. */
export function exampleOf(item: Case, pauses: Pauses): Example {
  const today = (item.at ?? '2026-11-20').slice(0, 10);
  const wanted = new Map<number, number>();
  for (const { kind, status } of item.readings) {
    const k = KINDS.indexOf(kind!);
    if (!wanted.has(k)) wanted.set(k, STATUSES.indexOf(status === 'needs_detail' ? 'done' : status!));
  }
  return { features: weighed(item.text, { today }, knownBy(item.as, item.extra), pauses), wanted };
}

/** The weights that these cases teach, as the file that holds them. Same cases, same bytes. */
export function trained(cases: Case[]): string {
  const learned = learnPauses(cases.map(({ text }) => text));
  const pauses = pausesOf(learned);
  const all = [...cases, ...joined(cases, lottery(11))];
  const { names, values, lean } = learn(all.map((item) => exampleOf(item, pauses)));
  return written(names, values, lean, learned);
}
