/** What is owed (应完成任务), and how it stands. */
import type { Range, Ymd } from './dates.ts';
import type { Requirement, SubjectKind } from './plan.ts';

export type PeriodKind =
  | 'fortnight'
  | 'month'
  | 'term'
  | 'school_year'
  | 'cycle'
  | 'once'
  | 'calendar_month'
  | 'window'
  | 'due';

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
  period: Range & { kind: PeriodKind; label: string };
  target: number;
  /** How the target is spread over the period; `checkpointAt` in standing.ts gives the dates. */
  pace: 'even' | 'end';
  waived?: { reason: string };
  /** Since when the subject and bearer have it from somebody else: no checkpoint before that day is asked of them. */
  handedOn?: Ymd;
  /** Keys of `feeds()` whose activities may count here. */
  feedKeys: string[];
}

export type State = 'waived' | 'met' | 'upcoming' | 'missed' | 'overdue' | 'due_soon' | 'open';
export const STATES: readonly State[] = ['waived', 'met', 'upcoming', 'missed', 'overdue', 'due_soon', 'open'];

/** The state of an obligation on a day, always with the fact that put it there. */
export interface Standing {
  state: State;
  done: number;
  nextCheckpoint?: Ymd;
  reason: string;
}

/** What an obligation's activities came to. `notCounted` says for each left-out activity why. */
export interface Credit {
  done: number;
  counted: string[];
  notCounted: { activityId: string; reason: string }[];
}
