import { morningCards, SCHEDULES } from '../plan/notices/index.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';
import { previewReminders, remind } from './remind.ts';

/** Every working day at 09:07: at most one card for each person, of all that the day asks to be told. */
export const morningJob: Job = {
  name: 'morning',
  latestDue: atLocal(SCHEDULES.morning.time),
  run: async (ctx, instant) => `${await remind(ctx, 'morning', instant, morningCards)} cards planned`,
  preview: (ctx, instant) => previewReminders(ctx, 'morning', instant, morningCards),
};
