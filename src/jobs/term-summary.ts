import { schoolCalendar } from '../plan/calendar.ts';
import { isLastWorkday } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import { subscribedSummary } from './subscribed-summary.ts';

/** 学期报告: the term's last working day at 16:43. */
export const termSummaryJob = subscribedSummary({
  name: 'term-summary',
  span: 'term',
  latestDue: atLocal('16:43'),
  isDay: (programme, day) =>
    programme.terms.some(
      ({ start, end }) => start <= day && day <= end && isLastWorkday(schoolCalendar(programme), day, end),
    ),
});
