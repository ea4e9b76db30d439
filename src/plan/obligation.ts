/** What is owed (应完成任务), and its state. */
import type { Range, Ymd } from './dates.ts';
import type { Requirement, SubjectKind } from './plan.ts';
import type { Excuse, NotCounted } from './reasons.ts';

/** A period by its kind and what distinguishes it within that kind. `term` is the programme's own name for one. */
export type PeriodName =
  | { kind: 'term'; term: string }
  | { kind: 'week'; term: string; week: number }
  | { kind: 'fortnight'; term: string; weeks: [number, number] }
  | { kind: 'month' | 'calendar_month'; month: string }
  | { kind: 'school_year' | 'cycle'; year: number }
  /** From month-day to month-day, as in the plan; begins in `year`. */
  | { kind: 'window'; year: number; from: string; to: string }
  /** `year`: the school year that the paper is about, by its first calendar year. */
  | { kind: 'due'; by: Ymd; year?: number }
  | { kind: 'once' };

/** The subject of an obligation. `id` is the id of the person, school, pairing, mentorship, care or district. */
export interface SubjectRef {
  kind: SubjectKind;
  id: string;
  name: string;
}

/** requirement × subject × period. `period` is already cut to the subject's spell: the [s, e] of DESIGN section 6. */
export interface Obligation {
  /** Stable: every derivation gives the same id to the same requirement, subject and uncut period. */
  id: string;
  programmeId: string;
  programme: string;
  planId: string;
  requirement: Requirement;
  subject: SubjectRef;
  /** The persons who are reminded. */
  bearerIds: string[];
  period: Range & PeriodName;
  target: number;
  /** How the target is spread over the period; `checkpointAt` in standing.ts gives the dates. */
  pace: 'even' | 'end';
  waived?: { by: Excuse[] };
  /** Since when the subject and bearer have it from a predecessor: earlier checkpoints are not asked of them. */
  handedOn?: Ymd;
  /** Keys of `feeds()` whose activities may count here. */
  feedKeys: string[];
}

export type State = 'waived' | 'met' | 'upcoming' | 'missed' | 'overdue' | 'due_soon' | 'open';

interface Counted {
  done: number;
  target: number;
  nextCheckpoint?: undefined;
}
interface Ahead extends Omit<Counted, 'nextCheckpoint'> {
  nextCheckpoint: Ymd;
  /** How much is due by that date. */
  wanted: number;
}

/** The state of an obligation on a day, with the facts behind it. */
export type Standing =
  | (Counted & { state: 'waived'; by: Excuse[] })
  | (Counted & { state: 'met' })
  | (Counted & { state: 'missed'; end: Ymd })
  | (Ahead & { state: 'upcoming'; start: Ymd })
  | (Ahead & { state: 'due_soon'; days: number })
  | (Ahead & { state: 'overdue' })
  | (Ahead & { state: 'open' });

/** How much an obligation's activities count. `notCounted` gives the reason for each that does not. */
export interface Credit {
  done: number;
  counted: string[];
  notCounted: { activityId: string; reason: NotCounted }[];
}
