/** A whole term with a moved clock: every notice that would be sent, decided by the functions that decide real ones. */

import { schoolCalendar } from './calendar.ts';
import { addDays, eachDay, type Range, type Ymd } from './dates.ts';
import { identityOf } from './identities.ts';
import { createCourse, type DoneFrom } from './notices/course.ts';
import { FORGOTTEN_DAYS, useDay } from './notices/day.ts';
import {
  CONTRIBUTORS,
  morningCards,
  type NoticeKind,
  type Owed,
  SCHEDULES,
  type Secondment,
  type WantedNotice,
} from './notices/index.ts';
import type { Obligation } from './obligation.ts';
import { deriveObligations } from './obligations.ts';
import { schoolYears } from './periods.ts';
import type { Programme } from './programme.ts';

export interface RehearseOptions {
  /** What would be done of a duty, in order of days; absent: nothing, which gives the most notices. */
  progress?: (obligation: Obligation) => DoneFrom[];
  subscribers?: string[];
  secondments?: Secondment[];
  /** Receives each message that would be sent; without it only the figures are kept. */
  onMessage?: (message: RehearsedMessage) => void;
  /** Messages a tenant may send in a calendar month. */
  quota?: number;
}
export interface RehearsedMessage {
  date: Ymd;
  time: string;
  recipientId: string;
  kinds: NoticeKind[];
  /** Its content, and every duty as of that day, by its id. */
  parts: WantedNotice[];
  owed: ReadonlyMap<string, Owed>;
}
export interface Rehearsal {
  messages: number;
  /** The number of parts of each kind. */
  parts: Partial<Record<NoticeKind, number>>;
  byDay: { date: Ymd; messages: number }[];
  busiest?: { date: Ymd; messages: number };
  /** Messages per person, most first. */
  byPerson: { personId: string; messages: number }[];
  months: { month: string; calls: number; overQuota: boolean }[];
}

/** A free tenant has 10,000 calls a month. */
const FREE_QUOTA = 10_000;

/** Every duty with possible notices on those days. */
function obligationsIn(programme: Programme, range: Range): Obligation[] {
  const years = schoolYears(programme).filter((y) => y.start <= range.end && range.start <= y.end);
  const forgotten = addDays(range.start, -FORGOTTEN_DAYS);
  const found = new Map<string, Obligation>();
  for (const year of years)
    for (const o of deriveObligations(programme, year.start))
      if (o.period.start <= range.end && forgotten <= o.period.end) found.set(o.id, o);
  return [...found.values()];
}

/** Rehearses the days of `range`, both included, and yields each. Sends and stores nothing; the same input gives the same result. */
export function* rehearsing(
  programme: Programme,
  range: Range,
  options: RehearseOptions = {},
): Generator<Ymd, Rehearsal> {
  const { progress, subscribers = [], secondments = [], onMessage, quota = FREE_QUOTA } = options;
  const calendar = schoolCalendar(programme);
  const course = createCourse(programme, obligationsIn(programme, range), progress);
  const sent = new Set<string>();
  const parts: Rehearsal['parts'] = {};
  const byDay: Rehearsal['byDay'] = [];
  const byPerson = new Map<string, number>();
  const byMonth = new Map<string, number>();
  for (const date of eachDay(range)) {
    if (!SCHEDULES.morning.isDay(calendar, date)) continue;
    const facts = { programme, owed: [] as Owed[], sent, subscribers, secondments };
    const day = course.day(date, facts);
    useDay(facts, day);
    // Only subscribers of a weekly summary need all duties.
    if (subscribers.length > 0) facts.owed = [...course.byId.values()];
    const cards = morningCards(facts, `${date}T${SCHEDULES.morning.time}`);
    const weekly = CONTRIBUTORS['weekly-summary'](facts, `${date}T${SCHEDULES['weekly-summary'].time}`);
    const messages = [
      ...cards.map((c) => ({ time: SCHEDULES.morning.time, recipientId: c.recipientId, parts: c.parts })),
      ...weekly.map((n) => ({ time: SCHEDULES['weekly-summary'].time, recipientId: n.recipientId, parts: [n] })),
    ];
    for (const m of messages) {
      for (const n of m.parts) {
        sent.add(identityOf(n));
        parts[n.kind] = (parts[n.kind] ?? 0) + 1;
      }
      byPerson.set(m.recipientId, (byPerson.get(m.recipientId) ?? 0) + 1);
      onMessage?.({
        date,
        time: m.time,
        recipientId: m.recipientId,
        kinds: [...new Set(m.parts.map((n) => n.kind))],
        parts: m.parts,
        owed: course.byId,
      });
    }
    if (messages.length > 0) byDay.push({ date, messages: messages.length });
    const month = date.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + messages.length);
    yield date;
  }
  return {
    messages: byDay.reduce((n, d) => n + d.messages, 0),
    parts,
    byDay,
    busiest: byDay.toSorted((a, b) => b.messages - a.messages)[0],
    byPerson: [...byPerson]
      .map(([personId, messages]) => ({ personId, messages }))
      .sort((a, b) => b.messages - a.messages),
    months: [...byMonth].map(([month, calls]) => ({ month, calls, overQuota: calls > quota })),
  };
}
