import { schoolCalendar } from '../plan/calendar.ts';
import { isLastWorkday } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import { type Subscribed, subscribedSummary } from './subscribed-summary.ts';

/** 月报: the month's last working day at 16:41. */
export const monthlySubscription: Subscribed = {
  name: 'monthly-summary',
  span: 'month',
  time: '16:41',
  isDay: (programme, day) => isLastWorkday(schoolCalendar(programme), day, `${day.slice(0, 7)}-31`),
};
export const monthlySummaryJob = subscribedSummary(monthlySubscription, atLocal(monthlySubscription.time));
