/** What a plan (方案) asks for. DESIGN section 7 gives its file. */
import type { ActivityKind, Mode } from './activity.ts';
import type { Role, SchoolKind } from './people.ts';

export const MEASURES = ['times', 'lessons', 'days', 'weeks', 'people', 'pupils', 'yuan', 'documents'] as const;
export type Measure = (typeof MEASURES)[number];

export const SUBJECT_KINDS = [
  'teacher',
  'leader',
  'principal',
  'school',
  'pairing',
  'mentorship',
  'care',
  'district',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type Side = 'supporter' | 'recipient' | 'both';

/** `{month: 10}`, `{windows: ['03-01..05-31']}` and `{due: '08-31'}` belong to years that run 1 Sep to 31 Aug. */
export type PeriodSpec =
  | 'week'
  | 'fortnight'
  | 'month'
  | 'term'
  | 'school_year'
  | 'cycle'
  | 'once'
  | { month: number }
  | { windows: string[] }
  /** `for`: the school year that what is due speaks of, the one that ends or the one to come. */
  | { due: string; for?: 'past' | 'next' };

export interface Where {
  school_kind?: SchoolKind[];
  /** A pairing that does not say its kinds is taken to give every kind. */
  pairing_kind?: string[];
  /** Names or short names of recipient schools. */
  recipient?: string[];
  /** Only persons who have a pupil in care in the period. */
  mentors?: true;
}

/** Narrows what counts. Only a role (支教, 挂职) that the report does not say is given the benefit of the doubt. */
export interface Accepts {
  mode?: Mode[];
  role?: string[];
  /** Which paper, meeting or talk it is: one of these words must have been said of it. */
  topic?: string[];
  /** Whom or what it is about, besides: one of these words must have been said as well. */
  about?: string[];
  /** What one of these words was said of is something else. */
  except?: string[];
  /** True: only what an expert from outside gives. False: never that. */
  external?: boolean;
  /** Somebody with one of these roles must have done it. */
  by?: Role[];
}

/** One thing a plan asks for: `count` of `measure` in each `period` for each subject. */
export interface Requirement {
  id: string;
  title: string;
  activity: ActivityKind;
  subject: SubjectKind;
  side: Side;
  role?: Role[];
  measure: Measure;
  count: number;
  max?: number;
  period: PeriodSpec;
  pace: 'even' | 'end';
  evidence: 'none' | 'record' | 'photo' | 'document' | 'attendance';
  confirm?: 'recipient';
  accepts?: Accepts;
  /** Other kinds of activity that count just as well, where the source says "or". */
  also?: ActivityKind[];
  /** Asked only in so many school years from the first one of its pairing. */
  years?: number;
  /** A message that is credited here: {school} stands for the other school, {pupil} for a pupil in care. */
  says?: string;
  /** Asks only some subjects: by kind of the obliged school, kind of support, recipient's name, or for those who mentor. */
  where?: Where;
  assumed: boolean;
  basis?: { clause: string; paraphrase: string };
  /** Rows of the catalogue of source documents that this requirement carries. */
  carries?: string[];
}

export interface Plan {
  id: string;
  title: string;
  source?: string;
  summary?: string;
  requirements: Requirement[];
  /** What the source says besides: structure to check, consequences to show, aims one may report on. */
  provisions: Provision[];
}

/** Checks on the roster that a plan may ask for; checks.ts has one function per name. */
export const ROSTER_CHECKS = [
  'agreement',
  'team',
  'mentorships',
  'unpaired_schools',
  'recipients_per_supporter',
  'support_kinds',
  'cycle_length',
  'care_per_teacher',
  'care_per_leader',
  'volunteer_eligibility',
  'school_kinds',
  'districts',
  'bureau',
  'school_leader',
] as const;
export type RosterCheck = (typeof ROSTER_CHECKS)[number];

/**
 * A row of the source that is not countable: a `check` on the roster (told as a warning), an `inspection`, `papers` that are drafted, a
 * `consequence` (shown in archive and certificate), a `kind` of activity one may report and that is never overdue, or a `note` that people keep themselves.
 */
export interface Provision {
  carries: string[];
  text: string;
  check?: RosterCheck;
  /** Numbers the check needs, e.g. `{min: 1, max: 2}`. */
  limits?: Record<string, number>;
  consequence?: true;
  /** Carried by 督导: from the inspection to its circular and what was put right. */
  inspection?: true;
  /** Papers that the program drafts for it. */
  papers?: Paper[];
  kinds?: ActivityKind[];
  /** A message that reports such an activity, as in a requirement. */
  says?: string;
}

/** What the program drafts on request, from the ledger. */
export const PAPERS = [
  'plan',
  'summary',
  'reflection',
  'register',
  'certificate',
  'appraisal',
  'commendation',
] as const;
export type Paper = (typeof PAPERS)[number];
