import { addDays } from '../dates.ts';
import { type Day, dayOf, firstDay, fresh } from './day.ts';
import type { Contributor } from './types.ts';

const MIDDLE_OF_MONTH = '15';
const REPEAT_AFTER_DAYS = 3;
const STILL_WANTED_DAYS = 6;

/** First or second asking on that day, or none. */
const askingOn = (day: Day): 1 | 2 | undefined => {
  const { isSchoolDay } = day.calendar;
  if (!isSchoolDay(day.date)) return undefined;
  const first = firstDay(`${day.date.slice(0, 7)}-${MIDDLE_OF_MONTH}`, isSchoolDay, 15);
  if (!first || day.date < first) return undefined;
  if (day.date < addDays(first, REPEAT_AFTER_DAYS)) return 1;
  return day.date <= addDays(first, REPEAT_AFTER_DAYS + STILL_WANTED_DAYS) ? 2 : undefined;
};

/** Mid-month: how does each open duty stand? Asked once more after three days about what was not answered. */
export const checkIn: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const asking = askingOn(day);
  if (!asking) return [];
  const month = day.date.slice(0, 7);
  const wanted = [...day.dutiesOf].flatMap(([recipientId, duties]) => {
    const open = duties.filter(
      (d) =>
        d.obligation.period.end >= day.date &&
        (day.answerOf(recipientId, d.obligation.id)?.on ?? '').slice(0, 7) !== month,
    );
    if (open.length === 0) return [];
    return [
      {
        kind: 'check-in' as const,
        recipientId,
        key: month,
        stage: String(asking),
        obligationIds: open.map((d) => d.obligation.id),
        repeat: asking === 2,
      },
    ];
  });
  return fresh(facts, day.date, wanted);
};
