import type { Ctx } from '../context.ts';
import { owedChores } from '../store/chores.ts';
import { owedNotices } from '../store/notice-sending.ts';

/** The most notices per sweep; the rest is found ten seconds later. */
const BATCH = 500;

/**
 * Takes up notices that are planned or half sent and lost their job: an emptied queue costs a delay, never a message. `anew`, a word never
 * used before, gives them new job ids, since the queue ignores a known one: for a process's first look (the queue holds a dead process's
 * job for up to a minute) and after the clock was moved (the queue's own was not).
 */
export async function sweep(ctx: Ctx, anew?: string): Promise<number> {
  const now = ctx.now();
  const owed = [...(await owedNotices(ctx.db, now, BATCH)), ...(await owedChores(ctx.db, now, BATCH))];
  await ctx.deliver(anew === undefined ? owed : owed.map((hint) => ({ ...hint, anew })));
  return owed.length;
}
