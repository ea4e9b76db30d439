import { activityForm, type Card, type FieldName, KIND_FIELDS, sameOccasion } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { addDays, daysBetween, isYmd } from '../../plan/dates.ts';
import { plannedUntil, standingOf } from '../../plan/notices/index.ts';
import { rosterOf } from '../../plan/roster.ts';
import { lockActivity, type StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { activityShown } from '../insight/card-models.ts';
import type { Facts } from '../intake/facts.ts';
import type { Click, Outcome } from '../intake/outcome.ts';
import { ownReminder, reminderCard } from '../reminders/reminders.ts';
import { choicesOf, missing, valuesFor } from '../report/form-values.ts';
import { likelySame } from '../report/same-occasion.ts';
import { readingOf } from '../report/to-activity.ts';

/** Nobody plans further ahead than a school year. */
const FURTHEST_DAYS = 366;
const LONGEST_REASON = 200;

/** A plan that somebody was asked about, locked, and the card that asked. */
export interface Asked {
  plan: StoredActivity;
  notice: string;
}

/**
 * The plan a button of a reminder is about; only of whoever was asked. `settled` where it is known by now what became of it:
 * then the button changes nothing. Throws gone or not_yours.
 */
export async function askedPlan(trx: Trx, facts: Facts, click: Click): Promise<Asked & { settled: boolean }> {
  if (facts.group) throw new UserError('group');
  const shown = await ownReminder(trx, facts, click);
  const part = shown.parts.find((p) => p.kind === 'planned-activity' && p.activityId === click.value.activity);
  if (part?.kind !== 'planned-activity') throw new UserError('gone');
  const plan = await lockActivity(trx, facts.programme.id, part.activityId);
  if (!plan) throw new UserError('gone');
  const doneInstead = shown.plans.get(plan.id)?.doneInstead ?? false;
  return { plan, notice: shown.notice, settled: standingOf({ activity: plan, doneInstead }, part) !== 'open' };
}

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
  if (!same) return { ...changed(plan, activity), say, toast: { type: 'success', content: facts.t.recorded.title(1) } };
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
    openDrafts: [draft],
    notify: [{ identity, kind: 'answer', personId: facts.me.id, line: 'answers', card }],
    say,
  };
}

/** The plan is for another day, on whose morrow it is asked about again. Throws bad_form. */
export function planMoved(facts: Facts, plan: StoredActivity, date: unknown): Outcome {
  const { today, t } = facts;
  if (typeof date !== 'string' || !isYmd(date) || date < today || date > addDays(today, FURTHEST_DAYS))
    throw new UserError('bad_form', t.fields.date);
  const lasts = plan.dateTo !== undefined && KIND_FIELDS[plan.kind].optional.includes('dateTo');
  const dateTo = lasts ? addDays(date, daysBetween(plan.date, plannedUntil(plan))) : undefined;
  return changed(plan, { ...plan, date, dateTo });
}

/** It was tried and came to nothing; coordinators see that it was tried. Throws bad_form. */
export function planFailed(facts: Facts, plan: StoredActivity, reason: string): Outcome {
  const given = reason.trim().normalize('NFC');
  if (given.length > LONGEST_REASON) throw new UserError('bad_form', facts.t.fields.reason);
  return changed(plan, { ...plan, status: 'attempted', ...(given ? { reason: given } : {}) });
}

const changed = (before: StoredActivity, activity: StoredActivity): Outcome => ({
  changes: [{ what: 'edited', before, activity }],
  redraw: before.cause ? [before.cause] : [],
});
