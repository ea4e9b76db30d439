import { type Texts, textsOf } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { dayAt, timeAt } from '../../plan/clock.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Person } from '../../plan/people.ts';
import { type Actor, actingOn } from '../../plan/policy.ts';
import type { Named } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import type { ReadAt, ReaderKnows, Reading } from '../../reading/types.ts';
import { isAdministrator } from '../../store/administrators.ts';
import { type Member, membersOf } from '../../store/members.ts';
import { listProgrammes, type ProgrammeReader, type StoredProgramme } from '../../store/programmes.ts';
import type { Trx } from '../../store/transaction.ts';
import { localeOf } from './language.ts';

/** A post of a Feishu user: a person of one programme. */
export interface Post {
  /** With the roles that hold today. */
  me: Actor;
  member: Member;
  programme: StoredProgramme;
}

/** What a command or action may know: who asks, in which post, and when. */
export interface Facts extends Post {
  openId: string;
  /** Every post of the one who asks, this one and those that have ended included. */
  posts: Post[];
  /** The person who reads the answer, if it is not `me`: with 代报 the author reads it, not the person reported for. */
  reader?: Actor;
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
  /** Whether a model may be asked about what is not sure. */
  seconded: boolean;
  /** A message about several programmes: the names of all of them, and which of its readings are of this one. */
  shared?: { knows: ReaderKnows; own: (readings: Reading[]) => Reading[] };
}

/** A person as a message names them, whatever name Feishu displayed. */
export interface Mentioned {
  person: Person;
  /** The roster's name; with the school behind it where somebody else has the same: the reader takes that for one name. */
  name: string;
}

/** Who asks, when, and about what. */
export interface FactsAsked {
  openId: string;
  /** The event or chore this is about; whatever it makes is stored under it. */
  cause: string;
  now: number;
  /** When it was written or pressed, where that is known. */
  said?: number;
  group?: boolean;
  /** The post that it is about, as far as that is known; else the first that holds today. */
  post?: PostNamed;
  /** An administrator who is in no roster may ask as well: stands for nobody, without any role. */
  orAdministrator?: boolean;
}

/** A post as a button or notice names it. */
export interface PostNamed {
  programmeId?: string;
  personId?: string;
}

type Knows = Pick<Ctx, 'programmeOf' | 'config' | 'newId'>;

/** Everything about the one who asks, or undefined where nobody in a roster has this Feishu id. */
export async function factsFor(trx: Trx, ctx: Knows, asked: FactsAsked): Promise<Facts | undefined> {
  const { post: named, orAdministrator } = asked;
  const all = await factsOfPosts(trx, ctx, asked);
  const there = all.filter((f) => f.programme.id === named?.programmeId);
  const found = there.find((f) => f.me.id === named?.personId) ?? there[0];
  if (found || !orAdministrator || (all.length > 0 && named?.programmeId === undefined)) return found ?? all[0];
  const post = await administratorsPost(trx, ctx.programmeOf, asked.openId, named?.programmeId);
  return post ? factsIn(post, [post], ctx, asked) : all[0];
}

/** The same in every post of theirs, those that hold today before those that have ended. */
export async function factsOfPosts(trx: Trx, ctx: Knows, asked: FactsAsked): Promise<Facts[]> {
  const today = dayAt(asked.now, ctx.config.timezone);
  const posts: Post[] = [];
  for (const member of await membersOf(trx, asked.openId)) {
    const programme = await ctx.programmeOf(trx, member.programmeId, member.programmeVersion);
    const person = rosterOf(programme).person.get(member.personId);
    if (person) posts.push({ me: actingOn(person, today), member, programme });
  }
  const sorted = [...posts.filter((p) => holds(p, today)), ...posts.filter((p) => !holds(p, today)).sort(latestFirst)];
  return sorted.map((post) => factsIn(post, sorted, ctx, asked));
}

/** Whether a post is held on a day. */
export const holds = ({ me }: Pick<Post, 'me'>, day: Ymd): boolean => alive(me, day);

const latestFirst = (a: Post, b: Post): number => ((a.me.to ?? '') < (b.me.to ?? '') ? 1 : -1);

/** Those of posts that hold today; of somebody who has none left, the last. */
export function current<P extends Pick<Post, 'me'>>(posts: P[], today: Ymd): P[] {
  const held = posts.filter((p) => holds(p, today));
  return held.length > 0 ? held : posts.slice(0, 1);
}

function factsIn(
  post: Post,
  posts: Post[],
  { config: { timezone, readerModel }, newId }: Knows,
  { openId, cause, now, said = now, group = false }: FactsAsked,
): Facts {
  return {
    ...post,
    openId,
    posts,
    now,
    today: dayAt(now, timezone),
    said,
    at: { today: dayAt(said, timezone), time: timeAt(said, timezone) },
    timezone,
    named: new Map(),
    group,
    t: textsOf(localeOf(post.member.settings)),
    newId,
    cause,
    seconded: readerModel !== undefined,
  };
}

async function administratorsPost(
  trx: Trx,
  programmeOf: ProgrammeReader,
  openId: string,
  programmeId: string | undefined,
): Promise<Post | undefined> {
  if (!(await isAdministrator(trx, openId))) return undefined;
  const all = await listProgrammes(trx);
  const one = all.find((p) => p.id === programmeId) ?? all[0];
  if (!one) return undefined;
  const programme = await programmeOf(trx, one.id);
  const me: Actor = { id: 'administrator', name: '', roles: [], actsOn: '0000-00-00' };
  return { me, member: { openId, programmeId: one.id, personId: me.id, settings: {} }, programme };
}
