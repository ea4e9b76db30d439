import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { schoolCalendar } from '../plan/calendar.ts';
import { DAY_MS, dayAt, type LocalTime } from '../plan/clock.ts';
import { addDays, type Ymd } from '../plan/dates.ts';
import { deedsOf } from '../plan/deeds.ts';
import type { FindingOf } from '../plan/inspection.ts';
import { FORGOTTEN_DAYS } from '../plan/notices/day.ts';
import {
  lastSchoolDay,
  type MorningCard,
  type NoticeFacts,
  type PlannedActivity,
  SCHEDULES,
  type Secondment,
} from '../plan/notices/index.ts';
import type { Person } from '../plan/people.ts';
import { rosterOf } from '../plan/roster.ts';
import { attendanceOn, checkInsOf } from '../store/check-ins.ts';
import { creditedSince } from '../store/credited.ts';
import type { Db } from '../store/db.ts';
import { WAITS_MS, waitingOf } from '../store/drafts.ts';
import { activitiesCounted } from '../store/feeds.ts';
import { type Member, membersOfPeople } from '../store/members.ts';
import { owedAbovePersons, owedBy, withLatest } from '../store/owed.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { sentAbout, sentTo } from '../store/reminders.ts';
import type { Trx } from '../store/transaction.ts';

/** People whose reminders are decided together: whole schools, or staff of the bureau. */
export interface ProgrammePage {
  programme: StoredProgramme;
  people: Person[];
  /** They belong to no school and oversee what schools owe. */
  bureau: boolean;
}

const PEOPLE_PER_PAGE = 500;
/** As long as a term with its holidays: earlier reminders concern only duties that began earlier. */
const REMINDED_DAYS = 210;
/** Digests go out in the first half of a month; only they need the date of the last activity. */
const DIGEST_UNTIL = 16;
/** People are not notified of older records that name them. */
const CREDITED_MS = 14 * DAY_MS;
/** An unreachable person is tried again after this time: people come back into the app's range. */
const TRY_AGAIN_MS = 30 * DAY_MS;

/** A programme's people in pages, so that decisions for a hundred thousand people hold only a few schools in memory. */
export function* pagesOf(programme: StoredProgramme): Generator<ProgrammePage> {
  let page: Person[] = [];
  for (const people of rosterOf(programme).peopleOfSchool.values()) {
    page.push(...people);
    if (page.length < PEOPLE_PER_PAGE) continue;
    yield { programme, people: page, bureau: false };
    page = [];
  }
  if (page.length > 0) yield { programme, people: page, bureau: false };
  const others = programme.people.filter((p) => p.schoolId === undefined);
  if (others.length > 0) yield { programme, people: others, bureau: true };
}

/** The decisions of a page: at most one card per person, with the Feishu user who gets it. */
export interface DecidedPage {
  card: MorningCard;
  member: Member;
  person: Person;
}

/** What all pages share, and which people are decided now. */
export interface SaidOfPage {
  seconded: Secondment[];
  planned: PlannedActivity[];
  findings: FindingOf[];
  timezone: string;
  fits(member: Member): boolean;
}

