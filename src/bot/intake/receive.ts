import type { Ctx } from '../../context.ts';
import { Busy } from '../../intake-limit.ts';
import type { LarkEvent } from '../../lark/event.ts';
import { parseEvent } from '../../lark/events.ts';
import type { Envelope } from '../../lark/verify.ts';
import { anyLanguage } from './language.ts';
import { type ClickAnswer, onClick } from './on-click.ts';
import { onEvent } from './on-event.ts';
import { onMessage } from './on-message.ts';

/** An event of a known type whose content does not fit; nothing was stored and sending it again will not help. */
export class Malformed extends Error {}

/**
 * From an admitted envelope to its answer, whichever way it came in. Throws Malformed, Busy, or whatever kept an event from being
 * stored: the platform then sends it again. A click that failed is answered, since a person waits and it comes only once.
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
    if (error instanceof Busy)
      ctx.log.warn({ eventId: event.eventId, type: event.type }, 'event refused: too much is under way');
    else ctx.log.error({ err: error, eventId: event.eventId, type: event.type }, 'event failed');
    if (event.type !== 'card_action') throw error;
    return { toast: anyLanguage('error', (t) => t.failed) };
  }
}

/**
 * Every admitted event ends here, whichever way it came in. Resolves once what it asked for is stored; for a card callback
 * with what the client is to show. Rejects where nothing was stored: the way in then tells the platform to try again.
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
