import { shortDate } from '../../cards/dates.ts';
import { UserError } from '../../errors.ts';
import { addDays } from '../../plan/dates.ts';
import type { Action } from '../intake/outcome.ts';

const CHOICES = [3, 7];

/** No reminders for three days or a week; what is asked goes on being owed. */
export const snoozeAction: Action = {
  name: 'snooze',
  run: async (_trx, facts, { value }) => {
    const days = Number(value.days);
    if (!CHOICES.includes(days)) throw new UserError('stale');
    const until = addDays(facts.today, days);
    const content = facts.t.morning.snoozed(shortDate(until, facts.t));
    return { do: [{ what: 'settings', settings: { snoozedUntil: until } }], toast: { type: 'success', content } };
  },
};
