import { textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { DayEvent } from '../lark/calendar-calls.ts';
import { LarkRefused } from '../lark/refusal.ts';
import type { Activity } from '../plan/activity.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import {
  anyEvent,
  claimEvents,
  forgetEvent,
  keepEvent,
  noteEvent,
  type PlannedEvent,
  putOffEvent,
} from '../store/calendar.ts';
import { activitiesById } from '../store/inspection.ts';
import { membersOfPeople } from '../store/members.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { transact } from '../store/transaction.ts';

const MOST = 50;
/** Under this name the store keeps the id of the app's own calendar. */
const OWN = 'calendar';
/** The event was deleted or never existed, so nothing is left to do. */
const GONE = [193000, 193001, 193003];
const LONGEST_WAIT_MS = 60 * 60_000;

/** Updates the calendars of people who want their plans there. */
export async function sendCalendar(ctx: Ctx, stopping: () => boolean): Promise<void> {
  if (!(await anyEvent(ctx.db))) return;
  for (const event of await transact(ctx.db, (trx) => claimEvents(trx, ctx.now(), MOST))) {
    if (stopping()) return;
    try {
      await bring(ctx, event);
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      const { code, retry, retryAfterSeconds = 0, advice } = error;
      if (GONE.includes(code)) {
        await transact(ctx.db, (trx) => forgetEvent(trx, event));
        continue;
      }
      const wait = Math.max(retryAfterSeconds * 1_000, Math.min(60_000 * 2 ** event.attempt, LONGEST_WAIT_MS));
      const dueAt = retry === 'never' ? undefined : ctx.now() + wait;
      await transact(ctx.db, (trx) => putOffEvent(trx, event, dueAt));
      ctx.log.warn({ code, advice }, 'calendar entry not written');
    }
  }
}

async function bring(ctx: Ctx, event: PlannedEvent): Promise<void> {
  const { db, lark, pace } = ctx;
  const { programmeId, activityId, openId } = event;
  const programme = await ctx.programmeOf(db, programmeId);
  const [activity] = await activitiesById(db, programmeId, [activityId]);
  const member = activity?.reporterId && (await membersOfPeople(db, programmeId, [activity.reporterId]));
  const wantsEntry = member ? member.get(activity.reporterId)?.settings.calendar === true : false;
  const forget = () => transact(ctx.db, (trx) => forgetEvent(trx, event));
  // Past activities keep their event.
  if (activity?.status === 'done') return forget();
  const calendar = await ownCalendar(ctx);
  if (activity?.status !== 'planned' || !wantsEntry) {
    if (event.eventId) {
      await pace.turn('deleteEvent');
      await lark.deleteEvent(calendar, event.eventId);
    }
    return forget();
  }
  const day = dayEvent(activity, programme);
  const content = JSON.stringify(day);
  if (event.eventId && event.said === content)
    return transact(db, (trx) => keepEvent(trx, event, event.eventId!, content));
  let { eventId } = event;
  if (eventId && event.said !== undefined) {
    await pace.turn('changeEvent');
    await lark.changeEvent(calendar, eventId, day);
  } else {
    if (!eventId) {
      await pace.turn('createEvent');
      eventId = await lark.createEvent(calendar, activityId.padEnd(32, '-'), day);
      await transact(db, (trx) => noteEvent(trx, event, eventId!));
    }
    await pace.turn('invite');
    await lark.invite(calendar, eventId, openId);
  }
  await transact(db, (trx) => keepEvent(trx, event, eventId!, content));
}

/** Names no pupil, because other people see a calendar. */
export function dayEvent(activity: Activity, programme: Programme): DayEvent {
  const t = textsOf('zh-CN');
  const place = rosterOf(programme).schoolName(activity.placeId);
  const title = [t.calendar.title(t.kinds[activity.kind]), place].filter(Boolean).join(' · ');
  return { title, from: activity.date, to: activity.dateTo ?? activity.date };
}

async function ownCalendar({ db, lark }: Ctx): Promise<string> {
  const known = await readMeta(db, OWN);
  if (known) return known;
  const found = await lark.ownCalendar();
  await transact(db, (trx) => writeMeta(trx, OWN, found));
  return found;
}
