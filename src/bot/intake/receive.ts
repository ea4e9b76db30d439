import type { Ctx } from '../../context.ts';
import { Busy } from '../../gate.ts';
import { parseEvent } from '../../lark/events.ts';
import type { Envelope } from '../../lark/verify.ts';
import { dispatch } from './dispatch.ts';
import { anyLanguage } from './language.ts';
import type { ClickAnswer } from './on-click.ts';

/** An event of a known type whose content does not fit; nothing was stored and sending it again will not help. */
export class Malformed extends Error {}

/**
 * From an admitted envelope to its answer, whichever way it came in. Throws Malformed, Busy, or whatever kept an event from being
 * stored: the platform then sends it again. A click that failed is answered, since a person waits and it comes only once.
 */
export async function receive(ctx: Ctx, envelope: Envelope, botOpenId: string | undefined): Promise<ClickAnswer> {
  const event = parseEvent(envelope, botOpenId);
  if (event.type === 'malformed') {
    ctx.log.warn({ eventId: event.eventId, type: event.eventType, problem: event.problem }, 'push malformed');
    throw new Malformed(`malformed ${event.eventType}`);
  }
  try {
    return await ctx.gate.pass(event.type, () => dispatch(ctx, event));
  } catch (error) {
    if (error instanceof Busy)
      ctx.log.warn({ eventId: event.eventId, type: event.type }, 'event refused: too much is under way');
    else ctx.log.error({ err: error, eventId: event.eventId, type: event.type }, 'event failed');
    if (event.type !== 'card_action') throw error;
    return { toast: anyLanguage('error', (t) => t.failed) };
  }
}
