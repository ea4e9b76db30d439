/** A day as the contributors see it: which duties are unmet and who may be notified. Computed once per facts and day. */
import { type Calendar, schoolCalendar } from '../calendar.ts';
import type { LocalTime } from '../clock.ts';
import { addDays, dayNumber, type Ymd } from '../dates.ts';
import { identityOf } from '../identities.ts';
import type { Obligation } from '../obligation.ts';
import { rosterOf } from '../roster.ts';
import { alive } from '../spells.ts';
import { type Judged, standingOn } from '../standing.ts';
import type { CheckInAnswer, NoticeFacts, Owed, WantedNotice } from './types.ts';

/** An unmet duty that has begun and has not ended long ago, with its state and first unmet checkpoint. */
export interface Duty extends Owed, Judged {
  /** It has missed a checkpoint within its time. */
  late: boolean;
  /** The first school day after that checkpoint, if known. */
  lateSince?: Ymd;
}

export interface Day {
  date: Ymd;
  calendar: Calendar;
  duties: Duty[];
  /** The duties with possible new notices; all of them, unless a rehearsal follows them from day to day. */
  turning: Duty[];
  /** Duties that have missed a checkpoint within their time, in no order. */
  overdue: Iterable<Duty>;
  dutiesOf: Map<string, Duty[]>;
  answerOf(personId: string, obligationId: string): CheckInAnswer | undefined;
}

/** After this many days a missed duty is no longer mentioned. */
export const FORGOTTEN_DAYS = 60;

/** How many days late a digest may still be sent, to people who were away. */
export const STILL_WANTED_DAYS = 6;

const isForgotten = (end: Ymd, date: Ymd): boolean => dayNumber(date) - dayNumber(end) > FORGOTTEN_DAYS;

/** The first date from `date` on that `fits`, at most `within` days later. */
export function firstDay(date: Ymd, fits: (date: Ymd) => boolean, within: number): Ymd | undefined {
  for (let i = 0, day = date; i <= within; i++, day = addDays(day, 1)) if (fits(day)) return day;
  return undefined;
}

/** A summer without school days separates a checkpoint missed in July from the first school day after it. */
const LONGEST_BREAK = 60;

/** The first school day after a checkpoint, if known. */
export function firstSchoolDayAfter(calendar: Calendar): (checkpoint: Ymd) => Ymd | undefined {
  const after = new Map<Ymd, Ymd | undefined>();
  return (checkpoint) => {
    if (!after.has(checkpoint))
      after.set(checkpoint, firstDay(addDays(checkpoint, 1), calendar.isSchoolDay, LONGEST_BREAK));
    return after.get(checkpoint);
  };
}

function dutiesOn(owed: Owed[], date: Ymd, calendar: Calendar): Duty[] {
  const schoolDayAfter = firstSchoolDayAfter(calendar);
  const found: Duty[] = [];
  for (const item of owed) {
    const { obligation: o, done } = item;
    if (o.waived || done >= o.target || o.period.start > date || isForgotten(o.period.end, date)) continue;
    const { state, k, checkpoint } = standingOn(o, done, date);
    const { since, lastDone, tried } = item;
    // A checkpoint before the duty was asked for is not mentioned.
    const late = checkpoint < date && !(since && checkpoint < since);
    const lateSince = late ? schoolDayAfter(checkpoint) : undefined;
    found.push({ obligation: o, done, since, lastDone, tried, state, k, checkpoint, late, lateSince });
  }
  return found;
}

/** Missed within its time, and already asked for then. */
export const isOverdue = ({ state, late }: Duty): boolean => state === 'overdue' && late;

function build(facts: NoticeFacts, date: Ymd): Day {
  const calendar = schoolCalendar(facts.programme);
  const duties = dutiesOn(facts.owed, date, calendar);
  const dutiesOf = new Map<string, Duty[]>();
  for (const duty of duties)
    for (const id of duty.obligation.bearerIds) {
      const list = dutiesOf.get(id);
      if (list) list.push(duty);
      else dutiesOf.set(id, [duty]);
    }
  // The latest answer about a duty applies.
  const answers = new Map(
    (facts.answers ?? [])
      .toSorted((a, b) => (a.on < b.on ? -1 : 1))
      .map((a): [string, CheckInAnswer] => [`${a.personId}|${a.obligationId}`, a]),
  );
  return {
    date,
    calendar,
    duties,
    turning: duties,
    overdue: duties.filter(isOverdue),
    dutiesOf,
    answerOf: (personId, obligationId) => (answers.size > 0 ? answers.get(`${personId}|${obligationId}`) : undefined),
  };
}

const latest = new WeakMap<NoticeFacts, Day>();

/** The day of `at`. The last one is cached per facts object, so contributors must not change it in between. */
export function dayOf(facts: NoticeFacts, at: LocalTime): Day {
  const date = at.slice(0, 10);
  const known = latest.get(facts);
  if (known?.date === date) return known;
  const day = build(facts, date);
  latest.set(facts, day);
  return day;
}

/** Gives the contributors a day that was computed elsewhere. */
export function useDay(facts: NoticeFacts, day: Day): void {
  latest.set(facts, day);
}

/** True if a person may be notified on that day: a recipient, in service, neither on leave nor snoozing. */
export function mayWrite(facts: NoticeFacts, personId: string, date: Ymd): boolean {
  if (facts.recipients && !facts.recipients.has(personId)) return false;
  if ((facts.snoozed?.get(personId) ?? '') >= date) return false;
  const { person, leavesOf } = rosterOf(facts.programme);
  const who = person.get(personId);
  if (!who || !alive(who, date)) return false;
  return !(leavesOf.get(personId) ?? []).some((l) => l.start <= date && date <= l.end);
}

type Identified = Pick<WantedNotice, 'kind' | 'recipientId' | 'key' | 'stage'>;

/** Whether it was not planned before and its recipient may be notified. */
export const isFresh = (facts: NoticeFacts, date: Ymd, notice: Identified): boolean =>
  !facts.sent.has(identityOf(notice)) && mayWrite(facts, notice.recipientId, date);

/** Those of `wanted` that are fresh. */
export const fresh = (facts: NoticeFacts, date: Ymd, wanted: WantedNotice[]): WantedNotice[] =>
  wanted.filter((n) => isFresh(facts, date, n));

/** A list of duties for each bearer who has not had it: those of their duties that `pick` selects. */
export function listed<About extends Omit<Identified, 'recipientId'>>(
  facts: NoticeFacts,
  day: Day,
  about: About,
  pick: (duties: Duty[], recipientId: string) => Duty[],
): (About & { recipientId: string; obligationIds: string[] })[] {
  return [...day.dutiesOf].flatMap(([recipientId, duties]) => {
    const notice = { ...about, recipientId };
    if (!isFresh(facts, day.date, notice)) return [];
    const obligationIds = pick(duties, recipientId).map((d) => d.obligation.id);
    return obligationIds.length === 0 ? [] : [{ ...notice, obligationIds }];
  });
}

/** Dated papers have separate notices, which are also sent in the holidays. */
export const isDatedDocument = (o: Obligation): boolean =>
  o.period.kind === 'due' && o.requirement.activity === 'document';

/** The person has said when it will be done, and that day has not passed. */
export function isPlanned(day: Day, personId: string, obligationId: string): boolean {
  const answer = day.answerOf(personId, obligationId);
  return answer?.answer === 'planned' && (answer.plannedFor ?? '') >= day.date;
}
