import { shortDate } from '../../cards/dates.ts';
import { addDays } from '../../plan/dates.ts';
import type { Action } from '../intake/outcome.ts';

/** No reminders for three days or a week; what is asked goes on being owed. */
export const snoozeAction: Action<'snooze'> = {
  name: 'snooze',
  run: async (_trx, facts, { value }) => {
    const until = addDays(facts.today, value.days);
    const content = facts.t.morning.snoozed(shortDate(until, facts.t));
    return { do: [{ what: 'settings', settings: { snoozedUntil: until } }], toast: { type: 'success', content } };
  },
};
