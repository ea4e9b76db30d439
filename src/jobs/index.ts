import { CONTRIBUTORS, type NoticeKind } from '../plan/notices/index.ts';
import { contributor } from './contributor.ts';
import { housekeeping } from './housekeeping.ts';
import type { Job, Runnable } from './job.ts';
import { monthlySummary } from './monthly-summary.ts';
import { morning } from './morning.ts';
import { nightlyDump } from './nightly-dump.ts';
import { termSummary } from './term-summary.ts';
import { weeklySummary } from './weekly-summary.ts';

/** Every job that the clock starts. */
export const jobs: Record<string, Job> = {
  'nightly-dump': nightlyDump,
  housekeeping,
  morning,
  'weekly-summary': weeklySummary,
  'monthly-summary': monthlySummary,
  'term-summary': termSummary,
};

/** The contributors to the morning card, each by its own name. */
const contributors = (Object.keys(CONTRIBUTORS) as NoticeKind[]).map((kind) => [kind, contributor(kind)] as const);

/** Everything that `run JOB` knows. */
export const runnable: Record<string, Runnable> = { ...Object.fromEntries(contributors), ...jobs };
