import { mirrorNightly } from '../mirror/mirror.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

/** Each night, after housekeeping: the mirrored Bases are compared with what the programmes hold, and put back where people changed them. */
export const mirrorJob: Job = {
  name: 'mirror',
  latestDue: atLocal('03:47'),
  run: (ctx) => mirrorNightly(ctx),
};
