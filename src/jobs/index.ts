import { CONTRIBUTORS, type NoticeKind } from '../plan/notices/index.ts';
import { contributor } from './contributor.ts';
import { earlySummariesJob } from './early-summaries.ts';
import { housekeepingJob } from './housekeeping.ts';
import type { Job, Runnable } from './job.ts';
import { mirrorJob } from './mirror.ts';
import { monthlySummaryJob } from './monthly-summary.ts';
import { earlyMorningJob, morningJob } from './morning.ts';
import { nightlyDumpJob } from './nightly-dump.ts';
import { termSummaryJob } from './term-summary.ts';
import { weeklySummaryJob } from './weekly-summary.ts';

/** Every job that the clock starts. */
export const jobs: Record<string, Job> = {
  'nightly-dump': nightlyDumpJob,
  housekeeping: housekeepingJob,
  mirror: mirrorJob,
  'early-morning': earlyMorningJob,
  morning: morningJob,
  'early-summaries': earlySummariesJob,
  'weekly-summary': weeklySummaryJob,
  'monthly-summary': monthlySummaryJob,
  'term-summary': termSummaryJob,
};

/** The contributors to the morning card, each by its own name. */
const contributors = (Object.keys(CONTRIBUTORS) as NoticeKind[]).map((kind) => [kind, contributor(kind)] as const);

/** Every name that `run JOB` accepts. */
export const runnable: Record<string, Runnable> = { ...Object.fromEntries(contributors), ...jobs };
