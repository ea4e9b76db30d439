/**
 * Days of a rehearsal, each derived from the previous one: a duty is examined only on the days on which its state changes, or on
 * which a new notice about it is possible.
 */
import { type Calendar, schoolCalendar } from '../calendar.ts';
import { dateOf, dayNumber, type Ymd } from '../dates.ts';
import type { Obligation } from '../obligation.ts';
import type { Programme } from '../programme.ts';
import { rosterOf } from '../roster.ts';
import { DUE_SOON_DAYS, standingOn } from '../standing.ts';
import {
  type Day,
  type Duty,
  FORGOTTEN_DAYS,
  firstSchoolDayAfter,
  isDatedDocument,
  isOverdue,
  mayWrite,
} from './day.ts';
import { MOST_NOTICES, overdueNoticesSent } from './overdue.ts';
import type { NoticeFacts } from './types.ts';

/** From day `on`, `done` is done. */
export interface DoneFrom {
  on: Ymd;
  done: number;
}

interface Item extends Duty {
  /** Its position among all. */
  at: number;
  live: boolean;
  /** The number of the day of its next examination. */
  next: number;
}

const PAPER_DAYS = [30, 7];
const WEEK = 7;

/** `progress`: what is done of each duty, in order of days; absent: nothing. */
export function createCourse(
  programme: Programme,
  obligations: Obligation[],
  progress: (obligation: Obligation) => DoneFrom[] = () => [],
) {
  const calendar = schoolCalendar(programme);
  const schoolDayAfter = firstSchoolDayAfter(calendar);
  const items = obligations
    .toSorted((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : 0))
    .map((obligation, at): Item => ({ ...UNSEEN, obligation, at, next: dayNumber(obligation.period.start) }));
  const byId = new Map(items.map((item) => [item.obligation.id, item]));
  const agenda = new Map<number, Item[]>();
  const reports = new Map<number, { item: Item; done: number }[]>();
  for (const item of items) {
    if (item.obligation.waived) continue;
    put(agenda, item.next, item);
    for (const { on, done } of progress(item.obligation)) put(reports, dayNumber(on), { item, done });
  }
  const first = Math.min(...agenda.keys(), ...reports.keys());
  const dutiesOf = new Map<string, Item[]>();
  const stale = new Set<string>();
  const overdue = new Set<Item>();
  let seen = Number.isFinite(first) ? first - 1 : 0;
  let carried: Item[] = [];

  /** Updates a duty to a day, and computes its next examination. */
  function look(item: Item, n: number, facts: NoticeFacts): void {
    const { obligation: o, done } = item;
    const { period, bearerIds } = o;
    const start = dayNumber(period.start);
    const forgotten = dayNumber(period.end) + FORGOTTEN_DAYS + 1;
    const live = done < o.target && start <= n && n < forgotten;
    if (live) {
      const { state, k, checkpoint } = standingOn(o, done, dateOf(n));
      item.state = state;
      item.k = k;
      item.checkpoint = checkpoint;
      item.late = dayNumber(checkpoint) < n;
      item.lateSince = item.late ? schoolDayAfter(checkpoint) : undefined;
    }
    if (live && !item.live) for (const id of bearerIds) put(dutiesOf, id, item);
    if (!live && item.live) for (const id of bearerIds) stale.add(id);
    item.live = live;
    if (live && isOverdue(item)) overdue.add(item);
    else overdue.delete(item);
    item.next = live ? nextLook(item, n, forgotten, facts) : n < start ? start : Number.POSITIVE_INFINITY;
    if (item.next !== Number.POSITIVE_INFINITY) put(agenda, item.next, item);
  }

  return {
    /** Every duty as of the day that was requested last. */
    byId: byId as ReadonlyMap<string, Duty>,

    /** The next day; days must be requested in order. */
    day(date: Ymd, facts: NoticeFacts): Day {
      const today = dayNumber(date);
      const turning = new Set(carried.filter((item) => item.live));
      for (let n = seen + 1; n <= today; n++) {
        for (const { item, done } of reports.get(n) ?? []) {
          item.done = done;
          look(item, n, facts);
          turning.add(item);
        }
        for (const item of agenda.get(n) ?? []) {
          if (item.next !== n) continue;
          look(item, n, facts);
          turning.add(item);
        }
        agenda.delete(n);
      }
      seen = today;
      const now = [...turning].filter((item) => item.live).sort((a, b) => a.at - b.at);
      carried = now.filter((item) => !canBeSaid(item, date, facts, calendar));
      return {
        date,
        calendar,
        turning: now,
        overdue,
        get duties() {
          return items.filter((item) => item.live);
        },
        get dutiesOf() {
          for (const id of stale) {
            const live = dutiesOf.get(id)!.filter((item) => item.live);
            if (live.length > 0) dutiesOf.set(id, live);
            else dutiesOf.delete(id);
          }
          stale.clear();
          return dutiesOf;
        },
        answerOf: () => undefined,
      };
    },
  };
}

const UNSEEN = { done: 0, state: 'upcoming' as const, k: 1, checkpoint: '', late: false, live: false };

const put = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** The first day after `n` on which a duty's state changes, or on which it is due for another notice. */
function nextLook(duty: Duty, n: number, forgotten: number, facts: NoticeFacts): number {
  const { obligation: o, checkpoint, lateSince } = duty;
  const due = dayNumber(checkpoint);
  const end = dayNumber(o.period.end);
  let next = forgotten;
  const or = (day: number) => {
    if (day > n && day < next) next = day;
  };
  or(due - DUE_SOON_DAYS);
  or(due + 1);
  or(end + 1);
  if (isDatedDocument(o)) for (const days of PAPER_DAYS) or(end - days);
  if (lateSince !== undefined) {
    const since = dayNumber(lateSince);
    const week = 1 + Math.floor((n - since) / WEEK);
    const nextWeekly = n < since ? since : since + WEEK * week;
    const isSaid = () => o.bearerIds.every((id) => overdueNoticesSent(facts, duty, id, week) === MOST_NOTICES);
    if (nextWeekly <= end && !(week > MOST_NOTICES && isSaid())) or(nextWeekly);
  }
  return next;
}

/** Whether all notices about a duty can be sent on that day, so that none waits for the next. */
function canBeSaid({ obligation: o, state }: Item, date: Ymd, facts: NoticeFacts, calendar: Calendar): boolean {
  if (isDatedDocument(o) ? calendar.isDayOff(date) : !calendar.isSchoolDay(date)) return false;
  const { person, peopleOfSchool } = rosterOf(facts.programme);
  if (!o.bearerIds.every((id) => mayWrite(facts, id, date))) return false;
  if (state !== 'overdue') return true;
  // Its coordinators are notified of it as well.
  return o.bearerIds.every((id) =>
    (peopleOfSchool.get(person.get(id)?.schoolId ?? '') ?? [])
      .filter((p) => p.roles.includes('coordinator'))
      .every((p) => mayWrite(facts, p.id, date)),
  );
}
