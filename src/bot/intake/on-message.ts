import { type Card, notice, unsupported } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { documentLinks, withoutLinks } from '../../lark/document-link.ts';
import type { MessageEvent } from '../../lark/event.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { planChore } from '../../store/chores.ts';
import { takeIn } from '../../store/inbox.ts';
import { changeSettings } from '../../store/members.ts';
import { type Hint, noticeOfMessage, unsentOfCause } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { commands } from '../commands.ts';
import { fileUse } from '../files/file-use.ts';
import { adoptsPlans, keepDraft, planIn } from '../files/plan-draft.ts';
import { isCode, redeem } from '../people/first-code.ts';
import { evidenceIn, photosOf } from '../report/photos-of-message.ts';
import { report } from '../report/report.ts';
import { applyOutcome } from './apply-outcome.ts';
import type { ChoreBodies } from './chore.ts';
import { type Facts, factsFor } from './facts.ts';
import { handle, outcomesOf } from './handle.ts';
import { withNames } from './mentioned.ts';
import type { Command, Outcome } from './outcome.ts';
import { react, reply } from './reply.ts';

/**
 * A message came. One transaction takes it in, records what it tells and plans the answer; whatever fails, none of it is
 * stored, and the error goes up so that Feishu brings the message again.
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

/**
 * What a message of somebody known asks for, carried out and answered; undefined where they are not known. The message has
 * been taken in.
 */
export async function answerMessage(trx: Trx, ctx: Ctx, event: MessageEvent): Promise<Hint[] | undefined> {
  const now = ctx.now();
  const group = event.chatType === 'group';
  const cause = CAUSE.message(event.messageId);
  const known = await factsFor(trx, ctx, { openId: event.sender.openId, now, said: event.sentAt || now, group, cause });
  if (!known) return undefined;
  const [named, mentioned] = await withNames(trx, known, event);
  const quotes = event.parentId ? await causeQuoted(trx, event.parentId) : undefined;
  const { content } = event;
  const links = content.kind === 'text' || content.kind === 'post' ? documentLinks(content.text) : [];
  const facts: Facts = { ...known, mentioned, quotes, links };
  // Kept for `doctor`, which looks there for messages that never came.
  if (!group && facts.member.settings.chatId !== event.chatId)
    await changeSettings(trx, facts.member, { chatId: event.chatId });
  const answers: Card[] = [];
  let emoji: Reaction | undefined;
  const hints: Hint[] = [];
  const take = async (outcome: Outcome) => {
    const done = await applyOutcome(trx, facts, outcome);
    hints.push(...done.hints);
    if (done.card) answers.push(done.card);
    if (outcome.react) emoji = outcome.react;
  };
  const outcomes = await outcomesOf(facts, () => route(trx, facts, named));
  for (const outcome of outcomes) await take(outcome);
  // Only now: a photo beside a report belongs to the record that it made.
  if (!outcomes.some((o) => o.takesLinks)) await take(await photosOf(trx, facts, event));
  const chatId = group ? event.chatId : undefined;
  for (const [i, card] of answers.entries()) {
    const identity = NOTICE.answer(event.messageId, i);
    hints.push(...(await reply(trx, facts, { messageId: event.messageId, identity, card, chatId })));
  }
  const { messageId } = event;
  if (emoji)
    hints.push(...(await react(trx, facts, { messageId, identity: NOTICE.reaction(messageId), emoji, chatId })));
  return hints;
}

/** Under which cause a quoted message stands: a card under that of the message it answers, a report under its own. */
async function causeQuoted(trx: Trx, messageId: string): Promise<string> {
  return (await noticeOfMessage(trx, messageId))?.cause ?? CAUSE.message(messageId);
}

/** What a message asks for. */
async function route(trx: Trx, facts: Facts, event: MessageEvent): Promise<Outcome | Outcome[]> {
  const { content } = event;
  if (content.kind === 'sticker') return facts.group ? [] : { react: 'SMILE' };
  if (content.kind === 'image') return [];
  if (content.kind === 'file') {
    const { fileKey, fileName } = content;
    const { openId, newId } = facts;
    const { messageId } = event;
    const use = await fileUse(trx, facts, content);
    if (use === 'plan') {
      const body = { openId, messageId, fileKey, fileName };
      return { do: [{ what: 'chore', identity: CHORE.readPlan(messageId), kind: 'read_plan', body }] };
    }
    if (use === 'evidence') return [];
    const body = { upload: newId(), openId, messageId, fileKey, fileName };
    return { do: [{ what: 'chore', identity: CHORE.readWorkbook(messageId), kind: 'read_workbook', body }] };
  }
  if (content.kind !== 'text' && content.kind !== 'post') {
    const what = content.kind === 'other' && content.messageType !== 'merge_forward' ? 'no_words' : 'voice_or_file';
    return facts.group ? [] : [{ say: () => unsupported(facts.t, what) }];
  }
  // Invisible signs around a command would hide it.
  const text = withoutLinks(content.text.replace(/\p{Cf}/gu, '').trim());
  if (text === '' && evidenceIn(content).length > 0) return [];
  for (const command of Object.values(commands) as Command[]) {
    const args = command.match(text);
    if (args !== undefined) return command.run(trx, facts, args);
  }
  const pasted = !facts.group && adoptsPlans(facts) ? planIn(text) : undefined;
  if (pasted) return { say: () => keepDraft(trx, facts, pasted, pasted.title) };
  const outcomes = await report(trx, facts, text);
  // In a group somebody called the bot by name and said no more.
  if (text === '' && facts.group)
    return [{ say: () => notice({ title: facts.t.talk.helpTitle, text: facts.t.talk.welcome }, facts.t) }];
  return outcomes;
}
