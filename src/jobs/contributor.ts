import { CONTRIBUTORS, merged, type NoticeKind } from '../plan/notices/index.ts';
import type { Runnable } from './job.ts';
import { previewReminders, remind } from './remind.ts';

/** One contributor to the morning card, for an operator to run alone. It shares the card of the day, so each person gets one. */
export function contributor(kind: NoticeKind): Runnable {
  const contribute: Parameters<typeof remind>[3] = (facts, at) => merged(CONTRIBUTORS[kind](facts, at));
  return {
    name: kind,
    run: async (ctx, instant) => `${await remind(ctx, kind, instant, contribute)} cards planned`,
    preview: (ctx, instant) => previewReminders(ctx, kind, instant, contribute),
  };
}
