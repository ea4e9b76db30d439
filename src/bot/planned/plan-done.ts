import { activityForm, type Card, type FieldName, KIND_FIELDS, sameOccasion } from '../../cards/index.ts';
import type { Activity } from '../../plan/activity.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { activityShown } from '../insight/card-models.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { choicesOf, missing, valuesFor } from '../report/form-values.ts';
import { likelySame } from '../report/likely-same.ts';
import { readingOf } from '../report/to-activity.ts';
import type { Asked } from './asked-plan.ts';

/** What must still be said of a plan before it can count: what its kind requires, and the day where only a span was named. */
export function stillNeeded(plan: Activity): FieldName[] {
  const { required, optional } = KIND_FIELDS[plan.kind];
  const lasts = optional.includes('dateTo');
  return missing(plan.dateTo && !lasts ? { ...plan, date: '' } : plan, required);
}

/** The form that asks only for what is missing. */
export function plannedForm({ plan, notice }: Asked, ask: FieldName[], facts: Facts, problem?: string): Card {
  const values = valuesFor(plan, facts);
  if (ask.includes('date')) delete values.date;
  return activityForm(
    {
      purpose: { kind: 'planned', activity: plan.id, notice, ask },
      activityKind: plan.kind,
      values: { ...(plan.kind === 'demo_lesson' ? { lessons: '1' } : {}), ...values },
      understood: activityShown(plan, facts),
      options: choicesOf(facts),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}

/**
 * The plan becomes a record, with what is said of it now. Where somebody of the school has told of the same occasion, it is asked
 * about first, in a message of its own.
 */
export async function planDone(
  trx: Trx,
  facts: Facts,
  { plan, notice }: Asked,
  said: Partial<Activity> = {},
): Promise<Outcome> {
  const lasts = KIND_FIELDS[plan.kind].optional.includes('dateTo');
  const dateTo = lasts ? plan.dateTo : undefined;
  const activity: StoredActivity = { ...plan, ...said, dateTo, status: 'done', times: said.times ?? plan.times ?? 1 };
  const say = () => reminderCard(trx, facts, notice);
  const same = await likelySame(trx, facts, activity);
  if (!same)
    return {
      do: rewrite({ what: 'edited', before: plan, activity }),
      say,
      toast: { type: 'success', content: facts.t.recorded.title(1) },
    };
  const draft = {
    id: facts.newId(),
    programmeId: facts.programme.id,
    personId: facts.me.id,
    state: 'open' as const,
    createdAt: facts.now,
    cause: facts.cause,
    reading: readingOf(activity, facts.programme),
    duplicateOf: same.id,
  };
  const by = same.byId === facts.me.id ? undefined : rosterOf(facts.programme).person.get(same.byId)?.name;
  const alone = { ...facts, group: false };
  const shown = { before: activityShown(same, alone), now: activityShown(activity, alone), group: false };
  const card = sameOccasion({ draft: draft.id, by, ...shown }, facts.t);
  const identity = `same|${facts.cause}`;
  return {
    do: [
      { what: 'open_draft', draft },
      { what: 'notify', identity, kind: 'answer', personId: facts.me.id, line: 'answers', card },
    ],
    say,
  };
}
