import type { ListIds, ListView } from '../../cards/buttons.ts';
import { list, ROWS_PER_PAGE } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { activityList } from './list-activities.ts';
import { dutyList, overdueList, progressList } from './list-duties.ts';
import { inspectionList } from './list-inspections.ts';
import { noticeList } from './list-notices.ts';
import { attendanceList, rosterList, unboundList } from './list-people.ts';
import { schoolList } from './list-schools.ts';
import { confirmationList, helpList } from './list-waiting.ts';
import type { Lister } from './lister.ts';

/** Every table for coordinators and leaders, by the view its buttons carry. Each checks the policy itself. */
export const lists: Record<ListView, Lister> = {
  overdue: overdueList,
  progress: progressList,
  duties: dutyList,
  roster: rosterList,
  schools: schoolList,
  unbound: unboundList,
  records: activityList,
  attendance: attendanceList,
  confirmations: confirmationList,
  help: helpList,
  notices: noticeList,
  inspections: inspectionList,
};

/** One page of a table as an outcome: the card and its audit entry. Lists are for private chats. */
export async function showList(trx: Trx, facts: Facts, view: ListView, ids: ListIds, page: number): Promise<Outcome> {
  if (facts.group) throw new UserError('group');
  const listed = await lists[view](trx, facts, ids, { page, size: ROWS_PER_PAGE });
  return {
    do: [{ what: 'audit', entries: listed.audit ?? [] }],
    say: () => list({ view, ids, page, ...listed }, facts.t),
  };
}

/** The page as it stands after the outcome is written, for a button on it; checks the policy now. */
export async function listAgain(
  trx: Trx,
  facts: Facts,
  view: ListView,
  ids: ListIds,
  page: number,
): Promise<Required<Pick<Outcome, 'do' | 'say'>>> {
  const { do: logged = [] } = await showList(trx, facts, view, ids, page);
  return { do: logged, say: async () => (await showList(trx, facts, view, ids, page)).say?.([]) };
}

/** What a list is narrowed to, without the other fields of its buttons. */
export const idsOf = ({
  school,
  pairing,
  person,
  requirement,
  kind,
  span,
  of,
  owner,
  late,
  back,
}: ListIds): ListIds => ({
  school,
  pairing,
  person,
  requirement,
  kind,
  span,
  of,
  owner,
  late,
  back,
});

/** A table that a card leads to. */
export const listAction: Action<'list'> = {
  name: 'list',
  run: (trx, facts, { value }) => {
    return showList(trx, facts, value.view, idsOf(value), 1);
  },
};

/** 活动记录 below a list of duties: the activities of the same school, pairing, person or requirement. */
export const activitiesAction: Action<'activities'> = {
  name: 'activities',
  run: (trx, facts, { value }) => showList(trx, facts, 'records', idsOf(value), 1),
};
