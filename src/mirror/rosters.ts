import type { Ctx } from '../context.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { CHORE } from '../plan/identities.ts';
import { planChore } from '../store/chores.ts';
import { BASE_LISTS, listRosterBases, saveRosterBase } from '../store/roster-bases.ts';
import { transact } from '../store/transaction.ts';

/**
 * Checks whether lists that are kept in a Base have changed since they were read, with one call for each Base (two in a wiki); reads
 * changed lists again and shows them to the person who named the Base.
 */
export async function pollRosters(ctx: Ctx): Promise<void> {
  for (const base of await listRosterBases(ctx.db)) {
    if (ctx.quota.sparesComparing()) return;
    try {
      await ctx.pace.turn('listTables');
      const tables = (await ctx.lark.listTables(await ctx.lark.baseToken(base.place))).filter((t) =>
        BASE_LISTS.includes(t.name),
      );
      const seen = Object.fromEntries(tables.map((t) => [t.tableId, t.revision]));
      if (JSON.stringify(seen) === JSON.stringify(base.seen)) continue;
      const { programmeId, openId, messageId, place } = base;
      const id = ctx.newId();
      const body = {
        upload: id,
        openId,
        programmeId,
        messageId,
        fileKey: '',
        fileName: '',
        base: place,
        quiet: true,
      };
      const hints = await transact(ctx.db, async (trx) => {
        await saveRosterBase(trx, { ...base, seen });
        return planChore(trx, { id, identity: CHORE.readWorkbook(id), kind: 'read_workbook', body }, ctx.now());
      });
      await ctx.deliver(hints);
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      ctx.log.warn({ code: error.code, advice: error.advice }, 'a Base with lists cannot be read');
    }
  }
}
