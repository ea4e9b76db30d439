import type { Span } from '../plan/summary.ts';
import type { Db } from './db.ts';
import { inChunks, insertOnce, locking, type Trx } from './transaction.ts';

/** What a user has set, and what we have learnt about reaching them. */
export interface MemberSettings {
  /** The user's choice of language for cards. */
  locale?: 'zh-CN' | 'en-US';
  /** The local time, `HH:MM`, at which the user wants to be reminded. */
  remindAt?: string;
  /** No reminders before this local date. */
  snoozedUntil?: string;
  /** Gets the summary of the week, month or term without asking. */
  weekly?: boolean;
  monthly?: boolean;
  termly?: boolean;
  /** Adds the user's plans to their Feishu calendar. */
  calendar?: boolean;
  /** Their private chat with the bot. */
  chatId?: string;
  /** The instant (epoch ms) since which the platform refuses to deliver. */
  unreachableSince?: number;
}

/** Settings of the user rather than of a post: a change applies to all posts. */
const OF_THE_USER = ['locale', 'remindAt', 'chatId', 'unreachableSince'] as const satisfies (keyof MemberSettings)[];

/** A Feishu user in one post: a person of a programme. A user who changes school has two in one programme. */
export interface Member {
  openId: string;
  programmeId: string;
  personId: string;
  settings: MemberSettings;
  /** The programme's version, if it was read in the same query. */
  programmeVersion?: number;
}

/** The address of letters to this member. */
export const addressOf = ({ openId, programmeId, personId }: Member) => ({ to: openId, programmeId, personId });

/** Every post of a Feishu user, in a fixed order. */
export async function membersOf(db: Db | Trx, openId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('programme', 'programme.id', 'member.programme_id')
    .select(['member.open_id', 'member.programme_id', 'member.person_id', 'member.settings', 'programme.version'])
    .where('member.open_id', '=', openId)
    .orderBy('programme.name')
    .orderBy('member.person_id')
    .execute();
  return rows.map((row) => ({ ...fromRow(row), programmeVersion: row.version }));
}

/** The Feishu user of a person, if one is bound. */
export async function memberOf(db: Db | Trx, programmeId: string, personId: string): Promise<Member | undefined> {
  const row = await db
    .selectFrom('member')
    .select(['open_id', 'programme_id', 'person_id', 'settings'])
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && fromRow(row);
}

type Row = { open_id: string; programme_id: string; person_id: string; settings: string };
const fromRow = (r: Row): Member => ({
  openId: r.open_id,
  programmeId: r.programme_id,
  personId: r.person_id,
  settings: JSON.parse(r.settings) as MemberSettings,
});

/** Changes a user's settings in a programme, and user-wide ones in every post; undefined removes a key. */
export async function changeSettings(
  trx: Trx,
  member: Pick<Member, 'openId' | 'programmeId'>,
  patch: MemberSettings,
): Promise<void> {
  const rows = await trx
    .selectFrom('member')
    .select(['open_id', 'programme_id', 'person_id', 'settings'])
    .where('open_id', '=', member.openId)
    .orderBy('programme_id')
    .orderBy('person_id')
    .$call(locking(trx))
    .execute();
  const everywhere = userSettings(patch);
  for (const row of rows.map(fromRow)) {
    const change = row.programmeId === member.programmeId ? patch : everywhere;
    if (Object.keys(change).length === 0) continue;
    const settings = { ...row.settings, ...change };
    await trx
      .updateTable('member')
      .set({ settings: JSON.stringify(settings), ...subscriptionsOf(settings) })
      .where('open_id', '=', row.openId)
      .where('programme_id', '=', row.programmeId)
      .where('person_id', '=', row.personId)
      .execute();
  }
}

const userSettings = (settings: MemberSettings): MemberSettings =>
  Object.fromEntries(OF_THE_USER.flatMap((key) => (key in settings ? [[key, settings[key]]] : [])));

