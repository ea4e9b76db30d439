import { activityShown } from '../../cards/card-models.ts';
import { myRecords, RECORDS_PER_PAGE } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { evidenceCounts } from '../../store/evidence.ts';
import { countOf, latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { stateOf } from './record-cards.ts';

const SAID = /^我的?(?:记录|填报记录|填报)$|^我(?:都)?(?:报|填)[了过](?:什么|啥|哪些)$|^my records$/i;

/** 我的记录: what the sender has reported, newest first, with buttons to correct or withdraw each. Private chats only. */
export const myRecordsCommand: Command = {
  name: 'my-records',
  each: 'apart',
  match: (text) => (SAID.test(plainQuestion(text)) ? {} : undefined),
  run: async (trx, facts) => recordsPage(trx, facts, 1),
};

export function recordsPage(trx: Trx, facts: Facts, page: number): Outcome {
  if (facts.group) throw new UserError('group');
  return { say: () => drawPage(trx, facts, page) };
}

async function drawPage(trx: Trx, facts: Facts, page: number) {
  const { programme, me, t } = facts;
  const total = await countOf(trx, programme.id, me.id);
  const pages = Math.max(1, Math.ceil(total / RECORDS_PER_PAGE));
  const shown = Math.min(page, pages);
  const list = await latestOf(trx, programme.id, me.id, RECORDS_PER_PAGE, (shown - 1) * RECORDS_PER_PAGE);
  const photos = await evidenceCounts(
    trx,
    programme.id,
    list.map((a) => a.id),
  );
  const records = list.map((a) => ({
    activity: a.id,
    v: a.version,
    shown: activityShown(a, facts),
    state: stateOf(a),
    photos: photos.get(a.id) ?? 0,
  }));
  return myRecords({ records, page: shown, total }, t);
}

/** 我的记录 on any card. */
export const recordsAction: Action<'records'> = {
  name: 'records',
  run: async (trx, facts) => recordsPage(trx, facts, 1),
};
