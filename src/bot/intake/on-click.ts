import { type Card, cardText } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { CardActionEvent } from '../../lark/event.ts';
import { type Hint, planNotice } from '../../store/notices.ts';
import { StaleActivity } from '../../store/record.ts';
import { type Trx, transact } from '../../store/transaction.ts';
import { actions } from '../actions.ts';
import { carryOut } from './apply-outcome.ts';
import { loadFacts, operatorFacts } from './facts.ts';
import { anyLanguage } from './language.ts';
import type { Action, Outcome } from './outcome.ts';

/** The answer to a card callback: a new card, a line shown for a moment, both, or nothing. */
export interface ClickAnswer {
  toast?: Outcome['toast'];
  card?: { type: 'raw'; data: Card };
}

/** Feishu shows an error after three seconds; before that we say that it is under way and patch the card later. */
const PATIENCE_MS = 2_500;

/** A button was pressed. The action runs in one transaction; there is no second delivery, so the answer must come in time. */
export async function onClick(ctx: Ctx, event: CardActionEvent): Promise<ClickAnswer> {
  const { promise: patience, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, PATIENCE_MS, 'late');
  const work = transact(
    ctx.db,
    (trx) => press(trx, ctx, event),
    (ms) => ctx.log.error({ eventId: event.eventId, ms }, 'transaction open too long'),
  );
  try {
    const first = await Promise.race([work, patience]);
    if (first !== 'late') {
      await ctx.enqueue(first.hints);
      return first.answer;
    }
  } finally {
    clearTimeout(timer);
  }
  const after = work
    .then((done) => patchLater(ctx, event, done))
    .catch((error: unknown) => {
      ctx.log.error({ err: error, eventId: event.eventId }, 'click failed after its answer');
    });
  ctx.gate.follow(after);
  return { toast: anyLanguage('info', (t) => t.working) };
}

async function press(trx: Trx, ctx: Ctx, event: CardActionEvent): Promise<{ answer: ClickAnswer; hints: Hint[] }> {
  const now = ctx.now();
  const refuse = (code: UserError['code'], detail?: string): { answer: ClickAnswer; hints: Hint[] } => ({
    answer: { toast: anyLanguage('error', (t) => [t.refusals[code], detail].filter(Boolean).join(' ')) },
    hints: [],
  });
  const name = event.value.action;
  const action =
    typeof name === 'string' && Object.hasOwn(actions, name) ? (actions as Record<string, Action>)[name] : undefined;
  if (!action) return refuse('stale');
  const asked = { openId: event.openId, now, said: now, cause: `event:${event.eventId}` };
  const load = action.forAdministrators ? operatorFacts : loadFacts;
  const facts = await load(trx, ctx.programmeOf, {
    ...asked,
    group: event.chatId !== '' && (await isGroup(trx, event)),
    timezone: ctx.config.timezone,
    newId: ctx.newId,
  });
  if (!facts) return refuse('not_allowed');
  try {
    const outcome = await action.run(trx, facts, { value: event.value, form: event.form, messageId: event.messageId });
    const { card, hints } = await carryOut(trx, facts, outcome);
    return {
      answer: {
        ...(outcome.toast ? { toast: outcome.toast } : {}),
        ...(card ? { card: { type: 'raw', data: card } } : {}),
      },
      hints,
    };
  } catch (error) {
    if (error instanceof UserError) return refuse(error.code, error.detail);
    if (error instanceof StaleActivity) return refuse('stale');
    throw error;
  }
}

/** Whether the card was sent to a group: its notice knows, the callback does not. */
async function isGroup(trx: Trx, event: CardActionEvent): Promise<boolean> {
  const row = await trx
    .selectFrom('notice')
    .select('recipient')
    .where('message_id', '=', event.messageId)
    .executeTakeFirst();
  return row?.recipient === event.chatId;
}

async function patchLater(
  ctx: Ctx,
  event: CardActionEvent,
  done: { answer: ClickAnswer; hints: Hint[] },
): Promise<void> {
  const card = done.answer.card?.data;
  const hints = [...done.hints];
  if (card) {
    const id = ctx.newId();
    const now = ctx.now();
    await transact(ctx.db, (trx) =>
      planNotice(trx, {
        id,
        identity: `patch:${event.messageId}:event:${event.eventId}`,
        kind: 'redraw',
        line: 'answers',
        recipient: event.openId,
        dueAt: now + 1_000,
        outgoing: { op: 'patch', messageId: event.messageId, card, text: cardText(card) },
      }),
    );
    hints.push({ id, line: 'answers', attempt: 0, delayMs: 1_000 });
  }
  await ctx.enqueue(hints);
}
