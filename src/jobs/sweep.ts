import type { Ctx } from '../context.ts';
import { owedNotices } from '../store/notices.ts';

/** At most so many at once; the rest is found ten seconds later. */
const BATCH = 500;

/** Takes up what is planned or half sent and whose job was lost: an emptied queue costs a delay, never a message. */
export async function sweep(ctx: Ctx): Promise<number> {
  const owed = await owedNotices(ctx.db, ctx.now(), BATCH);
  await ctx.enqueue(owed);
  return owed.length;
}
