import { activityShown, dutyShown } from '../../cards/card-models.ts';
import { type Card, why } from '../../cards/index.ts';
import { explain } from '../../plan/explain.ts';
import type { Obligation, Standing } from '../../plan/obligation.ts';
import { placesOf } from '../../plan/places.ts';
import type { SubjectKind } from '../../plan/plan.ts';
import { may } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import type { Excuse } from '../../plan/reasons.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Counted } from '../../store/obligations.ts';
import { activitiesOfObligation } from '../../store/recount.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/**
 * 为什么, as a card: the clause, the period, the checkpoints, and why each record did or did not count. `others`: the same duty
 * towards others, named with their counts.
 */
export async function explanationCard(trx: Trx, facts: Facts, o: Obligation, others: Counted[] = []): Promise<Card> {
  const { programme, today, t, group } = facts;
  const e = explain(o, await activitiesOfObligation(trx, programme, o), programme, today);
  const plan = programme.plans.find((use) => use.plan.id === o.planId)?.plan;
  return why(
    {
      title: e.title,
      subject: dutyShown({ obligation: o, done: e.standing.done }, facts).subject,
      pupil: o.subject.kind === 'care',
      plan: plan?.title ?? o.planId,
      basis: o.requirement.basis,
      period: e.period,
      target: e.target,
      measure: o.requirement.measure,
      assumed: e.assumed,
      standing: standingShown(e.standing, facts),
      checkpoints: e.checkpoints.map(({ date, reached }) => ({ date, met: reached })),
      counted: e.counted.map((a) => activityShown(a, facts)),
      notCounted: e.notCounted
        .filter(({ activity }) => (activity.dateTo ?? activity.date) >= o.period.start)
        .map((n) => ({ activity: activityShown(n.activity, facts), reason: n.reason })),
      group,
      personal: PERSONAL.includes(o.subject.kind),
      others: others.map((c) => dutyShown(c, facts)),
    },
    t,
  );
}

/** Only the person concerned sees their own standing. */
const PERSONAL: SubjectKind[] = ['teacher', 'leader', 'principal', 'mentorship', 'care'];

/** Removes pupils' names that an excuse in free text may hold and the reader may not see. */
function standingShown(standing: Standing, facts: Facts): Standing {
  if (standing.state !== 'waived') return standing;
  const shown = (x: Excuse): Excuse => {
    if (x.code === 'waiver') return { ...x, words: wordsShown(x.words, facts) };
    return x.code === 'leave' ? { ...x, words: wordsShown(x.words, facts) } : x;
  };
  return { ...standing, by: standing.by.map(shown) };
}

/** Whether the reader may see somebody else's obligation explained: a pupil's only if they may know the pupil. */
export function mayExplain({ me, programme }: Facts, o: Obligation): boolean {
  const care = o.subject.kind === 'care' ? rosterOf(programme).care.get(o.subject.id) : undefined;
  if (o.subject.kind === 'care')
    return care !== undefined && may(me, 'pupils', { kind: 'pupil', id: care.pupilId }, programme);
  return placesOf(programme, o).some((place) => {
    const [kind, id = ''] = place.split(':') as ['school' | 'pairing' | 'district', string];
    return may(me, 'duties', { kind, id }, programme);
  });
}
