import type { Ctx } from '../context.ts';
import type { LatestDue } from './due.ts';

/** Something that `run JOB` can start. It acts for the instant it was due, not for the moment it happens to run. */
export interface Runnable {
  name: string;
  /** What it did, in a few words for the operator, where there is something to say. */
  run(ctx: Ctx, instant: number): Promise<string | undefined>;
  /** What it would send at that instant, a line for each person; nothing is sent or stored. Absent: it sends nothing. */
  preview?(ctx: Ctx, instant: number): AsyncGenerator<string>;
}

/** Something the clock asks for. */
export interface Job extends Runnable {
  latestDue: LatestDue;
}
