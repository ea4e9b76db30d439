import type { ActivityKind } from '../../plan/activity.ts';
import { aboutRecord } from '../../reading/answers/likely-kinds.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { activitiesChangedBy, activitiesOfCause, lastChanges, latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { readerKnows } from '../intake/reader-knows.ts';

/** How many records back a message may refer to; a message rarely makes more than three. */
const REACH = 20;

/** The kinds and days by which a message describes the record it means; empty if it names none. */
export interface RecordNamed {
  kinds: ActivityKind[];
  days: string[];
}

/** What a message says about the record it means. `set`: days that it wants to set, which do not help to find it. */
export function recordNamed(facts: Facts, text: string, set: string[] = []): RecordNamed {
  const { kinds, days } = aboutRecord(text, facts.at, readerKnows(facts));
  return { kinds, days: days.filter((day) => !set.includes(day)) };
}

/**
 * The sender's records that a message is about (DESIGN section 5, *Which record is meant*): the named ones among those shown
 * last; else everything of that kind from one earlier message, if it names a kind. Newest first; empty if there are none.
 */
export async function recordsMeant(trx: Trx, facts: Facts, { kinds, days }: RecordNamed): Promise<StoredActivity[]> {
  const all = await standing(trx, facts);
  const shown = await shownLast(trx, facts, all);
  const ofKind = (list: StoredActivity[]) => list.filter((a) => kinds.length === 0 || kinds.includes(a.kind));
  const ofDay = (list: StoredActivity[]) => list.filter((a) => days.includes(a.date));
  const [near, far] = [ofKind(shown), ofKind(all)];
  if (ofDay(near).length > 0) return ofDay(near);
  if (ofDay(far).length > 0) return ofDay(far).slice(0, 1);
  return near.length > 0 ? near : far.filter((a) => a.cause === far[0]!.cause);
}

/** The sender's records shown last in the chat, active or withdrawn; newest first. */
export async function lastRecords(
  trx: Trx,
  facts: Facts,
  which: 'standing' | 'withdrawn' = 'standing',
): Promise<StoredActivity[]> {
  return shownLast(trx, facts, await standing(trx, facts, which));
}

/**
 * Records in words or by form, newest first. A quoted colleague's card holds none of the sender's, so nothing of theirs changes.
 */
async function standing(
  trx: Trx,
  { quotes, programme, me }: Facts,
  which: 'standing' | 'withdrawn' = 'standing',
): Promise<StoredActivity[]> {
  const all = quotes ? await quoted(trx, quotes) : await latestOf(trx, programme.id, me.id, REACH);
  return all.filter(
    (a) => a.reporterId === me.id && a.cause !== undefined && (a.status === 'withdrawn') === (which === 'withdrawn'),
  );
}

/** The records that a message or card made or changed. */
async function quoted(trx: Trx, cause: string): Promise<StoredActivity[]> {
  const all = [...(await activitiesChangedBy(trx, cause)), ...(await activitiesOfCause(trx, cause))];
  return [...new Map(all.map((a) => [a.id, a])).values()];
}

/** Of these records, those that one message made, or that a later message of the sender changed and so showed again. */
async function shownLast(trx: Trx, { quotes, programme, me }: Facts, all: StoredActivity[]): Promise<StoredActivity[]> {
  const [newest] = all;
  if (quotes || !newest) return all;
  const changes = await lastChanges(trx, programme.id, all);
  const changed = all
    .map((a) => ({ a, change: changes.get(a.id)! }))
    .filter(({ a, change }) => change.byId === me.id && a.version > 1 && change.at > newest.recordedAt)
    .toSorted((x, y) => y.change.at - x.change.at);
  const [last] = changed;
  if (!last) return all.filter((a) => a.cause === newest.cause);
  return changed.filter(({ change }) => change.cause === last.change.cause).map(({ a }) => a);
}
