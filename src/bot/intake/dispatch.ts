import type { Ctx } from '../../context.ts';
import type { LarkEvent } from '../../lark/event.ts';
import { type ClickAnswer, onClick } from './on-click.ts';
import { onEvent } from './on-event.ts';
import { onMessage } from './on-message.ts';

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
