import { sendCalendar } from '../calendar/send.ts';
import type { Ctx } from '../context.ts';
import { sendHooks } from '../hooks/send.ts';
import { mirrorAll } from '../mirror/mirror.ts';

/** Sends what goes out besides the chat: one round at a time, however often it is asked for; never throws. */
export function createOutward(ctx: Ctx): { run(): Promise<void>; close(): Promise<void> } {
  let running: Promise<void> | undefined;
  let closed = false;
  const round = async () => {
    try {
      const stopping = () => closed;
      await Promise.all([sendHooks(ctx, stopping), sendCalendar(ctx, stopping), mirrorAll(ctx, stopping)]);
    } catch (err) {
      ctx.log.error({ err }, 'round of outward messages failed');
    }
    running = undefined;
  };
  return {
    run: () => {
      if (!closed) running ??= round();
      return running ?? Promise.resolve();
    },
    close: async () => {
      closed = true;
      await running;
    },
  };
}
