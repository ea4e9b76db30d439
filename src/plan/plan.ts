/** What a plan (方案) asks for. DESIGN section 7 gives its file format. */
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

/** `{month: 10}`, `{windows: ['03-01..05-31']}` and `{due: '08-31'}` belong to years from 1 Sep to 31 Aug. */
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
  /** `for`: the school year that the paper is about, the one that ends or the next one. */
  | { due: string; for?: 'past' | 'next' };

export interface Where {
  school_kind?: SchoolKind[];
  /** A pairing without kinds counts as every kind. */
  pairing_kind?: string[];
  /** Names or short names of recipient schools. */
  recipient?: string[];
  /** Only persons who have a pupil in care in the period. */
  mentors?: true;
}

/** Narrows what counts. Only a missing role (支教, 挂职) is accepted. */
export interface Accepts {
  mode?: Mode[];
  role?: string[];
  /** Which paper, meeting or talk it is: the record must contain one of these words. */
  topic?: string[];
  /** Its subject, in addition: the record must contain one of these words too. */
  about?: string[];
  /** A record with one of these words does not count. */
  except?: string[];
  /** True: only activities of an external expert. False: only others. */
  external?: boolean;
  /** A person with one of these roles must have done it. */
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
  /** Other kinds of activity that count equally, if the source says "or". */
  also?: ActivityKind[];
  /** Asked only in these school years, counted from the pairing's first. */
  years?: number;
  /** A message that is credited here: {school} stands for the other school, {pupil} for a pupil in care. */
  says?: string;
  /** Asks only some subjects: by kind of the obliged school, kind of support, the recipient's name, or being a mentor. */
  where?: Where;
  assumed: boolean;
  basis?: { clause: string; paraphrase: string };
  /** Rows of the catalogue of source documents that this requirement covers. */
  carries?: string[];
}

export interface Plan {
  id: string;
  title: string;
  source?: string;
  summary?: string;
  requirements: Requirement[];
  /** What else the source says: structure to check, consequences to show, aims that may be reported. */
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
 * A row of the source that is not countable: a `check` of the roster (shown as a warning), an `inspection`, `papers` to draft, a
 * `consequence` (shown in archive and certificate), a `kind` of activity that may be reported and is never overdue, or a `note`.
 */
export interface Provision {
  carries: string[];
  text: string;
  check?: RosterCheck;
  /** Numbers the check needs, e.g. `{min: 1, max: 2}`. */
  limits?: Record<string, number>;
  consequence?: true;
  /** Covered by 督导, from the inspection to its circular and the corrections. */
  inspection?: true;
  /** Papers that the program drafts for it. */
  papers?: Paper[];
  kinds?: ActivityKind[];
  /** A message that reports such an activity, as in a requirement. */
  says?: string;
}

/** The papers that the program drafts on request, from the ledger. */
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
