import { addDays, type Ymd } from '../plan/dates.ts';
import { type FindingOf, findingsIn } from '../plan/inspection.ts';
import { type CheckInAnswer, dutiesIn, type PlanNow, type ReminderPart } from '../plan/notices/index.ts';
import type { Person } from '../plan/people.ts';
import { type Actor, actingOn, whomToAsk } from '../plan/policy.ts';
import type { Named } from '../plan/pupil-names.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Reading } from '../reading/types.ts';
import type { StoredActivity } from './activities.ts';
import { type Attendance, attendanceOn, checkInsOf } from './check-ins.ts';
import type { Db } from './db.ts';
import { isWhole, openDraftsOf, WAITS_MS } from './drafts.ts';
import { type HelpRequest, openHelp } from './help.ts';
import { activitiesById } from './inspection.ts';
import { inspectionsOf } from './inspections.ts';
import { membersOfPeople } from './members.ts';
import type { Counted } from './obligations.ts';
import { countedById } from './owed.ts';
import { plansById } from './planned.ts';
import type { StoredProgramme } from './programmes.ts';
import { nudgedSince, partsOf } from './reminders.ts';
import type { Trx } from './transaction.ts';

/** Everything that a reminder card shows, as of now. */
export interface ReminderFacts {
  notice: string;
  day: Ymd;
  today: Ymd;
  parts: ReminderPart[];
  duties: Map<string, Counted>;
  /** Others' records that name the reader, by activity. */
  credited: Map<string, StoredActivity>;
  /** Plans that the card asks about, by activity. */
  plans: Map<string, PlanNow>;
  programme: StoredProgramme;
  me: Actor;
  named: Named;
  answers: CheckInAnswer[];
  attended?: Attendance;
  nudged: Map<string, Ymd>;
  unreachable: string[];
  /** Requests for help that reach the reader of a coordinator's digest. */
  help: HelpRequest[];
  /** Findings of inspections, if a part reports one. */
  findings: FindingOf[];
  /** Reports that wait for the reader's tap. */
  waiting: { draft: string; reading: Reading; complete: boolean }[];
}

/** Answers to a check-in are shown for this many days. */
const ANSWERS_DAYS = 60;

/** Reads the parts of the notice `of` and their current facts, post by post; skips readers who are in no roster. */
export async function readReminder(
  trx: Db | Trx,
  programmeOf: (id: string) => Promise<StoredProgramme | undefined>,
  of: string,
  today: Ymd,
): Promise<ReminderFacts[]> {
  const sent = await partsOf(trx, of);
  if (!sent) return [];
  const found: ReminderFacts[] = [];
  const posts = Map.groupBy(sent.parts, ({ programmeId, part }) => `${programmeId} ${part.recipientId}`);
  for (const parts of posts.values()) {
    const programme = await programmeOf(parts[0]!.programmeId);
    const who = programme && rosterOf(programme).person.get(parts[0]!.part.recipientId);
    const card = { of, day: sent.day, today, parts: parts.map((p) => p.part) };
    if (who) found.push(await readPost(trx, programme, actingOn(who, today), card));
  }
  return found.sort((a, b) => (a.programme.name < b.programme.name ? -1 : 1));
}

async function readPost(
  trx: Db | Trx,
  programme: StoredProgramme,
  me: Actor,
  { of, day, today, parts }: { of: string; day: Ymd; today: Ymd; parts: ReminderPart[] },
): Promise<ReminderFacts> {
  const ids = [...new Set(parts.flatMap(dutiesIn))];
  const late = parts.flatMap((p) => (p.kind === 'coordinator-digest' ? p.people.map((one) => one.personId) : []));
  const planned = parts.flatMap((p) => (p.kind === 'planned-activity' ? [p.activityId] : []));
  const creditedIds = parts.flatMap((p) => (p.kind === 'credited' ? [p.activityId] : []));
  const asksPresence = parts.some((p) => p.kind === 'secondment-check-in');
  return {
    notice: of,
    day,
    today,
    parts,
    duties: await countedById(trx, programme, ids),
    plans: await plansById(trx, programme.id, planned),
    credited: new Map((await activitiesById(trx, programme.id, creditedIds)).map((a) => [a.id, a])),
    programme,
    me,
    named: new Map(),
    findings: parts.some((p) => p.kind === 'finding-due') ? findingsIn(await inspectionsOf(trx, programme.id)) : [],
    answers: await checkInsOf(trx, programme.id, [me.id], addDays(day, -ANSWERS_DAYS)),
    ...(asksPresence ? { attended: (await attendanceOn(trx, programme.id, [me.id], day))[0] } : {}),
    nudged: await lastNudges(trx, programme.id, late, addDays(today, -1)),
    waiting: (await openDraftsOf(trx, programme.id, me.id, beginningOf(today) - WAITS_MS)).map((draft) => ({
      draft: draft.id,
      reading: draft.reading,
      complete: isWhole(draft),
    })),
    ...(parts.some((p) => p.kind === 'coordinator-digest')
      ? { unreachable: await unreachableOf(trx, programme, me), help: await helpFor(trx, programme, me) }
      : { unreachable: [], help: [] }),
  };
}

const beginningOf = (day: Ymd): number => Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds;

/** The last 催办 of each person since a day, whatever the duty. */
async function lastNudges(trx: Db | Trx, programmeId: string, people: string[], since: Ymd): Promise<Map<string, Ymd>> {
  const last = new Map<string, Ymd>();
  for (const [key, day] of await nudgedSince(trx, programmeId, people, since)) last.set(key.split('|')[0]!, day);
  return last;
}

/** Open requests to this coordinator, oldest first. */
async function helpFor(trx: Db | Trx, programme: StoredProgramme, me: Actor): Promise<HelpRequest[]> {
  const { person } = rosterOf(programme);
  return (await openHelp(trx, programme.id)).filter(({ personId }) => {
    const asker = person.get(personId);
    if (!asker || asker.id === me.id) return false;
    const helpers = whomToAsk(actingOn(asker, me.actsOn), 'answer', { kind: 'person', id: personId }, programme);
    return helpers.some((p) => p.id === me.id);
  });
}

/** Names of the people of a coordinator's school whom the bot cannot reach. */
async function unreachableOf(trx: Db | Trx, programme: StoredProgramme, me: Person): Promise<string[]> {
  if (!me.schoolId) return [];
  const people = rosterOf(programme).peopleOfSchool.get(me.schoolId) ?? [];
  const members = await membersOfPeople(
    trx,
    programme.id,
    people.map((p) => p.id),
  );
  return people.filter((p) => members.get(p.id)?.settings.unreachableSince).map((p) => p.name);
}
