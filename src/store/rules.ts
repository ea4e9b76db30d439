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

/** A requirement whose duties are counted by another rule than before; `activity`: the kind it asks for now, where that is another. */
export interface ChangedRule {
  key: string;
  activity?: string;
}

/** Every requirement whose rule of counting, or whose calendar where days count, is another than before. */
export function changedRules([before, now]: [StoredProgramme, StoredProgramme]): ChangedRule[] {
  const known = new Map(requirementsOf(before));
  return requirementsOf(now).flatMap(([key, r]) => {
    const old = known.get(key);
    if (!old || ruleOf(old, before) === ruleOf(r, now)) return [];
    return [{ key, ...(r.activity !== old.activity && { activity: r.activity }) }];
  });
}

/**
 * Counts some duties of such a requirement anew, the next in the order of ids: also those met or over, since their count is told and
 * explained by the rule of today. Returns the last id, undefined where there are no more.
 */
export async function followRule(
  trx: Trx,
  programme: StoredProgramme,
  { key, activity }: ChangedRule,
  after: string,
  today: Ymd,
): Promise<string | undefined> {
  const rows = await trx
    .selectFrom('obligation')
    .select('id')
    .where('programme_id', '=', programme.id)
    .where('requirement', '=', key)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const ids = rows.map((row) => row.id);
  if (activity !== undefined && ids.length > 0)
    await trx
      .updateTable('obligation')
      .set({ activity_kind: activity })
      .where('programme_id', '=', programme.id)
      .where('id', 'in', ids)
      .execute();
  await recount(trx, programme, ids, today);
  return ids.length < PAGE ? undefined : ids.at(-1);
}

const PAGE = 500;
