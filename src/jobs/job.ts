import type { Ctx } from '../context.ts';
import type { LatestDue } from './due.ts';

/** Something the clock asks for. It acts for the instant it was due, not for the moment it happens to run. */
export interface Job {
  name: string;
  latestDue: LatestDue;
  run(ctx: Ctx, instant: number): Promise<void>;
}
