import type { StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { membersOfPeople } from './members.ts';
import { insertMissing, locking, type Trx } from './transaction.ts';

/** A planned activity that is, or should be, in somebody's calendar. */
export interface PlannedEvent {
  programmeId: string;
  activityId: string;
  openId: string;
  /** Feishu's id, once the event is made. */
  eventId?: string;
  /** What the calendar entry says. */
  said?: string;
  attempt: number;
}

/** After this time another process may take an event that was claimed and not settled. */
const LEASE_MS = 60_000;

/** Marks plans that are new or have changed, for people who want them in their calendar. */
export async function markPlans(trx: Trx, programmeId: string, plans: StoredActivity[], now: number): Promise<void> {
  if (plans.length === 0) return;
  const members = await membersOfPeople(trx, programmeId, [...new Set(plans.map((a) => a.reporterId))]);
  const wanted = plans.flatMap((a) => {
    const member = members.get(a.reporterId);
    return member?.settings.calendar
      ? [{ programme_id: programmeId, activity_id: a.id, open_id: member.openId, attempt: 0, due_at: null }]
      : [];
  });
  await insertMissing(
    trx,
    'calendar_event',
    wanted.map((row) => ({ ...row, event_id: null, said: null })),
  );
  await trx
    .updateTable('calendar_event')
    .set({ due_at: now, attempt: 0 })
    .where('programme_id', '=', programmeId)
    .where(
      'activity_id',
      'in',
      plans.map((a) => a.id),
    )
    .execute();
}

/** Marks every event in somebody's calendar to be looked at again. */
export async function markEventsOf(trx: Trx, programmeId: string, openId: string, now: number): Promise<void> {
  await trx
    .updateTable('calendar_event')
    .set({ due_at: now, attempt: 0 })
    .where('programme_id', '=', programmeId)
    .where('open_id', '=', openId)
    .execute();
}

/** Takes the events that are due for this process. */
export async function claimEvents(trx: Trx, now: number, most: number): Promise<PlannedEvent[]> {
  const rows = await trx
    .selectFrom('calendar_event')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(most)
    .$call(locking(trx))
    .execute();
  for (const r of rows) await setEvent(trx, eventFrom(r), { due_at: now + LEASE_MS });
  return rows.map(eventFrom);
}

type Row = {
  programme_id: string;
  activity_id: string;
  open_id: string;
  event_id: string | null;
  said: string | null;
  attempt: number;
};
const eventFrom = (r: Row): PlannedEvent => ({
  programmeId: r.programme_id,
  activityId: r.activity_id,
  openId: r.open_id,
  ...(r.event_id && { eventId: r.event_id }),
  ...(r.said && { said: r.said }),
  attempt: r.attempt,
});

async function setEvent(
  trx: Trx,
  { programmeId, activityId }: PlannedEvent,
  to: { due_at?: number | null; attempt?: number; event_id?: string; said?: string | null },
): Promise<void> {
  await trx
    .updateTable('calendar_event')
    .set(to)
    .where('programme_id', '=', programmeId)
    .where('activity_id', '=', activityId)
    .execute();
}

/** The calendar entry is as it should be. */
export const keepEvent = (trx: Trx, event: PlannedEvent, eventId: string, said: string) =>
  setEvent(trx, event, { event_id: eventId, said, due_at: null, attempt: 0 });

/** The event is made; its planner is still to be invited. */
export const noteEvent = (trx: Trx, event: PlannedEvent, eventId: string) =>
  setEvent(trx, event, { event_id: eventId, said: null });

/** Puts the event off; without `dueAt` until the plan changes. */
export const putOffEvent = (trx: Trx, event: PlannedEvent, dueAt: number | undefined) =>
  setEvent(trx, event, { due_at: dueAt ?? null, attempt: event.attempt + 1 });

/** Stops looking after this event. */
export async function forgetEvent(trx: Trx, { programmeId, activityId }: PlannedEvent): Promise<void> {
  await trx
    .deleteFrom('calendar_event')
    .where('programme_id', '=', programmeId)
    .where('activity_id', '=', activityId)
    .execute();
}

/** Whether the bot has put any event into a calendar; if not, nothing else is queried. */
export async function anyEvent(db: Db | Trx): Promise<boolean> {
  return (await db.selectFrom('calendar_event').select('activity_id').limit(1).executeTakeFirst()) !== undefined;
}
