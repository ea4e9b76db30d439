/**
 * The words of the domain as types. Everything here is plain data: dates are local `YYYY-MM-DD` strings (`Ymd`),
 * ids are opaque strings made by the store, names are what people say. DESIGN sections 2, 6 and 7 are the source.
 */

/** A local calendar date, `YYYY-MM-DD`. Compares correctly as a string. */
export type Ymd = string;
/** A closed range of local dates, both ends included. */
export type Range = { start: Ymd; end: Ymd };

export const ACTIVITY_KINDS = [
  'demo_lesson',
  'observe',
  'home_visit',
  'talk',
  'study_guidance',
  'lecture',
  'donation',
  'secondment',
  'joint_prep',
  'training',
  'exchange',
  'exam',
  'research',
  'document',
  'meeting',
  'care_roster',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

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

export const ROLES = [
  'teacher',
  'leader',
  'principal',
  'vice_principal',
  'middle_manager',
  'coordinator',
  'bureau_leader',
  'bureau_coordinator',
] as const;
export type Role = (typeof ROLES)[number];

export type Side = 'supporter' | 'recipient' | 'both';
export type Mode = 'visit' | 'phone' | 'online';

/** `{month: 10}`, `{windows: ['03-01..05-31']}` and `{due: '08-31'}` belong to years that run 1 Sep to 31 Aug. */
export type PeriodSpec =
  | 'fortnight'
  | 'month'
  | 'term'
  | 'school_year'
  | 'cycle'
  | 'once'
  | { month: number }
  | { windows: string[] }
  | { due: string };
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

export interface Where {
  school_kind?: SchoolKind[];
  /** A pairing that does not say its kinds is taken to give every kind. */
  pairing_kind?: string[];
  /** Names or short names of recipient schools. */
  recipient?: string[];
  /** Only persons who have a pupil in care in the period. */
  mentors?: true;
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
  /** Narrows what counts. A role or topic that the report does not say is given the benefit of the doubt. */
  accepts?: { mode?: Mode[]; role?: string[]; topic?: string[] };
  /** Other kinds of activity that count just as well, where the source says "or". */
  also?: ActivityKind[];
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
 * A row of the source that is not countable: a `check` on the roster (told as a warning), a `consequence` (shown in archive
 * and certificate), a `kind` of activity one may report and that is never overdue, or a `note` that people keep themselves.
 */
export interface Provision {
  carries: string[];
  text: string;
  check?: RosterCheck;
  /** Numbers the check needs, e.g. `{min: 1, max: 2}`. */
  limits?: Record<string, number>;
  consequence?: true;
  kinds?: ActivityKind[];
}

/** A plan put to work in a programme. `pairingIds` absent = every pairing. */
export interface PlanUse {
  plan: Plan;
  pairingIds?: string[];
  options: Record<string, unknown>;
}

export interface Term extends Range {
  name: string;
}
/** A holiday of the programme's own; `school: true` marks a make-up day on which school is held. */
export interface Holiday extends Range {
  school?: boolean;
  name?: string;
}

export interface District {
  id: string;
  name: string;
}
export const SCHOOL_KINDS = ['primary', 'middle', 'senior', 'vocational', 'kindergarten', 'special'] as const;
export type SchoolKind = (typeof SCHOOL_KINDS)[number];
export interface School {
  id: string;
  name: string;
  short: string[];
  districtId?: string;
  kind?: SchoolKind;
  level?: string;
}
export interface Person {
  id: string;
  name: string;
  schoolId?: string;
  districtId?: string;
  roles: Role[];
  mobile?: string;
  email?: string;
  openId?: string;
  from?: Ymd;
  to?: Ymd;
  born?: string;
  sex?: string;
  ruralYears?: number;
}
export interface Pairing {
  id: string;
  supporterId: string;
  recipientId: string;
  kinds: string[];
  from?: Ymd;
  to?: Ymd;
  /** Person ids. */
  team: string[];
  agreement?: string;
}
export interface Mentorship {
  id: string;
  mentorId: string;
  menteeId: string;
  from?: Ymd;
  to?: Ymd;
}
export interface Pupil {
  id: string;
  name: string;
  grade?: string;
  code?: string;
  schoolId?: string;
}
export interface Care {
  id: string;
  mentorId: string;
  pupilId: string;
  kind?: string;
  from?: Ymd;
  to?: Ymd;
}

/** Excuses a subject from one requirement (or all) for a while, with the reason shown wherever the waiver is. */
export interface Waiver extends Partial<Range> {
  id: string;
  personId?: string;
  schoolId?: string;
  pairingId?: string;
  pupilId?: string;
  requirementId?: string;
  reason: string;
}
export interface Leave extends Range {
  id: string;
  personId: string;
  reason?: string;
}

/** Everything about a programme that obligations are derived from; what people did is not in it. */
export interface Programme {
  id: string;
  name: string;
  /** Grows with every change of the roster or plans. */
  version: number;
  terms: Term[];
  /** Where present, used instead of the statutory calendar. */
  holidays?: Holiday[];
  districts: District[];
  schools: School[];
  people: Person[];
  pairings: Pairing[];
  mentorships: Mentorship[];
  pupils: Pupil[];
  cares: Care[];
  plans: PlanUse[];
  waivers: Waiver[];
  leaves: Leave[];
}

export type ActivityStatus = 'done' | 'planned' | 'attempted' | 'cancelled' | 'withdrawn';

/** One dated thing that happened (or was planned). Several dates in one message are several activities. Ids, not names. */
export interface Activity {
  id: string;
  programmeId: string;
  kind: ActivityKind;
  status: ActivityStatus;
  date: Ymd;
  /** Last day of something that lasts, e.g. a secondment. */
  dateTo?: Ymd;
  byId: string;
  /** True where somebody else reported it for `byId`. */
  onBehalf?: boolean;
  reporterId?: string;
  participantIds: string[];
  pupilIds: string[];
  allAssigned?: boolean;
  pupilCount?: number;
  placeId?: string;
  toId?: string;
  partnerId?: string;
  times?: number;
  lessons?: number;
  days?: number;
  weeks?: number;
  /** Persons counted but not named. */
  people?: number;
  pieces?: number;
  cashYuan?: number;
  valueYuan?: number;
  items?: { name: string; qty?: number; unit?: string }[];
  mode?: Mode;
  evaluated?: boolean | null;
  direction?: 'inbound';
  action?: string;
  role?: string;
  subject?: string;
  grade?: string;
  topic?: string;
  reason?: string;
  late?: boolean;
  confirmation?: 'confirmed' | 'disputed';
  /** Why the recipient school disputes it. */
  disputeReason?: string;
  /** Number of photos or files that belong to it. */
  evidence?: number;
}

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
