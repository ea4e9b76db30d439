import { drawn } from '../../cards/card-text.ts';
import { examplesFor } from '../../cards/examples.ts';
import { type Card, notice, welcome } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import type { LarkEvent } from '../../lark/event.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { rosterOf } from '../../plan/roster.ts';
import { planChore } from '../../store/chores.ts';
import { takeIn } from '../../store/inbox.ts';
import { addressOf, changeSettings, membersOf } from '../../store/members.ts';
import { markRead } from '../../store/notice-sending.ts';
import type { Hint } from '../../store/notices.ts';
import { post } from '../../store/post.ts';
import type { Trx } from '../../store/transaction.ts';
import { commands } from '../commands.ts';
import { onRecalled } from '../report/recall.ts';
import { commandAmong } from './among-posts.ts';
import { applyOutcome } from './apply-outcome.ts';
import type { ChoreBodies } from './chore.ts';
import { type Facts, factsFor, factsOfPosts } from './facts.ts';
import { handle } from './handle.ts';
import { answersOfPosts } from './in-post.ts';
import { strangerTexts } from './language.ts';
import type { Command } from './outcome.ts';

type Of<T extends LarkEvent['type']> = Extract<LarkEvent, { type: T }>;

type Handler<T extends LarkEvent['type']> = (trx: Trx, ctx: Ctx, event: Of<T>) => Promise<Hint[]>;

/** Events other than messages and clicks, each handled once, in one transaction. */
const handlers: { [T in LarkEvent['type']]?: Handler<T> } = {
  recalled: onRecalled,
  p2p_entered: once(entered),
  menu: once(menu),
  bot_added: once(added),
  user_deleted: once((trx, ctx, { openId }) => userLeft(trx, ctx, openId)),
  user_updated: once((trx, ctx, event) =>
    event.resigned ? userLeft(trx, ctx, event.openId) : userUpdated(trx, ctx, event),
  ),
  read: async (trx, _ctx, { messageIds }) => {
    await markRead(trx, messageIds);
    return [];
  },
};

/** Handles an event that is neither a message nor a click; false if its kind is not handled. */
export async function onEvent(ctx: Ctx, event: LarkEvent): Promise<boolean> {
  const handler = handlers[event.type] as Handler<LarkEvent['type']> | undefined;
  if (!handler) return false;
  await handle(ctx, event, async (trx) => ({ answer: undefined, hints: await handler(trx, ctx, event) }));
  return true;
}

function once<T extends LarkEvent['type']>(handler: Handler<T>): Handler<T> {
  return async (trx, ctx, event) => {
    const { fresh } = await takeIn(trx, [CAUSE.event(event.eventId)], ctx.now());
    return fresh ? handler(trx, ctx, event) : [];
  };
}

/** A user opens the chat: the first time, the bot welcomes them. It looks up a stranger, and stays silent if they are unknown. */
async function entered(trx: Trx, ctx: Ctx, event: Of<'p2p_entered'>): Promise<Hint[]> {
  const { openId, eventId } = event;
  const facts = await factsFor(trx, ctx, { openId, now: ctx.now(), cause: CAUSE.event(eventId) });
  if (!facts) return identifyLater(trx, ctx, CHORE.identifyEntered(openId), { openId });
  const { me, programme, t } = facts;
  const school = rosterOf(programme).schoolName(me.schoolId) ?? programme.name;
  // The key matches the one after a claim or a match, so that each person is welcomed once.
  const identity = NOTICE.welcome(openId, programme.id);
  const card = welcome({ name: me.name, school, examples: examplesFor(facts, t) }, t);
  return post(trx, facts, { identity, kind: 'welcome', ...addressOf(facts.member), ...drawn(card, facts.member) });
}

/** A menu item's key is a command, by name or as people type it. */
async function menu(trx: Trx, ctx: Ctx, event: Of<'menu'>): Promise<Hint[]> {
  const { openId, eventKey, eventId } = event;
  const cause = CAUSE.event(eventId);
  const posts = await factsOfPosts(trx, ctx, { openId, now: ctx.now(), cause });
  if (posts.length === 0) return identifyLater(trx, ctx, CHORE.identifyEntered(openId), { openId });
  const found = commandOf(eventKey);
  if (!found) {
    ctx.log.warn({ eventKey }, 'menu key is not a command');
    return [];
  }
  const hints: Hint[] = [];
  const answers: { card: Card; facts: Facts }[] = [];
  const work = (facts: Facts) => found.command.run(trx, facts, found.args);
  const { decided, together } = await commandAmong(trx, posts, found, work);
  for (const { facts, outcome } of decided) {
    const done = await applyOutcome(trx, facts, outcome);
    hints.push(...done.hints);
    if (done.card) answers.push({ card: done.card, facts });
  }
  for (const [i, { card, facts }] of answersOfPosts(answers, together).entries()) {
    const identity = NOTICE.answer(cause, i);
    const letter = { identity, kind: 'answer', cause, ...addressOf(facts.member), ...drawn(card, facts.member) };
    hints.push(...(await post(trx, facts, letter)));
  }
  return hints;
}

/** Commands that a menu may call by name alone; the others need words with them. */
const ALONE = new Set(
  'help my-tasks my-records report withdraw overdue notices nudge attend confirm export'.split(' '),
);

function commandOf(key: string): { command: Command; args: unknown } | undefined {
  const name = key.trim().replaceAll('_', '-');
  for (const command of Object.values(commands) as Command[]) {
    const args = command.match(key.trim()) ?? (command.name === name && ALONE.has(name) ? {} : undefined);
    if (args !== undefined) return { command, args };
  }
  return undefined;
}

async function added(trx: Trx, ctx: Ctx, { chatId, openId }: Of<'bot_added'>): Promise<Hint[]> {
  const [member] = openId ? await membersOf(trx, openId) : [];
  const t = strangerTexts(member?.settings.locale === 'en-US' ? 'en' : '');
  const card: Card = notice({ title: t.talk.helpTitle, text: t.groupWelcome }, t);
  const letter = {
    identity: NOTICE.group(chatId),
    kind: 'welcome',
    op: 'post' as const,
    to: chatId,
    ...drawn(card, {}),
  };
  return post(trx, { now: ctx.now(), newId: ctx.newId }, letter);
}

/** The user left the organisation: nothing is sent to them any more, and their new account may be bound instead. */
async function userLeft(trx: Trx, ctx: Ctx, openId: string): Promise<Hint[]> {
  for (const member of await membersOf(trx, openId))
    if (!member.settings.unreachableSince) await changeSettings(trx, member, { unreachableSince: ctx.now() });
  return [];
}

/** A profile changed: someone out of reach may be reachable again, and a stranger may now match a roster. */
async function userUpdated(trx: Trx, ctx: Ctx, { openId, eventId }: Of<'user_updated'>): Promise<Hint[]> {
  const members = await membersOf(trx, openId);
  for (const member of members)
    if (member.settings.unreachableSince) await changeSettings(trx, member, { unreachableSince: undefined });
  return members.length > 0 ? [] : identifyLater(trx, ctx, CHORE.identify(CAUSE.event(eventId)), { openId });
}

const identifyLater = (trx: Trx, ctx: Ctx, identity: string, body: ChoreBodies['identify']): Promise<Hint[]> =>
  planChore(trx, { id: ctx.newId(), identity, kind: 'identify', body }, ctx.now());
