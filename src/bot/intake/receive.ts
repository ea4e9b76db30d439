import type { Ctx } from '../../context.ts';
import { Busy } from '../../intake-limit.ts';
import type { LarkEvent } from '../../lark/event.ts';
import { parseEvent } from '../../lark/events.ts';
import type { Envelope } from '../../lark/verify.ts';
import { anyLanguage } from './language.ts';
import { type ClickAnswer, onClick } from './on-click.ts';
import { onEvent } from './on-event.ts';
import { onMessage } from './on-message.ts';

/** An event of a known type with invalid content; nothing was stored, and redelivery will not help. */
export class Malformed extends Error {}

/**
 * From an admitted envelope to its answer, by either transport. Throws Malformed, Busy, or whatever kept an event from being
 * stored: the platform then redelivers. A failed click is answered, since a person waits and it comes only once.
 */
export async function receive(ctx: Ctx, envelope: Envelope, botOpenId: string | undefined): Promise<ClickAnswer> {
  ctx.tap.note({ what: 'event', ...envelope });
  const event = parseEvent(envelope, botOpenId);
  if (event.type === 'malformed') {
    ctx.log.warn({ eventId: event.eventId, type: event.eventType, problem: event.problem }, 'push malformed');
    throw new Malformed(`malformed ${event.eventType}`);
  }
  try {
    return await ctx.intake.pass(event.type, () => dispatch(ctx, event));
  } catch (error) {
    if (error instanceof Busy) ctx.log.warn({ eventId: event.eventId, type: event.type }, 'event refused: overloaded');
    else ctx.log.error({ err: error, eventId: event.eventId, type: event.type }, 'event failed');
    if (event.type !== 'card_action') throw error;
    return { toast: anyLanguage('error', (t) => t.failed) };
  }
}

/**
 * Every admitted event ends here, by either transport. Resolves once its results are stored; for a card callback with what the
 * client is to show. Rejects if nothing was stored: the transport then asks the platform to retry.
 */
export async function dispatch(ctx: Ctx, event: LarkEvent): Promise<ClickAnswer> {
  switch (event.type) {
    case 'message':
      await onMessage(ctx, event);
      return {};
    case 'card_action':
      return onClick(ctx, event);
    default:
      if (!(await onEvent(ctx, event))) ctx.log.debug({ eventId: event.eventId, type: event.type }, 'event ignored');
      return {};
  }
}
