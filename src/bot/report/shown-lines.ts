import type { StoredActivity } from '../../store/activities.ts';
import { type Draft, isWhole, lockOpenDraft, openDraftsOf } from '../../store/drafts.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { lastRecords } from './which-record.ts';

/** How long a correction can be about a card that waits for its tap. */
const OPEN_MS = 24 * 3_600_000;

/** The lines of the card shown last, in its order: the records, then the drafts that wait for a tap beneath them. */
export interface ShownLines {
  records: StoredActivity[];
  drafts: Draft[];
}

export async function shownLines(trx: Trx, facts: Facts): Promise<ShownLines> {
  const { programme, me, now, quotes } = facts;
  const records = (await lastRecords(trx, facts)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const newest = await lockOpenDraft(trx, programme.id, me.id, now - OPEN_MS, quotes);
  if (!newest || !isWhole(newest)) return { records, drafts: [] };
  const last = Math.max(0, ...records.map((a) => a.recordedAt));
  if (!quotes && last > newest.createdAt) return { records, drafts: [] };
  const open = await openDraftsOf(trx, programme.id, me.id, newest.createdAt);
  return {
    records: records.filter((a) => a.cause === newest.cause),
    drafts: open.filter((d) => d.cause === newest.cause && isWhole(d)),
  };
}
