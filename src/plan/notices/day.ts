/** A day as the contributors see it: which duties are unmet and who may be written to. Worked out once per facts and day. */
import { type Calendar, schoolCalendar } from '../calendar.ts';
import { addDays, dayNumber } from '../dates.ts';
import { rosterOf } from '../roster.ts';
import { standing } from '../standing.ts';
import type { Obligation, Standing, Ymd } from '../types.ts';
import type { CheckInAnswer, Facts, LocalTime, Owed, WantedNotice } from './types.ts';
import { identityOf } from './types.ts';

/** An unmet duty that has begun and has not been over for long. */
export interface Duty extends Owed {
  standing: Standing;
  /** Ordinal of the first unmet checkpoint, and its date. */
  k: number;
  checkpoint: Ymd;
}

export interface Day {
  date: Ymd;
  calendar: Calendar;
  duties: Duty[];
  dutiesOf: Map<string, Duty[]>;
  answerOf(personId: string, obligationId: string): CheckInAnswer | undefined;
}

/** After this many days a missed duty is told to nobody any more. */
const FORGOTTEN_DAYS = 60;

const dutyOn = (owed: Owed, date: Ymd): Duty | undefined => {
  const { obligation, done } = owed;
  const { period } = obligation;
  if (obligation.waived || done >= obligation.target || period.start > date) return undefined;
  if (dayNumber(date) - dayNumber(period.end) > FORGOTTEN_DAYS) return undefined;
  const now = standing(obligation, done, date);
  return { ...owed, standing: now, k: Math.floor(done) + 1, checkpoint: now.nextCheckpoint ?? period.end };
};

const build = (facts: Facts, date: Ymd): Day => {
  const duties = facts.owed.flatMap((o) => dutyOn(o, date) ?? []);
  const dutiesOf = new Map<string, Duty[]>();
  for (const duty of duties)
    for (const id of duty.obligation.bearerIds) {
      const list = dutiesOf.get(id);
      if (list) list.push(duty);
      else dutiesOf.set(id, [duty]);
    }
  // The latest answer about a duty is the one that holds.
  const answers = new Map(
    (facts.answers ?? [])
      .toSorted((a, b) => (a.on < b.on ? -1 : 1))
      .map((a): [string, CheckInAnswer] => [`${a.personId}|${a.obligationId}`, a]),
  );
  return {
    date,
    calendar: schoolCalendar(facts.programme),
    duties,
    dutiesOf,
    answerOf: (personId, obligationId) => answers.get(`${personId}|${obligationId}`),
  };
};

const latest = new WeakMap<Facts, Day>();

/** The day of `at`. The last one is kept per facts object, which contributors therefore must not change in between. */
export const dayOf = (facts: Facts, at: LocalTime): Day => {
  const date = at.slice(0, 10);
  const known = latest.get(facts);
  if (known?.date === date) return known;
  const day = build(facts, date);
  latest.set(facts, day);
  return day;
};

/** True where a person may be written to on that day: asked for, in service, neither on leave nor snoozing. */
export const mayWrite = (facts: Facts, personId: string, date: Ymd): boolean => {
  if (facts.recipients && !facts.recipients.has(personId)) return false;
  if ((facts.snoozed?.get(personId) ?? '') >= date) return false;
  const { person, leavesOf } = rosterOf(facts.programme);
  const who = person.get(personId);
  if (!who || (who.from && date < who.from) || (who.to && date > who.to)) return false;
  return !(leavesOf.get(personId) ?? []).some((l) => l.start <= date && date <= l.end);
};

/** Those of `wanted` that were not planned before and whose recipient may be written to. */
export const fresh = (facts: Facts, date: Ymd, wanted: WantedNotice[]): WantedNotice[] =>
  wanted.filter((n) => !facts.sent.has(identityOf(n)) && mayWrite(facts, n.recipientId, date));

/** The first date from `date` on that `fits`, at most `within` days later. */
export const firstDay = (date: Ymd, fits: (date: Ymd) => boolean, within: number): Ymd | undefined => {
  for (let i = 0, day = date; i <= within; i++, day = addDays(day, 1)) if (fits(day)) return day;
  return undefined;
};

/** Dated papers have notices of their own, which also go out in the holidays. */
export const isDatedDocument = (o: Obligation): boolean =>
  o.period.kind === 'due' && o.requirement.activity === 'document';

/** The person has said when it will be done, and that day has not passed. */
export const isPlanned = (day: Day, personId: string, obligationId: string): boolean => {
  const answer = day.answerOf(personId, obligationId);
  return answer?.answer === 'planned' && (answer.plannedFor ?? '') >= day.date;
};
