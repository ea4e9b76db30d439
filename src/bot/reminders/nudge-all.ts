import { UserError } from '../../errors.ts';
import { may } from '../../plan/policy.ts';
import { noticeOfMessage } from '../../store/notices.ts';
import { readReminder } from '../../store/reminder-model.ts';
import type { Trx } from '../../store/transaction.ts';
import { allLate } from '../insight/list-duties.ts';
import { listAgain } from '../insight/lists.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { nudging } from './nudging.ts';
import { digestAgain } from './reminders.ts';

/** 全部催办: everybody on the digest, or everybody late where one coordinates, but for those nudged within two days. */
export const nudgeAll: Action = {
  name: 'nudge_all',
  run: async (trx, facts, { value, messageId }) => {
    if (value.view === 'overdue')
      return {
        ...(await nudging(trx, facts, await allLate(trx, facts))),
        ...(await listAgain(trx, facts, 'overdue', {}, Number(value.page))),
      };
    return {
      ...(await nudging(trx, facts, await onDigest(trx, facts, messageId))),
      say: () => digestAgain(trx, facts, messageId),
    };
  },
};

/** Whom a digest names, as it stands now. Throws stale where the message is no digest of this reader. */
async function onDigest(trx: Trx, { programme, me, today }: Facts, messageId: string): Promise<string[]> {
  const notice = await noticeOfMessage(trx, messageId);
  const shown = notice && (await readReminder(trx, programme, notice.id, today));
  if (!shown || shown.me.id !== me.id) throw new UserError('stale');
  const people = shown.parts.flatMap((p) => (p.kind === 'coordinator-digest' ? p.people.map((o) => o.personId) : []));
  return people.filter((id) => may(me, 'remind', { kind: 'person', id }, programme));
}
