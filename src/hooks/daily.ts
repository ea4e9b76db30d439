import type { Ctx } from '../context.ts';
import { dayAt } from '../plan/clock.ts';
import { addDays, type Ymd } from '../plan/dates.ts';
import { type Happening, listHooks, newlyLate, planDeliveries } from '../store/hooks.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { readSummary } from '../store/summary.ts';
import { transact } from '../store/transaction.ts';

/** Under this name the store keeps the last day that hooks were notified of. */
const NOTIFIED_ON = 'hooks-told-on';
/** After a longer silence, hooks are not notified of the past. */
const MOST_DAYS = 14;

/** Notifies the hooks of what a new day changes: duties late from today on, and terms that have ended. */
export async function notifyHooksDaily(ctx: Ctx, instant: number): Promise<void> {
  const today = dayAt(instant, ctx.config.timezone);
  if ((await listHooks(ctx.db)).length === 0) return;
  const before = await readMeta(ctx.db, NOTIFIED_ON);
  const [, first = today] = [addDays(today, 1 - MOST_DAYS), before ? addDays(before, 1) : today].sort();
  for (const { id } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    for (let day = first; day <= today; day = addDays(day, 1)) {
      const dayBefore = addDays(day, -1);
      const happened = [
        ...(await newlyLate(ctx.db, id, day, dayBefore)),
        ...(await closedTerms(ctx, programme, dayBefore)),
      ];
      await transact(ctx.db, (trx) => planDeliveries(trx, id, happened, ctx.now()));
    }
  }
  await transact(ctx.db, (trx) => writeMeta(trx, NOTIFIED_ON, today));
}

async function closedTerms({ db }: Ctx, programme: StoredProgramme, lastDay: Ymd): Promise<Happening[]> {
  const ended = programme.terms.filter((t) => t.end === lastDay);
  const all: Happening[] = [];
  for (const { name, start, end } of ended) {
    const query = { realm: { kind: 'programme' as const }, span: 'term' as const, by: 'requirement' as const };
    const figures = await readSummary(db, programme, { ...query, today: end });
    const data = { term: { name, start, end }, obligations: figures?.total.counts };
    all.push({ event: 'term_closed', key: `${programme.id}|${end}`, data });
  }
  return all;
}
