import type { Ymd } from '../plan/dates.ts';
import type { Requirement } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { countsDays } from '../plan/secondment-days.ts';
import { requirementsOf } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import { recount } from './recount.ts';
import type { Trx } from './transaction.ts';

/** Everything that a count depends on besides the duty, the roster and the ledger; equal texts count equally. */
const ruleOf = ({ activity, also, accepts, measure }: Requirement, { holidays, terms }: Programme): string =>
  JSON.stringify([activity, also, accepts, measure, countsDays({ measure }) ? [holidays, terms] : []]);

/** A requirement whose rule of counting has changed; `activity`: the kind it asks for now, if that has changed. */
export interface ChangedRule {
  key: string;
  activity?: string;
}

/** Requirements whose count depends on the calendar. */
export const calendarRules = (programme: StoredProgramme): ChangedRule[] =>
  requirementsOf(programme).flatMap(([key, r]) => (countsDays(r) ? [{ key }] : []));

/** Every requirement whose rule of counting has changed, or whose calendar has, if it counts days. */
export function changedRules([before, now]: [StoredProgramme, StoredProgramme]): ChangedRule[] {
  const known = new Map(requirementsOf(before));
  return requirementsOf(now).flatMap(([key, r]) => {
    const old = known.get(key);
    if (!old || ruleOf(old, before) === ruleOf(r, now)) return [];
    return [{ key, ...(r.activity !== old.activity && { activity: r.activity }) }];
  });
}

/**
 * Recounts the next duties of such a requirement in the order of ids, including those met or over, since their count is shown and
 * explained by today's rule. Returns the last id; undefined at the end.
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
