import { activityShown } from '../../cards/card-models.ts';
import { KIND_FIELDS, plannedMove } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { addDays, daysBetween, isYmd } from '../../plan/dates.ts';
import { plannedUntil } from '../../plan/notices/index.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { askedPlan } from './asked-plan.ts';

/** Plans reach at most one school year ahead. */
export const FURTHEST_DAYS = 366;

/** 改期 on a plan whose day is over: asks for the day. */
export const plannedMoveAction: Action<'planned_move'> = {
  name: 'planned_move',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, notice) };
    return { say: () => plannedMove({ activity: plan.id, shown: activityShown(plan, facts), notice }, facts.t) };
  },
};

/** The new day of a plan. */
export const plannedMoveSaveAction: Action<'planned_move_save'> = {
  name: 'planned_move_save',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    const say = () => reminderCard(trx, facts, notice);
    return settled ? { say } : { ...planMoved(facts, plan, click.form.date), say };
  },
};

/** Moves the plan to another day; the bot asks about it again the morning after. Throws bad_form. */
export function planMoved(facts: Facts, plan: StoredActivity, date: unknown): Outcome {
  const { today, t } = facts;
  if (typeof date !== 'string' || !isYmd(date) || date < today || date > addDays(today, FURTHEST_DAYS))
    throw new UserError('bad_form', t.fields.date);
  const mayLast = plan.dateTo !== undefined && KIND_FIELDS[plan.kind].optional.includes('dateTo');
  const dateTo = mayLast ? addDays(date, daysBetween(plan.date, plannedUntil(plan))) : undefined;
  return { do: rewrite({ what: 'edited', before: plan, activity: { ...plan, date, dateTo } }) };
}
