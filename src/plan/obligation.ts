/** What is owed (应完成任务), and how it stands. */
import type { Range, Ymd } from './dates.ts';
import type { Requirement, SubjectKind } from './plan.ts';
import type { Excuse, NotCounted } from './reasons.ts';

/** A period by its kind and what tells it from others of that kind. `term` is the programme's own name for one. */
export type PeriodName =
  | { kind: 'term'; term: string }
  | { kind: 'week'; term: string; week: number }
  | { kind: 'fortnight'; term: string; weeks: [number, number] }
  | { kind: 'month' | 'calendar_month'; month: string }
  | { kind: 'school_year' | 'cycle'; year: number }
  /** From month-day to month-day, as the plan writes them; begins in `year`. */
  | { kind: 'window'; year: number; from: string; to: string }
  /** `year`: the school year, by its first calendar year, that what is due speaks of. */
  | { kind: 'due'; by: Ymd; year?: number }
  | { kind: 'once' };

/** What an obligation is about. `id` is the id of the person, school, pairing, mentorship, care or district. */
export interface SubjectRef {
  kind: SubjectKind;
  id: string;
  name: string;
}

/** requirement × subject × period. `period` is already cut to the subject's life: the [s, e] of DESIGN section 6. */
export interface Obligation {
  /** Stable: the same requirement, subject and uncut period give the same id on every derivation. */
  id: string;
  programmeId: string;
  programme: string;
  planId: string;
  requirement: Requirement;
  subject: SubjectRef;
  /** Person ids; who is reminded. */
  bearerIds: string[];
  period: Range & PeriodName;
  target: number;
  /** How the target is spread over the period; `checkpointAt` in standing.ts gives the dates. */
  pace: 'even' | 'end';
  waived?: { by: Excuse[] };
  /** Since when the subject and bearer have it from somebody else: no checkpoint before that day is asked of them. */
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
  /** How much is wanted by that date. */
  wanted: number;
}

/** The state of an obligation on a day, always with the facts that put it there. */
export type Standing =
  | (Counted & { state: 'waived'; by: Excuse[] })
  | (Counted & { state: 'met' })
  | (Counted & { state: 'missed'; end: Ymd })
  | (Ahead & { state: 'upcoming'; start: Ymd })
  | (Ahead & { state: 'due_soon'; days: number })
  | (Ahead & { state: 'overdue' })
  | (Ahead & { state: 'open' });

/** What an obligation's activities came to. `notCounted` says for each left-out activity why. */
export interface Credit {
  done: number;
  counted: string[];
  notCounted: { activityId: string; reason: NotCounted }[];
}
