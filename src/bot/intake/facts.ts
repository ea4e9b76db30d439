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
  /** Includes the roles that hold today. */
  me: Actor;
  member: Member;
  programme: StoredProgramme;
}

/** What a command or action may know: who asks, in which post, and when. */
export interface Facts extends Post {
  openId: string;
  /** Every post of the asker, including this one and ended ones. */
  posts: Post[];
  /** The reader of the answer, if not `me`: with 代报 it is the author, not the person reported for. */
  reader?: Actor;
  /** When this is handled, in epoch milliseconds. */
  now: number;
  /** The local date of `now`. */
  today: Ymd;
  /** When it was written or clicked, in epoch milliseconds. */
  said: number;
  /** The local date and time of `said`: the reader's now, however late the message arrives. */
  at: ReadAt;
  timezone: string;
  /** Pupils named in the answer, for the audit log; shared by all cards of this event. */
  named: Named;
  /** In a group, cards name no pupils. */
  group: boolean;
  t: Texts;
  newId: () => string;
  /** The current event; everything it makes is stored under it. */
  cause: string;
  /** The cause of the quoted message or card; a correction or withdrawal refers to it. */
  quotes?: string;
  /** The Feishu documents linked in the message. */
  links?: string[];
  /** The people the message mentions. */
  mentioned?: Mentioned[];
  /** Whether to ask a model about unsure readings. */
  seconded: boolean;
  /** For a message about several programmes: the names of all of them, and which of its readings belong to this one. */
  shared?: { knows: ReaderKnows; own: (readings: Reading[]) => Reading[] };
}

/** A person as a message names them, whatever name Feishu displays. */
export interface Mentioned {
  person: Person;
  /** The roster's name, followed by the school if there are namesakes: the reader takes both as one name. */
  name: string;
}

/** Who asks, when, and about what. */
export interface FactsAsked {
  openId: string;
  /** The event or chore being handled; everything it makes is stored under it. */
  cause: string;
  now: number;
  /** When it was written or clicked, if known. */
  said?: number;
  group?: boolean;
  /** The post it is about, if known; else the first that holds today. */
  post?: PostNamed;
  /** Lets an administrator outside every roster ask as well: as no person, and without roles. */
  orAdministrator?: boolean;
}

/** A post as a button or notice refers to it. */
export interface PostNamed {
  programmeId?: string;
  personId?: string;
}

type Knows = Pick<Ctx, 'programmeOf' | 'config' | 'newId'>;

/** Everything about the asker, or undefined if no roster has this Feishu id. */
export async function factsFor(trx: Trx, ctx: Knows, asked: FactsAsked): Promise<Facts | undefined> {
  const { post: named, orAdministrator } = asked;
  const all = await factsOfPosts(trx, ctx, asked);
  const inProgramme = all.filter((f) => f.programme.id === named?.programmeId);
  const found = inProgramme.find((f) => f.me.id === named?.personId) ?? inProgramme[0];
  if (found || !orAdministrator || (all.length > 0 && named?.programmeId === undefined)) return found ?? all[0];
  const post = await administratorsPost(trx, ctx.programmeOf, asked.openId, named?.programmeId);
  return post ? factsIn(post, [post], ctx, asked) : all[0];
}

/** The same for each of their posts, those that hold today before those that have ended. */
export async function factsOfPosts(trx: Trx, ctx: Knows, asked: FactsAsked): Promise<Facts[]> {
  const today = dayAt(asked.now, ctx.config.timezone);
  const posts: Post[] = [];
  for (const member of await membersOf(trx, asked.openId)) {
    const programme = await ctx.programmeOf(trx, member.programmeId, member.programmeVersion);
    const person = rosterOf(programme).person.get(member.personId);
    if (person) posts.push({ me: actingOn(person, today), member, programme });
  }
  const sorted = [
    ...posts.filter((p) => isHeld(p, today)),
    ...posts.filter((p) => !isHeld(p, today)).sort(latestFirst),
  ];
  return sorted.map((post) => factsIn(post, sorted, ctx, asked));
}

/** Whether a post is held on a day. */
export const isHeld = ({ me }: Pick<Post, 'me'>, day: Ymd): boolean => alive(me, day);

const latestFirst = (a: Post, b: Post): number => ((a.me.to ?? '') < (b.me.to ?? '') ? 1 : -1);

/** The posts that hold today; if none is left, the last one. */
export function current<P extends Pick<Post, 'me'>>(posts: P[], today: Ymd): P[] {
  const held = posts.filter((p) => isHeld(p, today));
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
