/** A programme (帮扶项目): its terms, plans and roster. */
import type { Range, Ymd } from './dates.ts';
import type { Care, District, Mentorship, Pairing, Person, Pupil, School } from './people.ts';
import type { Plan } from './plan.ts';

/** A plan in use in a programme. `pairingIds` absent = every pairing. */
export interface PlanUse {
  plan: Plan;
  pairingIds?: string[];
  options: Record<string, unknown>;
}

export interface Term extends Range {
  name: string;
  /** Identifies its duties through later corrections and additions. Absent: the half of the school year. */
  key?: string;
}
/** A programme's own holiday; `school: true` marks a make-up school day. */
export interface Holiday extends Range {
  school?: boolean;
  name?: string;
}

/** Excuses a subject from one requirement (or all) for a while, with a reason that is shown with the waiver. */
export interface Waiver extends Partial<Range> {
  id: string;
  personId?: string;
  schoolId?: string;
  pairingId?: string;
  pupilId?: string;
  requirementId?: string;
  reason: string;
  /** Revoked: kept, but it excuses nothing. */
  lifted?: true;
}
export interface Leave extends Range {
  id: string;
  personId: string;
  reason?: string;
  /** The stand-in during the leave. */
  toId?: string;
  /** Cancelled: kept, but it excuses nothing. */
  lifted?: true;
}

/** A school has changed to a school year: its records before `from` are history. */
export interface YearBegun {
  /** The calendar year in which it starts. */
  year: number;
  from: Ymd;
  schoolId: string;
}

/** When a programme's reminders go out, local times `HH:MM`. */
export interface Reminding {
  /** Absent: 09:07. */
  at?: string;
  /** No notices at night. Absent: from 20:30 to 07:30. */
  quiet?: { from: string; to: string };
}

/** Everything about a programme that obligations are derived from; activities are not part of it. */
export interface Programme {
  id: string;
  name: string;
  /** Increases with every change of the roster or plans. */
  version: number;
  terms: Term[];
  /** If present, replaces the statutory calendar. */
  holidays?: Holiday[];
  reminders?: Reminding;
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
  yearsBegun?: YearBegun[];
}
