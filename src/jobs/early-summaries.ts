import { EARLY } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';
import { monthlySubscription } from './monthly-summary.ts';
import { planSummaries, type Subscribed } from './subscribed-summary.ts';
import { termSubscription } from './term-summary.ts';
import { weeklySubscription } from './weekly-summary.ts';

export const SUMMARIES: Subscribed[] = [weeklySubscription, monthlySubscription, termSubscription];

/** The summaries of a day for programmes and readers with an hour before the usual one, planned in the morning. */
export const earlySummariesJob: Job = {
  name: 'early-summaries',
  latestDue: atLocal(EARLY),
  run: async (ctx, instant) => {
    let planned = 0;
    for (const summary of SUMMARIES)
      planned += await planSummaries(ctx, summary, instant, (hour) => hour < summary.time);
    return `${planned} cards planned`;
  },
};
