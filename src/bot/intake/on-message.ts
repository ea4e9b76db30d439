import type { Card } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { documentLinks } from '../../lark/document-link.ts';
import type { MessageEvent } from '../../lark/event.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { planChore } from '../../store/chores.ts';
import { takeIn } from '../../store/inbox.ts';
import { changeSettings } from '../../store/members.ts';
import { type Hint, noticeOfMessage, unsentOfCause } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { isCode, redeem } from '../people/first-code.ts';
import { photosOf } from '../report/photos-of-message.ts';
import { amongPosts, type DecidedPosts, type Quoted, type SaidInPost } from './among-posts.ts';
import { applyOutcome } from './apply-outcome.ts';
import type { ChoreBodies } from './chore.ts';
import { type Facts, factsOfPosts, isHeld } from './facts.ts';
import { handle } from './handle.ts';
import { answersOfPosts } from './in-post.ts';
import { withNames } from './mentioned.ts';
import { react, reply } from './reply.ts';

/**
 * Handles a message. One transaction takes it in, records what it reports and plans the answer; if anything fails, nothing is
 * stored, and the error propagates so that Feishu redelivers the message.
 */
export async function onMessage(ctx: Ctx, event: MessageEvent): Promise<void> {
  if (event.sender.bot || event.sender.openId === '') return;
  const group = event.chatType === 'group';
  if (group && !event.mentionsBot) return;
  await handle(ctx, event, async (trx) => ({ answer: undefined, hints: await takeMessage(trx, ctx, event, group) }));
}

async function takeMessage(trx: Trx, ctx: Ctx, event: MessageEvent, group: boolean): Promise<Hint[]> {
  const now = ctx.now();
  const { fresh, cause } = await takeIn(trx, [CAUSE.message(event.messageId), CAUSE.event(event.eventId)], now);
  if (!fresh) return unsentOfCause(trx, cause);
  const { openId } = event.sender;
  if (event.content.kind === 'text' && isCode(event.content.text)) return redeem(trx, ctx, event, event.content.text);
  const hints = await answerMessage(trx, ctx, event);
  if (hints || group) return hints ?? [];
  const body: ChoreBodies['identify'] = { openId, event };
  const identity = CHORE.identify(CAUSE.message(event.messageId));
  return planChore(trx, { id: ctx.newId(), identity, kind: 'identify', body }, now);
}

/** Carries out and answers a message that has been taken in; undefined if its sender is unknown. */
export async function answerMessage(trx: Trx, ctx: Ctx, event: MessageEvent): Promise<Hint[] | undefined> {
  const now = ctx.now();
  const group = event.chatType === 'group';
  const { messageId } = event;
  const cause = CAUSE.message(messageId);
  const factsAsked = { openId: event.sender.openId, now, said: event.sentAt || now, group, cause };
  const posts = await factsOfPosts(trx, ctx, factsAsked);
  const [known] = posts;
  if (!known) return undefined;
  const quoted = event.parentId ? await quotedCard(trx, event.parentId) : undefined;
  const { content } = event;
  const links = content.kind === 'text' || content.kind === 'post' ? documentLinks(content.text) : [];
  const all: SaidInPost[] = [];
  for (const post of posts) {
    const [named, mentioned] = await withNames(trx, post, event);
    all.push({ facts: { ...post, mentioned, quotes: quoted?.cause, links }, event: named });
  }
  // Kept for `doctor`, which uses it to detect messages that never arrived.
  if (!group && known.member.settings.chatId !== event.chatId)
    await changeSettings(trx, known.member, { chatId: event.chatId });
  const answers: { card: Card; facts: Facts }[] = [];
  let emoji: Reaction | undefined;
  const hints: Hint[] = [];
  const carryOut = async ({ facts, outcome }: DecidedPosts) => {
    const done = await applyOutcome(trx, facts, outcome);
    hints.push(...done.hints);
    if (done.card) answers.push({ card: done.card, facts });
    if (outcome.react) emoji = outcome.react;
  };
  const { decided, meant, together } = await amongPosts(trx, all, quoted);
  for (const one of decided) await carryOut(one);
  // Must come last: a photo beside a report belongs to the record that it made.
  if (!decided.some(({ outcome }) => outcome.takesLinks))
    await carryOut({ facts: meant, outcome: await photosOf(trx, meant, event) });
  const chatId = group ? event.chatId : undefined;
  for (const [i, { card, facts }] of answersOfPosts(answers, together).entries()) {
    const identity = NOTICE.answer(messageId, i);
    hints.push(...(await reply(trx, facts, { messageId, identity, card, chatId })));
  }
  if (emoji)
    hints.push(...(await react(trx, meant, { messageId, identity: NOTICE.reaction(messageId), emoji, chatId })));
  if (!group && !isHeld(known, known.today)) hints.push(...(await findNewPost(trx, known)));
  return hints;
}

/** All posts of the writer have ended: looks for a new one, once a day, after the answer. */
const findNewPost = (trx: Trx, { openId, today, newId, now }: Facts): Promise<Hint[]> =>
  planChore(
    trx,
    { id: newId(), identity: CHORE.identify(CAUSE.posts(openId, today)), kind: 'identify', body: { openId } },
    now,
  );

/** The cause a quoted message belongs to: a card's is the message it answers, a report's is its own. */
async function quotedCard(trx: Trx, messageId: string): Promise<Quoted> {
  const { cause, programmeId, personId } = (await noticeOfMessage(trx, messageId)) ?? {};
  return { cause: cause ?? CAUSE.message(messageId), post: { programmeId, personId } };
}
