import type { Ctx } from '../context.ts';
import type { LatestDue } from './due.ts';

/** Something that `run JOB` can start. It acts for the instant when it was due, not when it runs. */
export interface Runnable {
  name: string;
  /** Returns what it did, in a few words for the operator, if anything. */
  run(ctx: Ctx, instant: number): Promise<string | undefined>;
  /** What it would send at that instant, one line per person, without sending or storing anything. Absent: it sends nothing. */
  preview?(ctx: Ctx, instant: number): AsyncGenerator<string>;
}

/** A job that the clock starts. */
export interface Job extends Runnable {
  latestDue: LatestDue;
}
