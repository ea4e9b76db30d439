import { list as listCard, ROWS_PER_PAGE } from '../../cards/index.ts';
import { LIST_VIEWS, type ListView } from '../../cards/lists.ts';
import { UserError } from '../../errors.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { activityList } from './list-activities.ts';
import { dutyList, overdue, progress } from './list-duties.ts';
import { notices } from './list-notices.ts';
import { attendance, roster, unbound } from './list-people.ts';
import { confirmations, helpWanted } from './list-waiting.ts';
import type { Ids, Lister } from './lister.ts';

/** Every table of coordinators and leaders, by the view its buttons carry. Each asks the policy itself. */
export const lists: Partial<Record<ListView, Lister>> = {
  overdue,
  progress,
  duties: dutyList,
  roster,
  unbound,
  records: activityList,
  attendance,
  confirmations,
  help: helpWanted,
  notices,
};

/** One page of a table as an outcome: the card, and what the log of looks is told. Lists are for private chats. */
export async function showList(trx: Trx, facts: Facts, view: ListView, ids: Ids, page: number): Promise<Outcome> {
  if (facts.group) throw new UserError('group');
  const lister = lists[view];
  if (!lister) throw new UserError('stale');
  const listed = await lister(trx, facts, ids, { page, size: ROWS_PER_PAGE });
  return {
    do: [{ what: 'audit', entries: listed.audit ?? [] }],
    say: () => listCard({ view, ids, page, ...listed }, facts.t),
  };
}

/** The page as it stands once the outcome is carried out, for a button on it; asks the policy now. */
export async function listAgain(
  trx: Trx,
  facts: Facts,
  view: ListView,
  ids: Ids,
  page: number,
): Promise<Required<Pick<Outcome, 'do' | 'say'>>> {
  const at = Number.isInteger(page) && page > 0 ? page : 1;
  const { do: logged = [] } = await showList(trx, facts, view, ids, at);
  return { do: logged, say: async () => (await showList(trx, facts, view, ids, at)).say?.([]) };
}

export const viewOf = (value: unknown): ListView | undefined => LIST_VIEWS.find((v) => v === value);

/** The ids that a list's buttons carry, as text; anything else in the value is nothing to us. */
export function idsOf(value: Record<string, unknown>): Ids {
  const names = ['school', 'pairing', 'person', 'requirement', 'span', 'of'];
  return Object.fromEntries(
    names.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]] as const] : [])),
  );
}

/** A table that a card leads to. */
export const listAction: Action = {
  name: 'list',
  run: (trx, facts, { value }) => {
    const view = viewOf(value.view);
    if (!view) throw new UserError('stale');
    return showList(trx, facts, view, idsOf(value), 1);
  },
};

/** 活动记录 below a list of duties: what was done, of the same school, pairing, person or requirement. */
export const activitiesAction: Action = {
  name: 'activities',
  run: (trx, facts, { value }) => showList(trx, facts, 'records', idsOf(value), 1),
};
