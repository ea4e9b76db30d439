/** Who is in a programme, and how they belong together. Ids are opaque strings from the store; names are what people use. */
import type { Spelled } from './spells.ts';

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

export interface District {
  id: string;
  name: string;
  /** The area of another county that it supports as a whole, above the pairs of schools. */
  helps?: string;
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
  /** Subjects in which it is short of teachers, so that other schools can send some. */
  lacks?: string[];
}
export interface Person extends Spelled {
  id: string;
  name: string;
  schoolId?: string;
  districtId?: string;
  roles: Role[];
  mobile?: string;
  email?: string;
  openId?: string;
  born?: string;
  sex?: string;
  ruralYears?: number;
  /** Volunteers to teach at another school, regardless of the age and years that a plan requires. */
  volunteer?: boolean;
}
export interface Pairing extends Spelled {
  id: string;
  supporterId: string;
  recipientId: string;
  kinds: string[];
  /** Person ids. */
  team: string[];
  /** Former members, with their last day. */
  formerTeam?: { personId: string; to: string }[];
  agreement?: string;
}
export interface Mentorship extends Spelled {
  id: string;
  mentorId: string;
  menteeId: string;
}
export interface Pupil {
  id: string;
  name: string;
  grade?: string;
  code?: string;
  schoolId?: string;
}
export interface Care extends Spelled {
  id: string;
  mentorId: string;
  pupilId: string;
  kind?: string;
}
