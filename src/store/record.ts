import type { Activity } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import type { NotCounted } from '../plan/reasons.ts';
import { lastDay } from '../plan/secondment-days.ts';
import { type ChangeKind, changeActivity, insertActivities, lockActivity, type StoredActivity } from './activities.ts';
import { markPlans } from './calendar.ts';
import { obligationsFedBy } from './feeds.ts';
import { planDeliveries, recordedEvents } from './hooks.ts';
import { holdProgramme } from './in-flight.ts';
import { markItems } from './mirror-marks.ts';
import type { Counted } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { lockObligations, type Recounted, recountLocked } from './recount.ts';
import type { Trx } from './transaction.ts';

/** One change to the ledger, as commands and actions return it. */
export type LedgerChange =
  | { what: 'recorded' | 'imported'; activity: Activity & { reporterId: string } }
  | {
      what: 'edited' | 'withdrawn' | 'restored' | 'confirmed' | 'disputed';
      before: StoredActivity;
      activity: Activity;
    };

export interface Recorded extends Share {
  activity: StoredActivity;
  /** Every obligation whose count may have changed, with the new counts. */
  obligations: Counted[];
  /** How many photos and files were waiting for it. */
  evidence?: number;
}

/** What one activity counts for. */
export interface Share {
  /** The obligations that count it, or will when its days have passed. */
  credited: Counted[];
  /** Those that ask for its kind and do not count it. */
  uncounted: (Counted & { reason: NotCounted })[];
  /** Others' reports of the same occasion, the earliest first. */
  beside: Activity[];
}

const isPlanned = ({ status }: Activity): boolean => status === 'planned';

/** What an activity counts for, from its result in each obligation. */
export function shareOf({ id }: Activity, counted: Recounted[]): Share {
  const ofActivity = counted.flatMap(({ contributions, ...c }) =>
    contributions.filter((x) => x.activityId === id).map((x) => ({ ...c, ...x })),
  );
  const beside = new Map(ofActivity.flatMap((c) => c.beside).map((a) => [a.id, a]));
  return {
    credited: ofActivity.filter((c) => !c.reason).map(({ obligation, done }) => ({ obligation, done })),
    uncounted: ofActivity.flatMap(({ obligation, done, reason }) =>
      reason && reason.code !== 'other_kind' ? [{ obligation, done, reason }] : [],
    ),
    beside: [...beside.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** Somebody else changed the activity since it was read. */
export class StaleActivity extends Error {}

/**
 * Writes changes to the ledger and recounts what they touch, in the caller's transaction. Locks the obligations before counting: otherwise
 * parallel reports on one obligation miss each other.
 */
export async function recordChanges(
  trx: Trx,
  programme: StoredProgramme,
  changes: LedgerChange[],
  at: { now: number; today: Ymd; byId: string; cause?: string },
): Promise<Recorded[]> {
  const edits = changes.flatMap((change) => ('before' in change ? [change.before] : []));
  for (const before of edits.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const now = await lockActivity(trx, programme.id, before.id);
    if (now?.version !== before.version) throw new StaleActivity(before.id);
  }
  const touched: string[][] = [];
  for (const change of changes) {
    const sides = 'before' in change ? [change.before, change.activity] : [change.activity];
    const ids = await Promise.all(
      sides.map((a) =>
        obligationsFedBy(trx, programme, feeds(programme, a), [a.kind], { start: a.date, end: lastDay(a) }),
      ),
    );
    touched.push([...new Set(ids.flat())]);
  }
  const all = [...new Set(touched.flat())].sort();
  const locked = await lockObligations(trx, programme.id, all);
  const stored: StoredActivity[] = [];
  for (const change of changes) stored.push(await write(trx, programme, change, at));
  const asked = await recountLocked(trx, programme, locked, at.today, stored);
  const plans = stored.filter((a, i) => [a, 'before' in changes[i]! ? changes[i].before : a].some(isPlanned));
  await markPlans(trx, programme.id, plans, at.now);
  const notified = await holdProgramme(trx, programme, at.byId);
  if (notified.mirror) {
    await markItems(
      trx,
      programme.id,
      'activities',
      stored.map((a) => a.id),
    );
    await markItems(
      trx,
      programme.id,
      'obligations',
      asked.map((c) => c.obligation.id),
    );
  }
  if (notified.hooks) await planDeliveries(trx, programme.id, recordedEvents(changes, stored), at.now);
  const counted = new Map(asked.map((c) => [c.obligation.id, c]));
  return stored.map((activity, i) => {
    const obligations = touched[i]!.flatMap((id) => counted.get(id) ?? []);
    return { activity, obligations, ...shareOf(activity, obligations) };
  });
}

async function write(
  trx: Trx,
  programme: StoredProgramme,
  change: LedgerChange,
  at: { now: number; byId: string; cause?: string },
): Promise<StoredActivity> {
  const feedKeys = feeds(programme, change.activity);
  if ('before' in change)
    return changeActivity(trx, change.before, change.activity, {
      what: change.what as ChangeKind,
      byId: at.byId,
      feedKeys,
      now: at.now,
      cause: at.cause,
    });
  await insertActivities(trx, [{ activity: change.activity, feedKeys, cause: at.cause, what: change.what }], at.now);
  return { ...change.activity, version: 1, recordedAt: at.now, cause: at.cause };
}
