import { forgetChores } from '../store/chores.ts';
import { planFindPeople } from '../store/find-people.ts';
import { forgetInbox, INBOX_DAYS } from '../store/inbox.ts';
import { dueRecounts, lockObligations, recount } from '../store/obligations.ts';
import { listProgrammes } from '../store/programmes.ts';
import { forgetOld } from '../store/retention.ts';
import { transact } from '../store/transaction.ts';
import { forgetUploads } from '../store/uploads.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

/** Each night: counts that a date alone changes, and what need not be remembered any longer. */
export const housekeeping: Job = {
  name: 'housekeeping',
  latestDue: atLocal('03:17'),
  run: async (ctx, instant) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(ctx.config.timezone);
    const today = zoned.toPlainDate().toString();
    for (const { id } of await listProgrammes(ctx.db)) {
      const hints = await transact(ctx.db, async (trx) => {
        const ids = await dueRecounts(trx, id, today);
        await lockObligations(trx, id, ids);
        await recount(trx, await ctx.programmeOf(trx, id), ids, today);
        // Who joined Feishu since, or had the wrong number in the list.
        return planFindPeople(trx, id, today, { now: ctx.now(), newId: ctx.newId });
      });
      await ctx.enqueue(hints);
    }
    const before = instant - INBOX_DAYS * 86_400_000;
    await transact(ctx.db, (trx) => forgetInbox(trx, before));
    await transact(ctx.db, (trx) => forgetChores(trx, before));
    await transact(ctx.db, (trx) => forgetUploads(trx, before));
    await transact(ctx.db, (trx) => forgetOld(trx, instant));
    return undefined;
  },
};
