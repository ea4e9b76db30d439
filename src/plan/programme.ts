/** A programme (帮扶项目): its terms, plans and roster. */
import type { Range, Ymd } from './dates.ts';
import type { Care, District, Mentorship, Pairing, Person, Pupil, School } from './people.ts';
import type { Plan } from './plan.ts';

/** A plan put to work in a programme. `pairingIds` absent = every pairing. */
export interface PlanUse {
  plan: Plan;
  pairingIds?: string[];
  options: Record<string, unknown>;
}

export interface Term extends Range {
  name: string;
  /** By what its duties are known, whatever is corrected or added later. Absent: by its half of the school year. */
  key?: string;
}
/** A holiday of the programme's own; `school: true` marks a make-up day on which school is held. */
export interface Holiday extends Range {
  school?: boolean;
  name?: string;
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
  /** Taken back: kept, but it excuses nothing. */
  lifted?: true;
}
export interface Leave extends Range {
  id: string;
  personId: string;
  reason?: string;
  /** Who stands in meanwhile. */
  toId?: string;
  /** Given up: kept, but it excuses nothing. */
  lifted?: true;
}

/** A school has moved on to a school year: what it did before `from` is history. */
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
  /** At night nobody is written to. Absent: from 20:30 to 07:30. */
  quiet?: { from: string; to: string };
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
