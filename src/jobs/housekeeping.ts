import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { notifyHooksDaily } from '../hooks/daily.ts';
import { dayAt } from '../plan/clock.ts';
import { forgetChores } from '../store/chores.ts';
import { planFindPeople } from '../store/find-people.ts';
import { followCalendar } from '../store/follow-calendar.ts';
import { forgetInbox } from '../store/inbox.ts';
import { listProgrammes } from '../store/programmes.ts';
import { dueRecounts, recount } from '../store/recount.ts';
import { forgetOld, keptSince } from '../store/retention.ts';
import { followHandovers } from '../store/sync.ts';
import { transact } from '../store/transaction.ts';
import { forgetUploads } from '../store/uploads.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

/** Removes files of a directory that were last written before an instant (epoch milliseconds); a missing directory is fine. */
async function removeOlder(dir: string, before: number): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const path = join(dir, name);
    // A file that was just sent may disappear between listing and stat.
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
}

/** Each night: updates counts and bearers that change by date alone, and removes expired data. */
export const housekeepingJob: Job = {
  name: 'housekeeping',
  latestDue: atLocal('03:17'),
  run: async (ctx, instant) => {
    const today = dayAt(instant, ctx.config.timezone);
    for (const { id } of await listProgrammes(ctx.db)) {
      const hints = await transact(ctx.db, async (trx) => {
        const programme = await ctx.programmeOf(trx, id);
        await recount(trx, programme, await dueRecounts(trx, id, today), today);
        await followHandovers(trx, programme, today);
        // Finds people who have joined Feishu since, or had the wrong number in the list.
        const at = { now: ctx.now(), today, newId: ctx.newId };
        return [...(await planFindPeople(trx, id, today, at)), ...(await followCalendar(trx, programme, at))];
      });
      await ctx.deliver(hints);
    }
    await notifyHooksDaily(ctx, instant);
    const before = keptSince('inbox', instant);
    await transact(ctx.db, (trx) => forgetInbox(trx, before));
    await transact(ctx.db, (trx) => forgetChores(trx, before));
    await transact(ctx.db, (trx) => forgetUploads(trx, before));
    await transact(ctx.db, (trx) => forgetOld(trx, instant));
    await removeOlder(join(ctx.config.dataDir, 'exports'), keptSince('exports', instant));
    return undefined;
  },
};
