import { schoolCalendar } from '../plan/calendar.ts';
import { isLastWorkday } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import { type Subscribed, subscribedSummary } from './subscribed-summary.ts';

/** 学期报告: the term's last working day at 16:43. */
export const termSubscription: Subscribed = {
  name: 'term-summary',
  span: 'term',
  time: '16:43',
  isDay: (programme, day) =>
    programme.terms.some(
      ({ start, end }) => start <= day && day <= end && isLastWorkday(schoolCalendar(programme), day, end),
    ),
};
export const termSummaryJob = subscribedSummary(termSubscription, atLocal(termSubscription.time));
