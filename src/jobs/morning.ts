import { EARLY, morningCards, SCHEDULES } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';
import { previewReminders, remind } from './remind.ts';

const { time } = SCHEDULES.morning;
const isEarly = (hour: string): boolean => hour < time;

/** Every working day at 09:07: at most one card per person, with everything due that day, at their own hour. */
export const morningJob: Job = {
  name: 'morning',
  latestDue: atLocal(time),
  run: async (ctx, instant) =>
    `${await remind(ctx, 'morning', instant, morningCards, (hour) => !isEarly(hour))} cards planned`,
  preview: (ctx, instant) => previewReminders(ctx, 'morning', instant, morningCards),
};

/** The same for earlier hours: of a programme, or chosen by the reader. */
export const earlyMorningJob: Job = {
  name: 'early-morning',
  latestDue: atLocal(EARLY),
  run: async (ctx, instant) => `${await remind(ctx, 'morning', instant, morningCards, isEarly)} cards planned`,
  preview: (ctx, instant) => previewReminders(ctx, 'morning', instant, morningCards),
};
