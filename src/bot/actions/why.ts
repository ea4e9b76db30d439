import { why as whyCard } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { credit } from '../../plan/credit.ts';
import { checkpointsOf, standing } from '../../plan/standing.ts';
import { activitiesOfObligation, obligationsById, obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../facts.ts';
import type { Action } from '../outcome.ts';
import { feedKeysOf } from '../own-duties.ts';
import { activityShown, dutyShown } from '../shown.ts';

/** 为什么: which clause asks for it, and what was counted towards it or was not, each with its reason. */
export const why: Action = {
  name: 'why',
  run: async (trx, facts, { value }) => {
    const id = typeof value.obligation === 'string' ? value.obligation : '';
    const [counted] = await obligationsById(trx, facts.programme, [id]);
    if (!counted) throw new UserError('gone');
    const { period } = counted.obligation;
    const mine = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), period);
    if (!mine.some((c) => c.obligation.id === id)) throw new UserError('not_allowed');
    return { say: () => explain(trx, facts, counted.obligation) };
  },
};

async function explain(trx: Trx, facts: Facts, o: Parameters<typeof activitiesOfObligation>[2]) {
  const { programme, today } = facts;
  const activities = await activitiesOfObligation(trx, programme, o);
  const came = credit(o, activities, programme, today);
  const now = standing(o, came.done, today);
  const byId = new Map(activities.map((a) => [a.id, a]));
  const plan = programme.plans.find((use) => use.plan.id === o.planId)?.plan;
  return whyCard(
    {
      title: o.requirement.title,
      subject: dutyShown({ obligation: o, done: came.done }, facts).subject,
      pupil: o.subject.kind === 'care',
      plan: plan?.title ?? o.planId,
      basis: o.requirement.basis,
      period: o.period,
      target: o.target,
      done: came.done,
      measure: o.requirement.measure,
      assumed: o.requirement.assumed,
      state: now.state,
      reason: now.reason,
      checkpoints: checkpointsOf(o).map(({ date, wanted }) => ({ date, met: came.done >= wanted })),
      counted: came.counted.map((id) => activityShown(byId.get(id)!, facts)),
      notCounted: came.notCounted
        .filter(({ activityId }) => byId.get(activityId)!.date >= o.period.start)
        .map(({ activityId, reason }) => ({ activity: activityShown(byId.get(activityId)!, facts), reason })),
      group: facts.group,
    },
    facts.t,
  );
}