/** Reads a page's facts and decides. `contribute` is the pure decision: every contributor merged, or one alone. */
export async function decide(
  db: Db | Trx,
  page: ProgrammePage,
  at: LocalTime,
  now: number,
  { seconded, planned, findings, timezone, fits }: SaidOfPage,
  contribute: (facts: NoticeFacts, at: LocalTime) => MorningCard[],
): Promise<DecidedPage[]> {
  const { programme, people } = page;
  const ids = people.map((p) => p.id);
  const day = at.slice(0, 10);
  const members = await membersOfPeople(db, programme.id, ids);
  const reachable = [...members.values()].filter((m) => isReachable(m, now) && fits(m));
  if (reachable.length === 0) return [];
  const recipients = new Set(reachable.map((m) => m.personId));
  const range = { start: addDays(day, -FORGOTTEN_DAYS), end: day };
  const ownDuties = await owedBy(db, programme, ids, range);
  const owed = page.bureau ? [...ownDuties, ...(await owedAbovePersons(db, programme, range))] : ownDuties;
  const askedOfDone = Number(day.slice(8)) <= DIGEST_UNTIL;
  const needsAttempts = SCHEDULES['coordinator-digest'].isDay(schoolCalendar(programme), day);
  const recent = addDays(day, -REMINDED_DAYS);
  const sent = await sentTo(db, programme.id, [...recipients], recent);
  const old = unique(owed).flatMap(({ obligation: o }) => (o.period.start < recent ? [o.id] : []));
  for (const identity of await sentAbout(db, programme.id, old, recent)) sent.add(identity);
  const facts: NoticeFacts = {
    programme: page.bureau ? programme : narrowed(programme, people),
    owed: askedOfDone || needsAttempts ? await withLatest(db, programme, unique(owed), day) : unique(owed),
    sent,
    answers: await checkInsOf(db, programme.id, ids, range.start),
    snoozed: new Map(
      reachable.flatMap((m) =>
        m.settings.snoozedUntil ? [[m.personId, addDays(m.settings.snoozedUntil, -1)] as const] : [],
      ),
    ),
    waiting: new Map(
      [...(await waitingOf(db, programme.id, ids, now - WAITS_MS))].map(([id, ms]) => [id, dayAt(ms, timezone)]),
    ),
    credited: await creditedSince(
      db,
      programme.id,
      { ids: [...recipients], since: now - CREDITED_MS, today: day },
      (ms) => dayAt(ms, timezone),
    ),
    planned: planned.filter((p) => recipients.has(p.personId)),
    findings,
    ...(await deedsIn(db, programme, ids, day)),
    secondments: seconded.filter((s) => recipients.has(s.personId)),
    attended: new Set(
      seconded.length > 0 ? (await attendanceOn(db, programme.id, ids, day)).map((a) => `${a.personId}|${a.day}`) : [],
    ),
    recipients,
  };
  const { person } = rosterOf(programme);
  return contribute(facts, at).map((card) => ({
    card,
    member: members.get(card.recipientId)!,
    person: person.get(card.recipientId)!,
  }));
}

/** On the last school day of a term, what each of these people did in it; on other days nothing is read. */
async function deedsIn(
  db: Db | Trx,
  programme: StoredProgramme,
  ids: string[],
  day: Ymd,
): Promise<Pick<NoticeFacts, 'deeds'>> {
  const { isSchoolDay } = schoolCalendar(programme);
  const term = programme.terms.find((t) => lastSchoolDay(t, isSchoolDay) === day);
  if (!term) return {};
  const keys = ids.map((id) => `person:${id}`);
  const done = await activitiesCounted(db, programme.id, keys, [...ACTIVITY_KINDS], { start: term.start, end: day });
  const known = new Set(ids);
  const deeds = deedsOf(done.map(({ activity }) => activity));
  return {
    deeds: new Map([...deeds].filter(([id]) => known.has(id)).map(([id, { pupilIds, ...rest }]) => [id, rest])),
  };
}

/** Whether to try a reminder: the last message reached this person, or the failure is long ago. */
export const isReachable = ({ settings }: Member, now: number): boolean =>
  settings.unreachableSince === undefined || now - settings.unreachableSince > TRY_AGAIN_MS;

const unique = (owed: NoticeFacts['owed']): NoticeFacts['owed'] => [
  ...new Map(owed.map((o) => [o.obligation.id, o])).values(),
];

/** The programme reduced to these people, so that data cached per programme stays small. */
function narrowed(programme: StoredProgramme, people: Person[]): StoredProgramme {
  const schools = new Set(people.map((p) => p.schoolId));
  const ids = new Set(people.map((p) => p.id));
  const { caresOfMentor, pupil } = rosterOf(programme);
  const cares = people.flatMap((p) => caresOfMentor.get(p.id) ?? []);
  return {
    ...programme,
    people,
    schools: programme.schools.filter((s) => schools.has(s.id)),
    leaves: programme.leaves.filter((l) => ids.has(l.personId)),
    pairings: [],
    mentorships: [],
    pupils: cares.flatMap((c) => pupil.get(c.pupilId) ?? []),
    cares,
    waivers: [],
  };
}
