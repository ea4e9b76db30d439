import type { Ymd } from '../plan/dates.ts';
import type { Requirement } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { countsDays } from '../plan/secondment-days.ts';
import { requirementsOf } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import { recount } from './recount.ts';
import type { Trx } from './transaction.ts';

/** All that a count rests on besides the duty itself, the roster and the ledger; equal texts count equally. */
const ruleOf = ({ activity, also, accepts, measure }: Requirement, { holidays, terms }: Programme): string =>
  JSON.stringify([activity, also, accepts, measure, countsDays({ measure }) ? [holidays, terms] : []]);

/**
 * Counts anew the duties of every requirement whose rule of counting, or whose calendar where days count, is another than
 * before: also those met or over, since their count is told and explained by the rule of today.
 */
export async function followRules(
  trx: Trx,
  [before, now]: [StoredProgramme, StoredProgramme],
  today: Ymd,
): Promise<void> {
  const known = new Map(requirementsOf(before));
  const changed = requirementsOf(now).filter(([key, r]) => {
    const old = known.get(key);
    return old && ruleOf(old, before) !== ruleOf(r, now);
  });
  for (const [key, { activity }] of changed) {
    const duties = await trx
      .selectFrom('obligation')
      .select('id')
      .where('programme_id', '=', now.id)
      .where('requirement', '=', key)
      .execute();
    if (activity !== known.get(key)!.activity)
      await trx
        .updateTable('obligation')
        .set({ activity_kind: activity })
        .where('programme_id', '=', now.id)
        .where('requirement', '=', key)
        .execute();
    await recount(
      trx,
      now,
      duties.map((d) => d.id),
      today,
    );
  }
}
