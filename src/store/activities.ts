import type { Activity } from '../plan/activity.ts';
import { inChunks, locking, type Trx } from './transaction.ts';

export interface StoredActivity extends Activity {
  version: number;
  reporterId: string;
  recordedAt: number;
  cause?: string;
}

/** Why an activity changed. `recorded` is always version 1. */
export type ChangeKind = 'recorded' | 'edited' | 'withdrawn' | 'restored' | 'imported' | 'confirmed' | 'disputed';
type Row = { version: number; reporter_id: string; recorded_at: number; cause: string | null; body: string };
export const activityColumns = ['version', 'reporter_id', 'recorded_at', 'cause', 'body'] as const;

export function activityFrom(row: Row): StoredActivity {
  const activity = JSON.parse(row.body) as Activity;
  return {
    ...activity,
    version: row.version,
    reporterId: row.reporter_id,
    recordedAt: Number(row.recorded_at),
    ...(row.cause ? { cause: row.cause } : {}),
  };
}

function bodyOf(activity: Activity | StoredActivity): string {
  const { version, recordedAt, cause, ...body } = activity as StoredActivity;
  return JSON.stringify(body);
}

/** Adds activities with their first history entry and feed keys. The caller chooses ids that are not in use. */
export async function insertActivities(
  trx: Trx,
  rows: { activity: Activity & { reporterId: string }; feedKeys: string[]; cause?: string; what: ChangeKind }[],
  now: number,
): Promise<void> {
  for (const part of inChunks(rows)) {
    await trx
      .insertInto('activity')
      .values(
        part.map(({ activity: a, cause }) => ({
          programme_id: a.programmeId,
          id: a.id,
          version: 1,
          kind: a.kind,
          status: a.status,
          date: a.date,
          by_id: a.byId,
          reporter_id: a.reporterId,
          recorded_at: now,
          cause: cause ?? null,
          confirmation: a.confirmation ?? null,
          body: bodyOf(a),
        })),
      )
      .execute();
    await trx
      .insertInto('activity_change')
      .values(
        part.map(({ activity, what, cause }) =>
          changeRow(activity, 1, { what, byId: activity.reporterId, now, cause }),
        ),
      )
      .execute();
  }
  await insertFeeds(
    trx,
    rows.map(({ activity, feedKeys }) => ({ activity, feedKeys })),
  );
}

interface Change {
  what: ChangeKind;
  byId: string;
  now: number;
  cause?: string;
}

function changeRow(activity: Activity, version: number, { what, byId, now, cause }: Change) {
  return {
    programme_id: activity.programmeId,
    activity_id: activity.id,
    version,
    at: now,
    by_id: byId,
    what,
    cause: cause ?? null,
    body: bodyOf(activity),
  };
}

/** Says which subjects' duties these activities may count for. They must have no feeds yet. */
export async function insertFeeds(trx: Trx, rows: { activity: Activity; feedKeys: string[] }[]): Promise<void> {
  const feeds = rows.flatMap(({ activity, feedKeys }) =>
    feedKeys.map((feed_key) => ({
      programme_id: activity.programmeId,
      feed_key,
      kind: activity.kind,
      date: activity.date,
      activity_id: activity.id,
    })),
  );
  for (const part of inChunks(feeds)) await trx.insertInto('feed').values(part).execute();
}

/** Replaces what an activity says, keeping every earlier version. The caller has read it with `lockActivity`. */
export async function changeActivity(
  trx: Trx,
  before: StoredActivity,
  after: Activity,
  change: Change & { feedKeys: string[] },
): Promise<StoredActivity> {
  const version = before.version + 1;
  await trx
    .updateTable('activity')
    .set({
      version,
      kind: after.kind,
      status: after.status,
      date: after.date,
      by_id: after.byId,
      confirmation: after.confirmation ?? null,
      body: bodyOf({ ...after, reporterId: before.reporterId }),
    })
    .where('programme_id', '=', after.programmeId)
    .where('id', '=', after.id)
    .execute();
  await trx
    .insertInto('activity_change')
    .values(changeRow(after, version, change))
    .execute();
  await trx
    .deleteFrom('feed')
    .where('programme_id', '=', after.programmeId)
    .where('activity_id', '=', after.id)
    .execute();
  await insertFeeds(trx, [{ activity: after, feedKeys: change.feedKeys }]);
  return { ...before, ...after, reporterId: before.reporterId, version };
}

/** Reads an activity and keeps others from changing it until the transaction ends. */
export async function lockActivity(trx: Trx, programmeId: string, id: string): Promise<StoredActivity | undefined> {
  const row = await trx
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && activityFrom(row);
}
