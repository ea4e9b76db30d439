import { whichProgramme } from '../../cards/talk.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import { kindsOf } from '../../plan/feeds.ts';
import { rosterOf } from '../../plan/roster.ts';
import { readMessage } from '../../reading/read.ts';
import type { Reading } from '../../reading/types.ts';
import { openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import { activitiesOfCause, lastChanges, latestOf } from '../../store/ledger.ts';
import { obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import { feedKeysOf } from '../insight/own-duties.ts';
import { privately } from '../insight/privately.ts';
import type { Among, Quoted } from './among-posts.ts';
import { type Facts, isHeld } from './facts.ts';
import { readerKnows, sharedAmong } from './reader-knows.ts';

/** A question about the programme carries the message; this is the most a button can hold. */
const LONGEST_ASKED = 1_000;
/** How far back a record of the same kind decides which programme is meant. */
const REACH = 50;

/** The posts of a quoted card or report, by what is stored of it. */
export async function quotedPosts(trx: Trx, posts: Facts[], { cause, post }: Quoted): Promise<Facts[]> {
  const made = (await activitiesOfCause(trx, cause)).toSorted(
    (a, b) => Number(a.status === 'withdrawn') - Number(b.status === 'withdrawn'),
  );
  const ids = [...new Set(made.map((a) => a.reporterId))];
  const found = ids.flatMap((id) => posts.find(({ me }) => me.id === id) ?? []);
  return found.length > 0 ? found : posts.filter(({ me }) => me.id === post.personId);
}

/** The posts whose programmes have a school, person or pupil in care named in the text that the others do not have. */
export function postsNamed(posts: Facts[], text: string): Facts[] {
  const found = posts.map((facts) => ({ facts, names: namesIn(text, facts) }));
  const isOnly = (name: string, programmeId: string) =>
    found.every(({ facts, names }) => facts.programme.id === programmeId || !names.has(name));
  return found
    .filter(({ facts, names }) => [...names].some((name) => isOnly(name, facts.programme.id)))
    .map(({ facts }) => facts);
}

/** Of pupils, only those in the writer's care or at their school: the answer must not hint at others. */
function namesIn(text: string, { programme, me }: Facts): Set<string> {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const ownPupils = (caresOfMentor.get(me.id) ?? []).map((c) => pupil.get(c.pupilId));
  const near = programme.pupils.filter((p) => p.schoolId !== undefined && p.schoolId === me.schoolId);
  const names = [
    ...programme.schools.flatMap((s) => [s.name, ...s.short]),
    ...programme.people.filter((p) => p.id !== me.id).map((p) => p.name),
    ...[...ownPupils, ...near].flatMap((p) => p?.name ?? []),
  ];
  return new Set(names.filter((name) => name.length > 1 && text.includes(name)));
}

/** Posts, the one last used first: in which something was recorded or asked. */
export async function byUse(trx: Trx, posts: Facts[]): Promise<Facts[]> {
  const lastUses: { facts: Facts; at: number }[] = [];
  for (const facts of posts) lastUses.push({ facts, at: await lastUse(trx, facts) });
  return lastUses.toSorted((a, b) => b.at - a.at).map(({ facts }) => facts);
}

/** The posts in which the last message recorded something; one message may report to several programmes. */
export async function ofLastMessage(trx: Trx, posts: Facts[]): Promise<Facts[]> {
  const order = await byUse(trx, posts);
  const causes: (string | undefined)[] = [];
  for (const { programme, me } of order) causes.push((await latestOf(trx, programme.id, me.id, 1))[0]?.cause);
  return order.filter((_, i) => i === 0 || (causes[i] !== undefined && causes[i] === causes[0]));
}

/** When something was last recorded, changed or asked in a post; 0 means never. */
async function lastUse(trx: Trx, { programme, me, now }: Facts): Promise<number> {
  const records = (await latestOf(trx, programme.id, me.id, REACH)).filter((a) => a.cause !== undefined);
  const changes = [...(await lastChanges(trx, programme.id, records)).values()].filter((c) => c.byId === me.id);
  const draft = (await openDraftsOf(trx, programme.id, me.id, now - WAITS_MS)).at(-1);
  return Math.max(records[0]?.recordedAt ?? 0, draft?.createdAt ?? 0, ...changes.map((c) => c.at));
}

interface Asked {
  posts: Facts[];
  held: Facts[];
  named: Facts[];
  text: string;
}

/**
 * The posts a message is about if it is not a command: the most likely first, or each of several; `ask` if nothing decides
 * between them.
 */
export async function postsOfReport(
  trx: Trx,
  { posts, held, named, text }: Asked,
): Promise<{ first: Facts[] } | { each: Facts[] } | 'ask'> {
  const few = named.length > 0 ? named : posts;
  if (named.length === 0 && held.every((facts) => asksFigures(facts, text))) return { each: held };
  const reports = few.flatMap((facts) => {
    const reading = readMessage(text, facts.at, readerKnows(facts)).readings.find(reportsActivity);
    return reading ? [{ facts, kind: reading.kind as ActivityKind, date: dateOf(reading, facts) }] : [];
  });
  // A message that reports nothing answers or corrects what was said last.
  if (reports.length === 0) return { first: await byUse(trx, named.length > 0 ? named : held) };
  if (new Set(named.map((f) => f.programme.id)).size > 1) return { each: sharedAmong(named) };
  // A dated report goes to a post that was held on that day.
  const onDay = reports.filter(({ facts, date }) => isHeld(facts, date));
  const fitting = onDay.length > 0 ? onDay : reports;
  const duties: ('open' | 'done' | 'none')[] = [];
  for (const one of fitting) duties.push(await dutiesOf(trx, one.facts, one.kind, one.date));
  const of = (state: 'open' | 'done') => fitting.filter((_, i) => duties[i] === state);
  const [open, done] = [of('open'), of('done')];
  const candidates = open.length > 0 ? open : done.length > 0 ? done : fitting;
  const chosen = candidates.length === 1 ? candidates[0]!.facts : await lastUsedFor(trx, candidates);
  if (chosen) return { first: [chosen] };
  if ([...text].length <= LONGEST_ASKED) return 'ask';
  return {
    first: await byUse(
      trx,
      candidates.map((f) => f.facts),
    ),
  };
}

/** Whether a reading reports a separate activity, sure or not. */
const reportsActivity = ({ kind, status }: Reading): boolean =>
  kind !== 'same_as_last' && !['question', 'correction', 'cancel'].includes(status);

const dateOf = (reading: Reading, { at }: Facts): Ymd =>
  reading.date ?? reading.dates?.[0] ?? reading.date_from ?? at.today;

function asksFigures(facts: Facts, text: string): boolean {
  const { readings } = readMessage(text, facts.at, readerKnows(facts));
  return readings.length > 0 && readings.every((r) => r.status === 'question');
}

/** Whether a duty of that kind is due on that day and still open. */
async function dutiesOf(trx: Trx, facts: Facts, kind: ActivityKind, date: Ymd): Promise<'open' | 'done' | 'none'> {
  const owed = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), { start: date, end: date });
  const ofKind = owed.filter(({ obligation: o }) => !o.waived && kindsOf(o.requirement).includes(kind));
  if (ofKind.some(({ obligation, done }) => done < obligation.target)) return 'open';
  return ofKind.length > 0 ? 'done' : 'none';
}

async function lastUsedFor(trx: Trx, posts: { facts: Facts; kind: ActivityKind }[]): Promise<Facts | undefined> {
  let last: { facts: Facts; at: number } | undefined;
  for (const { facts, kind } of posts) {
    const records = await latestOf(trx, facts.programme.id, facts.me.id, REACH);
    const at = records.find((a) => a.kind === kind && a.status !== 'withdrawn' && a.cause !== undefined)?.recordedAt;
    if (at !== undefined && at > (last?.at ?? 0)) last = { facts, at };
  }
  return last?.facts;
}

/** 「记到哪个项目？」: the message waits in the buttons. In a group, only the writer is asked. */
export async function askWhich(posts: Facts[], text: string): Promise<Among> {
  const [facts] = posts as [Facts];
  const programmes = posts.map(({ programme, me }) => ({
    programmeId: programme.id,
    personId: me.id,
    name: programme.name,
  }));
  const outcome = await privately(facts, facts.t.programmes.askTitle, ({ t, said }) =>
    whichProgramme({ text, said, programmes }, t),
  );
  return { decided: [{ facts, outcome }], meant: facts, together: false };
}
