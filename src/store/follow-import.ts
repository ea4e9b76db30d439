/**
 * Finishes an import once its rows are visible: duties, the ledger and their counts, in slices. It may start over at any time, so a killed
 * process costs only time.
 */
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import { CHORE } from '../plan/identities.ts';
import { lockActivity } from './activities.ts';
import { bindPosts } from './bind-posts.ts';
import { claimChore, finishChore, openChores, renewChore } from './chores.ts';
import { type Db, inSlices } from './db.ts';
import { activitiesUnder, dutiesFedBy, type Fed, refeedActivities } from './feeds.ts';
import { BY_IMPORT } from './import-ledger.ts';
import { awaitReports, changedSince, countAgain, countInFlight } from './in-flight.ts';
import { bindMember } from './members.ts';
import { lockVersion, nextVersion, programmeReader, type StoredProgramme } from './programmes.ts';
import { type LedgerChange, recordChanges } from './record.ts';
import { recount } from './recount.ts';
import { type ChangedRule, followRule } from './rules.ts';
import { staged, unstage } from './staging.ts';
import { addDuties, deriveFor, newDuties, settleDuties, storedIds } from './sync.ts';
import { inChunks, isSqlite, type Slices, slicesOf, type Trx } from './transaction.ts';

/** Everything needed to finish an import. */
export interface Following {
  programmeId: string;
  /** The day on which the import was decided, and the instant at which it began. */
  today: Ymd;
  since: number;
  /** The programme owed nothing before: duties of past periods are added as well. */
  first: boolean;
  /** Subjects whose duties may have changed; undefined: all. */
  subjects?: string[];
  /** Keys whose activities may now count for something else. */
  feedKeys: string[];
  rules: ChangedRule[];
  /** Where the file's records are staged. */
  staged?: string;
  users: { openId: string; personId: string }[];
}

/** The progress of an import: duties or records done, of how many. */
export type Progress = (done: number, of: number) => Promise<void> | void;
type Held = {
  /** The import's chore, held while this runs. */
  choreId?: string;
  clock: () => number;
  /** Another process has begun it. */
  resumed?: true;
  progress?: Progress;
};

const DUTIES = 500;
const RECORDS = 100;
const RENEW_MS = 15_000;

/** The programme was changed between two slices. */
class ProgrammeMoved extends Error {}

/** Finishes an import. */
export const followImport = (db: Db | Trx, following: Following, held: Held): Promise<void> =>
  inSlices(db, (slices) => followIn(db, slices, following, held));

/** The same within slices that the caller has begun. */
export async function followIn(db: Db | Trx, slices: Slices, following: Following, held: Held): Promise<void> {
  const read = programmeReader();
  for (;;) {
    try {
      return await follow(db, slices, await read(db, following.programmeId), following, held);
    } catch (error) {
      if (!(error instanceof ProgrammeMoved)) throw error;
    }
  }
}

async function follow(
  db: Db | Trx,
  slices: Slices,
  programme: StoredProgramme,
  { today, since, first, subjects, feedKeys, rules, staged: place, users }: Following,
  { choreId, clock, resumed, progress }: Held,
): Promise<void> {
  let renewed = performance.now();
  const slice = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    slices.ahead(async (trx) => {
      if ((await lockVersion(trx, programme.id)) !== programme.version) throw new ProgrammeMoved();
      if (choreId && performance.now() - renewed > RENEW_MS) {
        await renewChore(trx, choreId, clock());
        renewed = performance.now();
      }
      return work(trx);
    });
  for (const rule of rules)
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      after = await slice((trx) => followRule(trx, programme, rule, from, today));
    }
  const moved: Fed[] = [];
  // How far the dead process came is unknown: all of them are counted again.
  const which = resumed ? 'all' : 'changed';
  for (const ids of inChunks(await activitiesUnder(db, programme.id, feedKeys), RECORDS))
    moved.push(...(await slice((trx) => refeedActivities(trx, programme.id, ids, (a) => feeds(programme, a), which))));
  if (subjects?.length !== 0) await followDuties();
  for (const some of inChunks(moved, RECORDS))
    await slice(async (trx) => recount(trx, programme, await dutiesFedBy(trx, programme, some), today));

  for (const some of inChunks(users, RECORDS))
    await slice(async (trx) => {
      for (const { openId, personId } of some)
        await bindMember(trx, { openId, programmeId: programme.id, personId }, since);
    });
  await slice((trx) => bindPosts(trx, programme, since));
  while (place !== undefined) {
    const count = await slice(async (trx) => {
      const waiting = await staged(trx, place, RECORDS);
      const changes: LedgerChange[] = [];
      for (const { change } of waiting) changes.push(await asItStands(trx, programme.id, change));
      if (changes.length > 0) await recordChanges(trx, programme, changes, { now: since, today, byId: BY_IMPORT });
      await unstage(trx, place, waiting);
      return waiting.length;
    });
    if (count < RECORDS) break;
  }
  await countThose(db, slices, programme, since, today);

  async function followDuties(): Promise<void> {
    const changed = subjects && new Set(subjects);
    const derived = await deriveFor(programme, today, changed);
    const stored = await storedIds(db, programme.id, changed);
    const added = await newDuties(programme, derived, new Set(stored), { today, first });
    let done = 0;
    const advance = async (n: number) => {
      done += n;
      await progress?.(done, stored.length + added.length);
    };
    for (const ids of inChunks(stored, DUTIES)) {
      await slice((trx) => settleDuties(trx, programme, derived, ids, today));
      await advance(ids.length);
    }
    for (const some of inChunks(added, DUTIES)) {
      await slice((trx) => addDuties(trx, programme, some, first ? null : today, today));
      await advance(some.length);
    }
  }
}

/** A change from the file, applied to the record as it is now. */
async function asItStands(trx: Trx, programmeId: string, change: LedgerChange): Promise<LedgerChange> {
  if (!('before' in change)) return change;
  const before = (await lockActivity(trx, programmeId, change.before.id)) ?? change.before;
  return { ...change, before, activity: { ...change.activity, evidence: before.evidence } };
}

/** Waits for an unfinished import of this programme, or finishes the one that a dead process left. */
export async function finishOpenImport(db: Db, programmeId: string, clock: () => number): Promise<void> {
  for (;;) {
    const [open] = await openChores(db, CHORE.followImport(programmeId, ''));
    if (!open) return;
    const claimed = await slicesOf(db).run((trx) => claimChore(trx, open, clock()));
    if (typeof claimed === 'object') {
      await followImport(db, claimed.body as Following, { choreId: open, clock, resumed: true });
      await slicesOf(db).run((trx) => finishChore(trx, open));
    } else await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

const WAIT_MS = 250;

/** Counts reports that were under way between the slices; later ones find another version. */
async function countThose(db: Db | Trx, slices: Slices, programme: StoredProgramme, since: number, today: Ymd) {
  if (!slices.apart || isSqlite(db)) return slices.run((trx) => countInFlight(trx, programme, since, today));
  const ids = await slices.run(async (trx) => {
    await awaitReports(trx, programme.id);
    await nextVersion(trx, programme.id);
    return changedSince(trx, programme.id, since);
  });
  const now = await programmeReader()(db, programme.id);
  for (const part of inChunks(ids, RECORDS)) await slices.run((trx) => countAgain(trx, now, part, today));
}
