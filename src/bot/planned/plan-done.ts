import { activityShown } from '../../cards/card-models.ts';
import { activityForm, type Card, type FieldName, KIND_FIELDS } from '../../cards/index.ts';
import type { Activity } from '../../plan/activity.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { choicesOf } from '../report/form-choices.ts';
import { missing, valuesFor } from '../report/form-values.ts';
import { askedAgain, repeatedBy } from '../report/repeated.ts';
import { readingOf } from '../report/to-activity.ts';
import type { AskedPlan } from './asked-plan.ts';

/** What a plan still lacks before it can count: fields its kind requires, and the day if only a range was named. */
export function stillNeeded(plan: Activity): FieldName[] {
  const { required, optional } = KIND_FIELDS[plan.kind];
  const mayLast = optional.includes('dateTo');
  return missing(plan.dateTo && !mayLast ? { ...plan, date: '' } : plan, required);
}

/** The form that asks only for the missing fields. */
export function plannedForm({ plan, notice }: AskedPlan, ask: FieldName[], facts: Facts, problem?: string): Card {
  const values = valuesFor(plan, facts);
  if (ask.includes('date')) delete values.date;
  return activityForm(
    {
      purpose: { kind: 'planned', activity: plan.id, notice, ask },
      activityKind: plan.kind,
      values: { ...(plan.kind === 'demo_lesson' ? { lessons: '1' } : {}), ...values },
      understood: activityShown(plan, facts),
      options: choicesOf(facts, plan),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}

/**
 * Turns the plan into a record, with what is said about it now. If its person has already reported it, asks about that first, in
 * a separate message.
 */
export async function planDone(
  trx: Trx,
  facts: Facts,
  { plan, notice }: AskedPlan,
  details: Partial<Activity> = {},
): Promise<Outcome> {
  const mayLast = KIND_FIELDS[plan.kind].optional.includes('dateTo');
  const dateTo = mayLast ? plan.dateTo : undefined;
  const activity: StoredActivity = {
    ...plan,
    ...details,
    dateTo,
    status: 'done',
    times: details.times ?? plan.times ?? 1,
  };
  const say = () => reminderCard(trx, facts, notice);
  const same = await repeatedBy(trx, facts, activity);
  if (!same)
    return {
      do: rewrite({ what: 'edited', before: plan, activity }),
      say,
      toast: { type: 'success', content: facts.t.recorded.title(1) },
    };
  const { draft, card } = askedAgain({ ...facts, group: false }, readingOf(activity, facts.programme), same);
  const identity = NOTICE.same(facts.cause);
  return {
    do: [
      { what: 'open_draft', draft },
      { what: 'notify', identity, kind: 'answer', personId: facts.me.id, line: 'answers', card },
    ],
    say,
  };
}
