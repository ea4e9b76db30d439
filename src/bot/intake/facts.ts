import { type Texts, textsOf } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { dayAt, timeAt } from '../../plan/clock.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Person } from '../../plan/people.ts';
import { type Actor, actingOn } from '../../plan/policy.ts';
import type { Named } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { ReadAt } from '../../reading/types.ts';
import { isAdministrator } from '../../store/administrators.ts';
import { type Member, membersOf } from '../../store/members.ts';
import { listProgrammes, type ProgrammeReader, type StoredProgramme } from '../../store/programmes.ts';
import type { Trx } from '../../store/transaction.ts';
import { localeOf } from './language.ts';

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
  /** The Feishu documents that it links to. */
  links?: string[];
  /** Whom the message mentions. */
  mentioned?: Mentioned[];
}

/** A person as a message names them, whatever name Feishu displayed. */
export interface Mentioned {
  person: Person;
  /** The roster's name; with the school behind it where somebody else has the same: the reader takes that for one name. */
  name: string;
}

/** Who asks, when, and about what. */
export interface Asked {
  openId: string;
  /** The event or chore this is about; whatever it makes is stored under it. */
  cause: string;
  now: number;
  /** When it was written or pressed, where that is known. */
  said?: number;
  group?: boolean;
  /** An administrator who is in no roster may ask as well: stands for nobody, without any role, in the first programme. */
  orAdministrator?: boolean;
}

/** Everything about the one who asks, or undefined where nobody in a roster has this Feishu id. */
export async function factsFor(
  trx: Trx,
  { programmeOf, config, newId }: Pick<Ctx, 'programmeOf' | 'config' | 'newId'>,
  { openId, cause, now, said = now, group = false, orAdministrator = false }: Asked,
): Promise<Facts | undefined> {
  const inRoster = await placeInRoster(trx, programmeOf, openId);
  const place = inRoster ?? (orAdministrator ? await administratorsPlace(trx, programmeOf, openId) : undefined);
  if (!place) return undefined;
  const { timezone } = config;
  const today = dayAt(now, timezone);
  return {
    openId,
    me: actingOn(place.me, today),
    member: place.member,
    programme: place.programme,
    now,
    today,
    said,
    at: { today: dayAt(said, timezone), time: timeAt(said, timezone) },
    timezone,
    named: new Map(),
    group,
    t: textsOf(localeOf(place.member.settings)),
    newId,
    cause,
  };
}

type Place = { me: Person; member: Member; programme: StoredProgramme };

async function placeInRoster(trx: Trx, programmeOf: ProgrammeReader, openId: string): Promise<Place | undefined> {
  const [member] = await membersOf(trx, openId);
  if (!member) return undefined;
  const programme = await programmeOf(trx, member.programmeId, member.programmeVersion);
  const me = rosterOf(programme).person.get(member.personId);
  return me && { me, member, programme };
}

async function administratorsPlace(trx: Trx, programmeOf: ProgrammeReader, openId: string): Promise<Place | undefined> {
  if (!(await isAdministrator(trx, openId))) return undefined;
  const [first] = await listProgrammes(trx);
  if (!first) return undefined;
  const me: Person = { id: 'administrator', name: '', roles: [] };
  const member: Member = { openId, programmeId: first.id, personId: me.id, settings: {} };
  return { me, member, programme: await programmeOf(trx, first.id) };
}
