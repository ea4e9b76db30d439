import { readPress, stamped } from '../../cards/buttons.ts';
import { drawn } from '../../cards/card-text.ts';
import type { Card } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { CardActionEvent } from '../../lark/event.ts';
import { CARE_NOTES } from '../../plan/activity.ts';
import { CAUSE } from '../../plan/identities.ts';
import { noticeOfMessage } from '../../store/notices.ts';
import { answerWithPicture, holdRedraws, lockCard, postPicture } from '../../store/pictures.ts';
import type { Trx } from '../../store/transaction.ts';
import { actions } from '../actions.ts';
import { applyOutcome } from './apply-outcome.ts';
import { type Facts, factsFor } from './facts.ts';
import { type Handled, handle, refusable } from './handle.ts';
import { inPost, wordsIn } from './in-post.ts';
import { anyLanguage } from './language.ts';
import type { Action, Outcome } from './outcome.ts';

/** The answer to a card callback: a new card, a toast, both, or nothing. */
export interface ClickAnswer {
  toast?: Outcome['toast'];
  card?: { type: 'raw'; data: Card };
}

/** Feishu shows an error after three seconds; before that we answer that it is under way and patch the card later. */
const PATIENCE_MS = 2_500;

/** Handles a button click. Feishu does not redeliver it, so the answer must come in time. */
export async function onClick(ctx: Ctx, event: CardActionEvent): Promise<ClickAnswer> {
  const { promise: patience, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, PATIENCE_MS, 'late');
  const work = refusable(
    () => handle(ctx, event, (trx) => press(trx, ctx, event)),
    ({ code, detail }): Pressed => ({
      answer: { toast: anyLanguage('error', (t) => [t.refusals[code], detail].filter(Boolean).join(' ')) },
    }),
  );
  try {
    const first = await Promise.race([work, patience]);
    if (first !== 'late') return first.answer;
  } finally {
    clearTimeout(timer);
  }
  const after = work
    .then(({ answer: { card }, late }) => card && late && patchLater(ctx, event, card.data, late.picture))
    .catch((error: unknown) => {
      ctx.log.error({ err: error, eventId: event.eventId }, 'click failed after its answer');
    });
  ctx.intake.follow(after);
  return { toast: anyLanguage('info', (t) => t.working) };
}

/** `late`: the picture version under which its card is sent if it misses the callback, unless a redraw shows the same. */
type Pressed = { answer: ClickAnswer; late?: { picture: number | undefined } };

async function press(trx: Trx, ctx: Ctx, event: CardActionEvent): Promise<Handled<Pressed>> {
  const { openId, form, messageId, chatId } = event;
  const pressed = readPress(event.value);
  if (!pressed) throw new UserError('stale');
  const action = actions[pressed.action] as Action;
  // Whether the card was sent to a group its notice knows; the callback does not.
  const sent = await noticeOfMessage(trx, messageId);
  const group = chatId !== '' && sent?.recipient === chatId;
  const { programmeId = sent?.programmeId, personId = sent?.personId } = pressed.post;
  const factsAsked = {
    openId,
    now: ctx.now(),
    cause: CAUSE.event(event.eventId),
    group,
    post: { programmeId, personId },
  };
  const facts = await factsFor(trx, ctx, { ...factsAsked, orAdministrator: action.forAdministrators });
  if (!facts) throw new UserError('not_allowed');
  const outcome = await action.run(trx, facts, { value: pressed.value, form: answersIn(form, facts), messageId });
  const { card: made, hints } = await applyOutcome(trx, facts, {
    ...outcome,
    say: outcome.say && locked(trx, messageId, outcome.say),
  });
  const toast = outcome.toast ? { toast: outcome.toast } : {};
  if (!made) {
    await holdRedraws(trx, messageId, facts.now);
    return { answer: { answer: toast }, hints };
  }
  const card = stamped(inPost(made, facts), { programmeId: facts.programme.id });
  const redraw = { messageId, by: facts.cause, to: group ? chatId : openId, ...drawn(card, {}) };
  const { late, hints: more } = await answerWithPicture(trx, facts, redraw);
  return { answer: { answer: { ...toast, card: { type: 'raw', data: card } }, late }, hints: [...hints, ...more] };
}

/** Form fields in which people write freely; the others ask for names. */
const FREE_WORDS: string[] = ['reason', 'topic', 'answer', 'items', ...CARE_NOTES];

const answersIn = (form: CardActionEvent['form'], facts: Facts): CardActionEvent['form'] =>
  Object.fromEntries(
    Object.entries(form).map(([key, answer]) => [
      key,
      typeof answer === 'string' && FREE_WORDS.includes(key) ? wordsIn(answer, facts) : answer,
    ]),
  );

/** Draws the card once no other transaction draws it, so that it shows their changes. */
const locked =
  (trx: Trx, messageId: string, say: NonNullable<Outcome['say']>): Outcome['say'] =>
  async (recorded) => {
    await lockCard(trx, messageId);
    return say(recorded);
  };

/** The card that came too late for the callback. */
const patchLater = (
  ctx: Ctx,
  { eventId, messageId, openId: to }: CardActionEvent,
  card: Card,
  picture: number | undefined,
): Promise<void> =>
  handle(ctx, { eventId }, async (trx) => {
    const redraw = { messageId, by: CAUSE.event(eventId), to, ...drawn(card, {}) };
    return { answer: undefined, hints: await postPicture(trx, { now: ctx.now(), newId: ctx.newId }, redraw, picture) };
  });
