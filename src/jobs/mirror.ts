import { mirrorNightly } from '../mirror/mirror.ts';
import { pollRosters } from '../mirror/rosters.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

/** Each night, after housekeeping: reads lists that are kept in a Base, and restores mirrored Bases that people changed. */
export const mirrorJob: Job = {
  name: 'mirror',
  latestDue: atLocal('03:47'),
  run: async (ctx) => {
    await pollRosters(ctx);
    return mirrorNightly(ctx);
  },
};
