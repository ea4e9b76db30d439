import type { Ctx } from '../context.ts';
import { owedChores } from '../store/chores.ts';
import { owedNotices } from '../store/notice-sending.ts';

/** At most so many at once; the rest is found ten seconds later. */
const BATCH = 500;

/**
 * Takes up what is planned or half sent and whose job was lost: an emptied queue costs a delay, never a message. `anew`, a word
 * never used before, makes other jobs of them, since a second one under a known id is ignored: for the first look of a process (a
 * job that died with the one before it is held by the queue for up to a minute) and for a clock that was moved (the queue's was not).
 */
export async function sweep(ctx: Ctx, anew?: string): Promise<number> {
  const now = ctx.now();
  const owed = [...(await owedNotices(ctx.db, now, BATCH)), ...(await owedChores(ctx.db, now, BATCH))];
  await ctx.deliver(anew === undefined ? owed : owed.map((hint) => ({ ...hint, anew })));
  return owed.length;
}
