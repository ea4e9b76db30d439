import { schoolCalendar } from '../plan/calendar.ts';
import { isLastWorkday } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import { subscribedSummary } from './subscribed-summary.ts';

/** 月报: the month's last working day at 16:41. */
export const monthlySummaryJob = subscribedSummary({
  name: 'monthly-summary',
  span: 'month',
  latestDue: atLocal('16:41'),
  isDay: (programme, day) => isLastWorkday(schoolCalendar(programme), day, `${day.slice(0, 7)}-31`),
});
