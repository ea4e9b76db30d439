import { housekeeping } from './housekeeping.ts';
import type { Job } from './job.ts';

/** Every job that the clock starts, by the name that `run JOB` knows. */
export const jobs: Record<string, Job> = { housekeeping };
