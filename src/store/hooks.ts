import { createHash } from 'node:crypto';
import type { Ymd } from '../plan/dates.ts';
import { happeningOf } from '../plan/identities.ts';
import type { StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { inChunks, insertMissing, locking, type Trx } from './transaction.ts';

export const HOOK_EVENTS = ['recorded', 'overdue', 'term_closed'] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

/** A system that receives events. */
export interface Hook {
  id: string;
  name: string;
  url: string;
  /** The signing key, in Base64. */
  secret: string;
  events: HookEvent[];
  /** The one programme whose events it gets; undefined: all. */
  programmeId?: string;
  createdAt: number;
}

/** An event, unique for all time by its key. It holds ids and figures; the open data has the rest. */
export interface Happening {
  event: HookEvent;
  key: string;
  data: object;
}

export async function insertHook(trx: Trx, hook: Hook): Promise<void> {
  const { id, name, url, secret, events, programmeId, createdAt } = hook;
  const row = { id, name, url, secret, events: events.join(','), created_at: createdAt, removed_at: null };
  await trx
    .insertInto('hook')
    .values({ ...row, programme_id: programmeId ?? null })
    .execute();
}

/** All hooks, the oldest first. */
export async function listHooks(db: Db | Trx): Promise<Hook[]> {
  const rows = await db.selectFrom('hook').selectAll().where('removed_at', 'is', null).orderBy('id').execute();
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    url: r.url,
    secret: r.secret,
    events: r.events.split(',') as HookEvent[],
    ...(r.programme_id && { programmeId: r.programme_id }),
    createdAt: Number(r.created_at),
  }));
}

/** Removes a hook with its waiting deliveries; false if it does not exist. */
export async function removeHook(trx: Trx, name: string, now: number): Promise<boolean> {
  const hook = (await listHooks(trx)).find((h) => h.name === name);
  if (!hook) return false;
  await trx.updateTable('hook').set({ removed_at: now }).where('id', '=', hook.id).execute();
  await trx.deleteFrom('hook_delivery').where('hook_id', '=', hook.id).execute();
  return true;
}

/** Plans deliveries of a programme's events to every hook that asked for them; skips events that were planned before. */
export async function planDeliveries(trx: Trx, programmeId: string, all: Happening[], now: number): Promise<void> {
  if (all.length === 0) return;
  const hooks = (await listHooks(trx)).filter((h) => h.programmeId === undefined || h.programmeId === programmeId);
  const rows = hooks.flatMap((hook) =>
    all
      .filter(({ event }) => hook.events.includes(event))
      .map(({ event, key, data }) => {
        const at = Temporal.Instant.fromEpochMilliseconds(now).toString();
        return {
          // The receiver sees a repeat as the same message.
          id: createHash('sha256')
            .update(happeningOf(hook.id, event, key))
            .digest('base64url')
            .slice(0, 32),
          hook_id: hook.id,
          event,
          state: 'planned',
          attempt: 0,
          due_at: now,
          lease_until: 0,
          made_at: now,
          reason: null,
          body: JSON.stringify({ type: event, timestamp: at, data: { programme_id: programmeId, ...data } }),
        };
      }),
  );
  await insertMissing(trx, 'hook_delivery', rows);
}

/** The most events of a kind in one message. */
const TOGETHER = 500;

/** What was recorded or changed. */
export const recordedEvents = (changes: { what: string }[], stored: StoredActivity[]): Happening[] =>
  [
    ...inChunks(
      stored.map((a, i) => ({ a, what: changes[i]!.what })),
      TOGETHER,
    ),
  ].map((part) => ({
    event: 'recorded',
    key: `${part[0]!.a.id}|${part[0]!.a.version}`,
    data: {
      activities: part.map(({ a, what }) => ({
        id: a.id,
        version: a.version,
        change: what,
        kind: a.kind,
        status: a.status,
        date: a.date,
      })),
    },
  }));

/** The obligations that are late from `day` on: their checkpoint was the day before. */
export async function newlyLate(db: Db | Trx, programmeId: string, day: Ymd, dayBefore: Ymd): Promise<Happening[]> {
  const rows = await db
    .selectFrom('obligation as o')
    .select('o.id')
    .where('o.programme_id', '=', programmeId)
    .where('o.range_end', '>=', dayBefore)
    .where('o.waived', '=', 0)
    .whereRef('o.done', '<', 'o.target')
    .where((eb) => eb(eb.fn.coalesce('o.next_checkpoint', 'o.range_end'), '=', dayBefore))
    .orderBy('o.id')
    .execute();
  return [...inChunks(rows, TOGETHER)].map((part, i) => ({
    event: 'overdue',
    key: `${programmeId}|${day}|${i}`,
    data: { day, obligations: part.map((r) => r.id) },
  }));
}

export interface HookDelivery {
  id: string;
  hookId: string;
  event: string;
  attempt: number;
  body: string;
}

/** After this time another process may take up a delivery that was claimed and not settled. */
const LEASE_MS = 60_000;

/** Takes the oldest due deliveries for this process. */
export async function claimDeliveries(trx: Trx, now: number, most: number): Promise<HookDelivery[]> {
  const rows = await trx
    .selectFrom('hook_delivery')
    .selectAll()
    .where('state', '=', 'planned')
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .orderBy('made_at')
    .orderBy('id')
    .limit(most)
    .$call(locking(trx))
    .execute();
  const ids = rows.map((r) => r.id);
  if (ids.length > 0)
    await trx
      .updateTable('hook_delivery')
      .set({ lease_until: now + LEASE_MS })
      .where('id', 'in', ids)
      .execute();
  return rows.map((r) => ({ id: r.id, hookId: r.hook_id, event: r.event, attempt: r.attempt, body: r.body }));
}

export type DeliveryOutcome =
  | { state: 'sent' }
  | { state: 'planned'; dueAt: number; reason?: string }
  | { state: 'dead'; reason: string };

export async function settleDelivery(trx: Trx, { id, attempt }: HookDelivery, outcome: DeliveryOutcome): Promise<void> {
  const { state } = outcome;
  const tried = state === 'planned' && outcome.reason === undefined ? attempt : attempt + 1;
  await trx
    .updateTable('hook_delivery')
    .set({
      state,
      attempt: tried,
      lease_until: 0,
      ...(state === 'planned' && { due_at: outcome.dueAt }),
      ...('reason' in outcome && { reason: outcome.reason }),
    })
    .where('id', '=', id)
    .execute();
}

/** Deliveries that were given up: which hook, what, when and why. */
export async function deadDeliveries(db: Db | Trx) {
  const rows = await db
    .selectFrom('hook_delivery')
    .innerJoin('hook', 'hook.id', 'hook_delivery.hook_id')
    .select(['hook_delivery.id', 'hook.name', 'event', 'made_at', 'reason'])
    .where('state', '=', 'dead')
    .orderBy('made_at')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    event: r.event,
    madeAt: Number(r.made_at),
    reason: r.reason ?? '',
  }));
}

/** Starts failed deliveries over: one, or all. Returns how many. */
export async function retryDead(trx: Trx, id: string | undefined, now: number): Promise<number> {
  const done = await trx
    .updateTable('hook_delivery')
    .set({ state: 'planned', attempt: 0, due_at: now, lease_until: 0 })
    .where('state', '=', 'dead')
    .$if(id !== undefined, (q) => q.where('id', '=', id!))
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
