import { type Texts, textsOf } from '../../cards/index.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Person } from '../../plan/people.ts';
import { type Actor, actingOn } from '../../plan/policy.ts';
import type { Named } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { ReadAt, ReaderKnows } from '../../reading/types.ts';
import { isAdministrator } from '../../store/administrators.ts';
import { type Member, membersOf } from '../../store/members.ts';
import { listProgrammes, type ProgrammeReader, type StoredProgramme } from '../../store/programmes.ts';
import type { Trx } from '../../store/transaction.ts';
import { localeOf } from './language.ts';
import type { Mentioned } from './mentioned.ts';

/** What a command or action may know: who asks, in which programme, and when. */
export interface Facts {
  openId: string;
  /** With the roles that hold today. */
  me: Actor;
  /** The person who reads the answer, if it is not `me`: with 代报 the author reads it, not the person reported for. */
  reader?: Actor;
  member: Member;
  programme: StoredProgramme;
  /** When this is handled, epoch milliseconds. */
  now: number;
  /** The local date of `now`. */
  today: Ymd;
  /** When it was written or pressed, epoch milliseconds. */
  said: number;
  /** The local date and time of `said`: the reader's now, however late the message came. */
  at: ReadAt;
  timezone: string;
  /** Pupils that the answer names, for the log; one for all cards of this event. */
  named: Named;
  /** In a group nobody's pupils are named. */
  group: boolean;
  t: Texts;
  newId: () => string;
  /** The event this is about; whatever it makes is stored under it. */
  cause: string;
  /** The cause of the message or card that this message quotes; a correction or withdrawal is about that one. */
  quotes?: string;
  /** Whom the message mentions. */
  mentioned?: Mentioned[];
}

export interface Asked {
  openId: string;
  now: number;
  /** When it was written or pressed. */
  said: number;
  group: boolean;
  cause: string;
  timezone: string;
  newId: () => string;
}

/** Everything about the one who asks, or undefined where nobody in a roster has this Feishu id. */
export async function loadFacts(trx: Trx, programmeOf: ProgrammeReader, asked: Asked): Promise<Facts | undefined> {
  const [member] = await membersOf(trx, asked.openId);
  if (!member) return undefined;
  const programme = await programmeOf(trx, member.programmeId, member.programmeVersion);
  const me = personOf(programme, member);
  return me && factsOf(asked, member, programme, me);
}

/** The same; an administrator who is in no roster stands for nobody, without any role, in the first programme. */
export async function operatorFacts(trx: Trx, programmeOf: ProgrammeReader, asked: Asked): Promise<Facts | undefined> {
  const known = await loadFacts(trx, programmeOf, asked);
  if (known || !(await isAdministrator(trx, asked.openId))) return known;
  const [first] = await listProgrammes(trx);
  if (!first) return undefined;
  const me: Person = { id: 'administrator', name: '', roles: [] };
  const member: Member = { openId: asked.openId, programmeId: first.id, personId: me.id, settings: {} };
  return factsOf(asked, member, await programmeOf(trx, first.id), me);
}

function factsOf(asked: Asked, member: Member, programme: StoredProgramme, me: Person): Facts {
  const local = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(asked.timezone);
  const said = local(asked.said);
  const today = local(asked.now).toPlainDate().toString();
  return {
    ...asked,
    me: actingOn(me, today),
    member,
    programme,
    today,
    named: new Map(),
    at: { today: said.toPlainDate().toString(), time: said.toPlainTime().toString({ smallestUnit: 'minute' }) },
    t: textsOf(localeOf(member.settings)),
  };
}

const personOf = (programme: StoredProgramme, member: Member): Person | undefined =>
  rosterOf(programme).person.get(member.personId);

/** How many senders' names are kept ready; the reader builds an index of sounds for each, which costs more than reading. */
const KEPT = 300;
const kept = new WeakMap<StoredProgramme, Map<string, ReaderKnows>>();

interface Reads {
  programme: StoredProgramme;
  me: Person;
  mentioned?: Mentioned[];
}

/** The names the reader may use for this sender: whom the message mentions, everybody of one's own and one's paired schools, and every school. */
export function readerKnows({ programme, me, mentioned }: Reads): ReaderKnows {
  const ready = kept.get(programme) ?? new Map<string, ReaderKnows>();
  kept.set(programme, ready);
  const known = ready.get(me.id) ?? knowsOf(programme, me);
  // The one that was used longest ago stands first and goes first.
  ready.delete(me.id);
  ready.set(me.id, known);
  if (ready.size > KEPT) ready.delete(ready.keys().next().value!);
  const names = new Set(known.people.map((p) => p.name));
  const far = (mentioned ?? []).filter(({ name }) => !names.has(name));
  if (far.length === 0) return known;
  return { ...known, people: [...known.people, ...far.map(({ name, person: { roles } }) => ({ name, roles }))] };
}

function knowsOf(programme: StoredProgramme, me: Person): ReaderKnows {
  const roster = rosterOf(programme);
  const school = (id?: string) => (id === undefined ? undefined : roster.school.get(id)?.name);
  const own = me.schoolId ? (roster.pairingsOfSchool.get(me.schoolId) ?? []) : [];
  const near = new Set([me.schoolId, ...own.flatMap((p) => [p.supporterId, p.recipientId])]);
  const people = me.schoolId ? programme.people.filter((p) => !p.schoolId || near.has(p.schoolId)) : programme.people;
  return {
    sender: { name: me.name, school: school(me.schoolId), roles: me.roles },
    schools: programme.schools.map(({ name, short }) => ({ name, short })),
    people: people.map((p) => ({ name: p.name, school: school(p.schoolId), roles: p.roles })),
    pairings: (own.length > 0 ? own : programme.pairings).map((p) => ({
      supporter: school(p.supporterId)!,
      recipient: school(p.recipientId)!,
    })),
    care: programme.cares.flatMap((care) => {
      const mentor = roster.person.get(care.mentorId);
      const pupil = roster.pupil.get(care.pupilId);
      if (!mentor || !pupil || (mentor.id !== me.id && mentor.schoolId !== me.schoolId)) return [];
      return [{ mentor: mentor.name, pupil: pupil.name, grade: pupil.grade, school: school(pupil.schoolId) }];
    }),
  };
}
