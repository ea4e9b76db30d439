import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { runCommand } from '../../../src/cli/index.ts';
import type { OwedJson } from '../../../src/cli/owed-json.ts';
import { type World, words, world } from '../../support/world.ts';
import { CAST_SCHOOLS, CASTS } from './casts.ts';

/** One message of first-sight.yaml; the head of that file says what its fields are. */
export interface Said {
  at: string;
  as: string;
  say: string;
  credits?: Record<string, number>;
  may?: Record<string, number>;
  kinds?: string[];
  answers?: string;
  none?: true;
  /** What comes of it as yet, if it is not right. */
  short?: string;
}

export interface Outcome {
  said: Said;
  grew: Record<string, number>;
  kinds: string[];
  answer: string;
  verdict: 'right' | 'asked' | 'unread' | 'wrong answer' | 'wrong record';
}

/** The sets, by the number in the file's name. */
export const SETS = ['first-sight.yaml', 'first-sight-2.yaml'].map(
  (file) => parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Record<string, Said[]>,
);

/** The cast of the plan's story with two more teachers on each side. */
function castOf(plan: string): object {
  const programme = parse(CASTS[plan]!) as { people: object[] };
  const [supporter, recipient] = CAST_SCHOOLS[plan] ?? [];
  for (const [name, school] of [
    ['何静', supporter],
    ['陆川', supporter],
    ['方蕾', recipient],
    ['韩松', recipient],
  ])
    if (school) programme.people.push({ name, school, roles: ['teacher'] });
  return programme;
}

/** Done by requirement on a day. */
async function counts(w: World, day: string): Promise<Record<string, number>> {
  const said: string[] = [];
  const io = { out: (s: string) => void said.push(s), err: () => {}, cwd: '.' };
  await runCommand(['owed', '--on', day, '--json'], io, w.core.ctx.config, w.core);
  const sums: Record<string, number> = {};
  for (const o of JSON.parse(said.join('')) as OwedJson[]) sums[o.requirement] = (sums[o.requirement] ?? 0) + o.done;
  return sums;
}

const recorded = async (w: World) =>
  (await w.core.ctx.db.selectFrom('activity').select(['id', 'body']).where('cause', 'is not', null).execute()).map(
    (row) => [row.id, (JSON.parse(row.body) as { kind: string }).kind] as const,
  );

function verdictOf(said: Said, grew: Record<string, number>, kinds: string[], answer: string): Outcome['verdict'] {
  const wanted = said.credits ?? {};
  const unforeseen = Object.keys(grew).some((id) => !(id in wanted) && !(id in (said.may ?? {})));
  const credited = Object.entries(wanted).every(([id, n]) => grew[id] === n);
  const kindFits = !said.kinds || kinds.some((kind) => said.kinds!.includes(kind));
  const answered = !said.answers || new RegExp(said.answers).test(answer);
  const silent = said.none || (said.answers && !said.kinds) ? kinds.length === 0 : true;
  const right = !unforeseen && credited && kindFits && answered && silent;
  if (right) return /还没有记录|这次说的还没有记/.test(answer) && !said.none ? 'asked' : 'right';
  if (kinds.length > 0) return 'wrong record';
  if (/没听懂|没有听懂|没看懂|可以这样说/.test(answer) || answer === '') return 'unread';
  return said.answers ? 'wrong answer' : 'asked';
}

/** Says the sentences of a plan in turn, each on its day, and tells what came of each. */
export async function firstSight(plan: string, set: Record<string, Said[]>): Promise<Outcome[]> {
  const lines = set[plan]!.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const w = await world({ programme: castOf(plan), at: `${lines[0]!.at}T16:00` });
  const outcomes: Outcome[] = [];
  let today = lines[0]!.at;
  for (const said of lines) {
    if (said.at > today) await w.move({ days: Temporal.PlainDate.from(today).until(said.at).days });
    today = said.at;
    const [before, rows] = [await counts(w, said.at), new Set((await recorded(w)).map(([id]) => id))];
    const answer = (await w.says(said.as, said.say)).map(words).join('\n');
    const after = await counts(w, said.at);
    const grew = Object.fromEntries(
      Object.entries(after).flatMap(([id, n]) => (n === before[id] ? [] : [[id, n - (before[id] ?? 0)]])),
    );
    const kinds = (await recorded(w)).filter(([id]) => !rows.has(id)).map(([, kind]) => kind);
    outcomes.push({ said, grew, kinds, answer, verdict: verdictOf(said, grew, kinds, answer) });
  }
  await w.close();
  return outcomes;
}
