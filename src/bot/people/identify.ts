import { drawn } from '../../cards/card-text.ts';
import { examplesFor } from '../../cards/examples.ts';
import { claim, notice, type Texts, textsOf, unknownSender, welcome } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import type { LarkUser } from '../../lark/contact-calls.ts';
import type { MessageEvent } from '../../lark/event.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { dayAt } from '../../plan/clock.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import type { Person } from '../../plan/people.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import { administrators, isAdministrator } from '../../store/administrators.ts';
import { bindFound } from '../../store/bind-posts.ts';
import { forgetClaim, isWaiting, openClaim } from '../../store/claims.ts';
import { addressOf, memberOf, membersOf, openIdsOf, unbindMember } from '../../store/members.ts';
import type { Hint } from '../../store/notices.ts';
import { post } from '../../store/post.ts';
import { listProgrammes, type StoredProgramme } from '../../store/programmes.ts';
import type { Trx } from '../../store/transaction.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsOfPosts, isHeld } from '../intake/facts.ts';
import { localeOf, strangerTexts } from '../intake/language.ts';
import { answerMessage } from '../intake/on-message.ts';
import { reply } from '../intake/reply.ts';
import { askedCoordinators, fullName, type Profile, personsOfProfile } from './match-profile.ts';

/**
 * Identifies a stranger: asks Feishu for the profile and looks for its mobile and mail in the rosters. A match is bound, and the
 * waiting message is answered as if they had been known; otherwise the coordinators are asked, once.
 */
export const identifyChore: ChoreKind<'identify', LarkUser> = {
  fetch: ({ lark }, { openId }) => lark.getUser(openId),

  async settle(trx, ctx, { openId, event }, fetched) {
    if (fetched instanceof LarkRefused)
      ctx.log.warn({ code: fetched.code, advice: fetched.advice }, 'profile not readable');
    // Out of the app's contact range: only the user's existence is known.
    const profile: Profile = fetched instanceof LarkRefused ? { emails: [] } : fetched;
    const hints = await bindWherever(trx, ctx, openId, profile, strangerTexts(writtenIn(event)));
    const known = (await membersOf(trx, openId)).length > 0;
    if (known && !event) return [...hints, ...(await lookForNewPost(trx, ctx, openId))];
    if (known) return [...hints, ...((await answerMessage(trx, ctx, event!)) ?? [])];
    return event ? unmatched(trx, ctx, event, profile) : [];
  },
};

/** Binds the user in every programme whose roster has the profile's mobile or mail, and notifies them. */
async function bindWherever(trx: Trx, ctx: Ctx, openId: string, profile: Profile, t: Texts): Promise<Hint[]> {
  const hints: Hint[] = [];
  for (const { id } of await listProgrammes(trx)) {
    const programme = await ctx.programmeOf(trx, id);
    const persons = personsOfProfile(programme, profile);
    const bound: Person[] = [];
    for (const person of persons) {
      // The new user replaces a departed Feishu user, never an active one.
      const before = await memberOf(trx, id, person.id);
      if (before && before.openId !== openId && before.settings.unreachableSince) await unbindMember(trx, before);
      if (await bindFound(trx, programme, { openId, personId: person.id }, ctx.now())) bound.push(person);
    }
    const today = dayAt(ctx.now(), ctx.config.timezone);
    const person = bound.find((p) => alive(p, today)) ?? bound[0];
    if (!person) continue;
    const school = rosterOf(programme).schoolName(person.schoolId) ?? programme.name;
    const examples = examplesFor({ programme, me: person, group: false }, t);
    const card = welcome({ name: person.name, school, bound: true, examples }, t);
    const letter = { identity: NOTICE.welcome(openId, id), kind: 'welcome', to: openId, programmeId: id };
    hints.push(...(await post(trx, maker(ctx), { ...letter, personId: person.id, ...drawn(card, letter) })));
  }
  return hints;
}

