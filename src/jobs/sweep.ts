import type { Ctx } from '../context.ts';
import { owedChores } from '../store/chores.ts';
import { owedNotices } from '../store/notice-sending.ts';

/** The most notices per sweep; the rest is found ten seconds later. */
const BATCH = 500;

/**
 * Takes up notices that lost their job. `jobSuffix`, never used before, gives them new job ids, since the queue ignores a known one:
 * for a process's first look (a dead one's job is held for up to a minute) and after the clock was moved.
 */
export async function sweep(ctx: Ctx, jobSuffix?: string): Promise<number> {
  const now = ctx.now();
  const owed = [...(await owedNotices(ctx.db, now, BATCH)), ...(await owedChores(ctx.db, now, BATCH))];
  await ctx.deliver(jobSuffix === undefined ? owed : owed.map((hint) => ({ ...hint, jobSuffix })));
  return owed.length;
}
