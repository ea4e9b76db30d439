import { schoolCalendar } from '../plan/calendar.ts';
import { FRIDAY } from '../plan/dates.ts';
import { SCHEDULES } from '../plan/notices/index.ts';
import { atLocalOn } from './due.ts';
import { type Subscribed, subscribedSummary } from './subscribed-summary.ts';

const { time, isDay } = SCHEDULES['weekly-summary'];

/** 周报: Friday at 16:37, if that is a working day. */
export const weeklySubscription: Subscribed = {
  name: 'weekly-summary',
  span: 'week',
  time,
  isDay: (programme, day) => isDay(schoolCalendar(programme), day),
};
export const weeklySummaryJob = subscribedSummary(weeklySubscription, atLocalOn(FRIDAY, time));
