import type { Ctx } from '../context.ts';
import { owedChores } from '../store/chores.ts';
import { owedNotices } from '../store/notices.ts';

/** At most so many at once; the rest is found ten seconds later. */
const BATCH = 500;

/** Takes up what is planned or half sent and whose job was lost: an emptied queue costs a delay, never a message. */
export async function sweep(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  const owed = [...(await owedNotices(ctx.db, now, BATCH)), ...(await owedChores(ctx.db, now, BATCH))];
  await ctx.enqueue(owed);
  return owed.length;
}