/** Someone whose posts have all ended may be in the roster again, at another school: the coordinators of namesakes are asked. */
async function lookForNewPost(trx: Trx, ctx: Ctx, openId: string): Promise<Hint[]> {
  const cause = CAUSE.posts(openId, dayAt(ctx.now(), ctx.config.timezone));
  const posts = await factsOfPosts(trx, ctx, { openId, now: ctx.now(), cause });
  const hints: Hint[] = [];
  for (const post of posts.some((p) => isHeld(p, p.today)) ? [] : posts) {
    const bound = await openIdsOf(trx, post.programme.id);
    const isNamesake = (p: Person) => p.name === post.me.name && !bound.has(p.id) && alive(p, post.today);
    if (!post.programme.people.some(isNamesake)) continue;
    await forgetClaim(trx, post.programme.id, openId);
    hints.push(...(await askCoordinators(trx, ctx, post.programme, openId, { name: post.me.name, emails: [] })));
  }
  return hints;
}

async function unmatched(trx: Trx, ctx: Ctx, event: MessageEvent, profile: Profile): Promise<Hint[]> {
  const { openId } = event.sender;
  const t = strangerTexts(writtenIn(event));
  const answer = { messageId: event.messageId, chatId: event.chatType === 'group' ? event.chatId : undefined };
  const sender = { ...maker(ctx), openId, cause: CAUSE.message(event.messageId) };
  if (await isAdministrator(trx, openId)) {
    const card = notice({ title: t.admin.title, text: t.admin.text }, t);
    return reply(trx, sender, { ...answer, identity: NOTICE.administrator(event.messageId), card });
  }
  const alreadyWaits = await isWaiting(trx, openId);
  const hints: Hint[] = [];
  for (const { id } of await listProgrammes(trx))
    hints.push(...(await askCoordinators(trx, ctx, await ctx.programmeOf(trx, id), openId, profile)));
  // A stranger who keeps writing is notified once a day that the check is still open.
  const day = dayAt(ctx.now(), ctx.config.timezone);
  const identity = NOTICE.unknown(openId, alreadyWaits ? day : undefined);
  return [
    ...hints,
    ...(await reply(trx, sender, { ...answer, identity, card: unknownSender({ again: alreadyWaits }, t) })),
  ];
}

/** One card for each coordinator who could know them; once per user and programme. */
async function askCoordinators(
  trx: Trx,
  ctx: Ctx,
  programme: StoredProgramme,
  openId: string,
  profile: Profile,
): Promise<Hint[]> {
  const request = ctx.newId();
  const name = profile.name ?? '—';
  if (!(await openClaim(trx, { id: request, programmeId: programme.id, openId, name }, ctx.now()))) return [];
  const today = dayAt(ctx.now(), ctx.config.timezone);
  const bound = await openIdsOf(trx, programme.id);
  const unbound = programme.people.filter((p) => !bound.has(p.id));
  const hints: Hint[] = [];
  const option = (p: (typeof unbound)[number]) => ({ value: p.id, label: fullName(programme, p) });
  for (const { coordinator, candidates } of askedCoordinators(programme, unbound, name, today)) {
    const member = await memberOf(trx, programme.id, coordinator.id);
    if (!member) continue;
    const card = claim({ request, name, candidates: candidates.map(option) }, textsOf(localeOf(member.settings)));
    const letter = { identity: NOTICE.claim(request, coordinator.id), kind: 'claim', line: 'notices' as const };
    hints.push(...(await post(trx, maker(ctx), { ...letter, ...addressOf(member), ...drawn(card, member) })));
  }
  if (hints.length > 0) return hints;
  // No coordinator can be reached yet, as on the first day.
  for (const administrator of await administrators(trx)) {
    const card = claim({ request, name, candidates: unbound.slice(0, 20).map(option) }, strangerTexts());
    const letter = { identity: NOTICE.claim(request, administrator), kind: 'claim', line: 'notices' as const };
    hints.push(
      ...(await post(trx, maker(ctx), { ...letter, to: administrator, ...drawn(card, { programmeId: programme.id }) })),
    );
  }
  return hints;
}

const writtenIn = (event: MessageEvent | undefined): string =>
  event?.content.kind === 'text' ? event.content.text : '';

const maker = (ctx: Ctx) => ({ now: ctx.now(), newId: ctx.newId });
