import { UserError } from '../../errors.ts';
import type { Change } from '../intake/change.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty, reminderCard } from './own-reminder.ts';

/** 没做，不再提醒, about a period that is over: applies to every duty on its line. */
export const notDoneAction: Action<'not_done'> = {
  name: 'not_done',
  run: async (trx, facts, click) => {
    const { shown, duty } = await ownDuty(trx, facts, click);
    const { requirement, period } = duty.obligation;
    if (period.end >= facts.today) throw new UserError('stale');
    const { me, today } = facts;
    const lapsedIds = shown.parts.flatMap((part) => (part.kind === 'lapsed' ? part.obligationIds : []));
    const checkIns = lapsedIds.flatMap((id): Change[] => {
      const other = shown.duties.get(id)?.obligation;
      const sameLine =
        other?.requirement.id === requirement.id &&
        other.period.start === period.start &&
        other.period.end === period.end;
      return sameLine && other.bearerIds.includes(me.id)
        ? [{ what: 'check_in', answer: { personId: me.id, obligationId: id, on: today, answer: 'not_done' } }]
        : [];
    });
    return { do: checkIns, say: () => reminderCard(trx, facts, shown.notice) };
  },
};