/** Every bound user of a programme. */
export async function allMembers(db: Db | Trx, programmeId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .select(['open_id', 'programme_id', 'person_id', 'settings'])
    .where('programme_id', '=', programmeId)
    .orderBy('open_id')
    .execute();
  return rows.map(fromRow);
}

/** Open ids of the people of a programme who are bound. */
export async function openIdsOf(db: Db | Trx, programmeId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('member')
    .select(['person_id', 'open_id'])
    .where('programme_id', '=', programmeId)
    .execute();
  return new Map(rows.map((r) => [r.person_id, r.open_id]));
}

/** The setting that says whether the summary of a span comes without asking. */
export const SUBSCRIPTION = { week: 'weekly', month: 'monthly', term: 'termly' } as const satisfies Record<
  Span,
  string
>;

/** The columns by which subscribers are found, from all settings of a member. */
export const subscriptionsOf = ({ weekly, monthly, termly }: MemberSettings) => ({
  weekly: weekly ? 1 : null,
  monthly: monthly ? 1 : null,
  termly: termly ? 1 : null,
});

/** Everybody in a programme who subscribes to the summary of a span. */
export async function subscribersOf(db: Db | Trx, programmeId: string, span: Span): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .select(['open_id', 'programme_id', 'person_id', 'settings'])
    .where('programme_id', '=', programmeId)
    .where(SUBSCRIPTION[span], '=', 1)
    .orderBy('open_id')
    .execute();
  return rows.map(fromRow);
}

/** Those of these people who are bound to a Feishu user, by person. */
export async function membersOfPeople(
  db: Db | Trx,
  programmeId: string,
  personIds: string[],
): Promise<Map<string, Member>> {
  const found = new Map<string, Member>();
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('member')
      .select(['open_id', 'programme_id', 'person_id', 'settings'])
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .execute();
    for (const row of rows) found.set(row.person_id, fromRow(row));
  }
  return found;
}

/** The people of a programme that these Feishu users are, by open id. */
export async function peopleOfOpenIds(
  db: Db | Trx,
  programmeId: string,
  openIds: string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const ids of inChunks(openIds)) {
    const rows = await db
      .selectFrom('member')
      .select(['open_id', 'person_id'])
      .where('programme_id', '=', programmeId)
      .where('open_id', 'in', ids)
      .orderBy('person_id')
      .execute();
    for (const row of rows) found.set(row.open_id, [...(found.get(row.open_id) ?? []), row.person_id]);
  }
  return found;
}

/** Feishu users with more than one post, whose messages are combined. */
export async function usersOfSeveralPosts(db: Db | Trx): Promise<Set<string>> {
  const rows = await db
    .selectFrom('member')
    .select('open_id')
    .groupBy('open_id')
    .having((eb) => eb.fn.countAll(), '>', 1)
    .execute();
  return new Set(rows.map((r) => r.open_id));
}

/** Binds a Feishu user to a person, with the settings from their other posts; false if the person is bound already. */
export async function bindMember(trx: Trx, member: Omit<Member, 'settings'>, now: number): Promise<boolean> {
  const others = await membersOf(trx, member.openId);
  const inProgramme = others.find((m) => m.programmeId === member.programmeId);
  const settings = inProgramme?.settings ?? userSettings(others[0]?.settings ?? {});
  return insertOnce(trx, 'member', {
    open_id: member.openId,
    programme_id: member.programmeId,
    person_id: member.personId,
    bound_at: now,
    settings: JSON.stringify(settings),
    ...subscriptionsOf(settings),
  });
}

/** Unbinds a person's Feishu user: the account is deleted, or belongs to somebody else now. */
export async function unbindMember(
  trx: Trx,
  { programmeId, personId }: Pick<Member, 'programmeId' | 'personId'>,
): Promise<void> {
  await trx.deleteFrom('member').where('programme_id', '=', programmeId).where('person_id', '=', personId).execute();
}
