import { type Card, cardText, notice, refused, textsOf, unknownSender, unsupported } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import { UserError } from '../errors.ts';
import type { MessageEvent } from '../lark/events.ts';
import { takeIn } from '../store/inbox.ts';
import { type Hint, planNotice, unsentOfCause } from '../store/notices.ts';
import { StaleActivity } from '../store/record.ts';
import { type Trx, transact } from '../store/transaction.ts';
import { carryOut } from './carry-out.ts';
import { commands } from './commands/index.ts';
import { type Facts, loadFacts } from './facts.ts';
import type { Command, Outcome } from './outcome.ts';
import { report } from './report.ts';

/**
 * A message came. One transaction takes it in, records what it tells and plans the answer; whatever fails, none of it is
 * stored, and the error goes up so that Feishu brings the message again.
 */
export async function onMessage(ctx: Ctx, event: MessageEvent): Promise<void> {
  if (event.sender.bot || event.sender.openId === '') return;
  const group = event.chatType === 'group';
  if (group && !event.mentionsBot) return;
  const hints = await transact(
    ctx.db,
    (trx) => takeMessage(trx, ctx, event, group),
    (ms) => ctx.log.error({ eventId: event.eventId, ms }, 'transaction open too long'),
  );
  await ctx.enqueue(hints);
}

async function takeMessage(trx: Trx, ctx: Ctx, event: MessageEvent, group: boolean): Promise<Hint[]> {
  const now = ctx.now();
  const { fresh, cause } = await takeIn(trx, [`message:${event.messageId}`, `event:${event.eventId}`], now);
  if (!fresh) return unsentOfCause(trx, cause);
  const asked = { openId: event.sender.openId, now, said: event.sentAt || now, group, cause };
  const facts = await loadFacts(trx, ctx.programmeOf, { ...asked, timezone: ctx.config.timezone, newId: ctx.newId });
  const answers: Card[] = [];
  const hints: Hint[] = [];
  if (facts) {
    for (const outcome of await decide(trx, facts, event)) {
      const done = await carryOut(trx, facts, outcome);
      hints.push(...done.hints);
      if (done.card) answers.push(done.card);
    }
  } else if (!group) answers.push(unknownSender({ again: false }, textsOf('zh-CN')));
  for (const [i, card] of answers.entries()) {
    const id = ctx.newId();
    const planned = await planNotice(trx, {
      id,
      identity: `answer:${event.messageId}:${i}`,
      kind: 'answer',
      line: 'answers',
      recipient: group ? event.chatId : event.sender.openId,
      programmeId: facts?.programme.id,
      personId: facts?.me.id,
      cause,
      dueAt: now,
      outgoing: { op: 'reply', messageId: event.messageId, card, text: cardText(card) },
    });
    if (planned) hints.push({ id, line: 'answers', attempt: 0 });
  }
  return hints;
}

/** What a message asks for. Refusals become an answer here; they change nothing, since nothing has been written yet. */
async function decide(trx: Trx, facts: Facts, event: MessageEvent): Promise<Outcome[]> {
  try {
    return await route(trx, facts, event);
  } catch (error) {
    const code = error instanceof UserError ? error.code : error instanceof StaleActivity ? 'stale' : undefined;
    if (code === undefined) throw error;
    const detail = error instanceof UserError ? error.detail : undefined;
    return [{ say: () => refused({ reason: code, detail }, facts.t) }];
  }
}

async function route(trx: Trx, facts: Facts, event: MessageEvent): Promise<Outcome[]> {
  const { content } = event;
  if (content.kind === 'sticker') return [];
  if (content.kind !== 'text' && content.kind !== 'post')
    return facts.group ? [] : [{ say: () => unsupported(facts.t) }];
  const text = content.text.trim();
  for (const command of Object.values(commands) as Command[]) {
    const args = command.match(text);
    if (args !== undefined) return [await command.run(trx, facts, args)];
  }
  const outcomes = await report(trx, facts, text);
  // In a group somebody called the bot by name, so even small talk gets a word.
  if (outcomes.length === 0 && facts.group)
    return [{ say: () => notice({ title: facts.t.talk.helpTitle, text: facts.t.talk.welcome }, facts.t) }];
  return outcomes;
}
