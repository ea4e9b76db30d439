/** 督导: an inspection of a pairing, school or person, what it found, and who puts it right. No scores, no ranking. */
import { addDays, type Ymd } from './dates.ts';
import { allActingOn } from './policy.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export interface Inspected {
  kind: 'pairing' | 'school' | 'person';
  id: string;
}

/** What there was on the day: of the school year's duties and the term's records. */
export interface InspectionFigures {
  duties: number;
  met: number;
  late: number;
  records: number;
  /** Records that a plan wants evidence for and that have none. */
  bare: number;
}

export interface Finding {
  /** From 1, in the order in which they were written. */
  n: number;
  text: string;
  /** Who must act. */
  ownerIds: string[];
  due: Ymd;
  state: 'open' | 'answered' | 'mended';
  answers: { byId: string; text: string; at: number }[];
}

export interface Inspection {
  id: string;
  of: Inspected;
  on: Ymd;
  /** Who opened it. */
  personId: string;
  openedAt: number;
  state: 'open' | 'circulated' | 'closed';
  figures: InspectionFigures;
  /** Ids of records drawn at random, for 抽查. */
  sample: string[];
  findings: Finding[];
  /** When the circular went out, and when it was closed, local dates. */
  circulatedOn?: Ymd;
  closedOn?: Ymd;
}

/** A finding with the inspection that found it. */
export interface FindingOf {
  inspectionId: string;
  finding: Finding;
}

export const findingsIn = (inspections: Inspection[]): FindingOf[] =>
  inspections.flatMap((i) => i.findings.map((finding) => ({ inspectionId: i.id, finding })));

/** A finding without a date is to be put right in so many days. */
const DAYS_TO_MEND = 14;
export const dueOf = (said: Ymd | undefined, today: Ymd): Ymd => said ?? addDays(today, DAYS_TO_MEND);

/** Schools that an inspection looks at. */
export function schoolsInspected(programme: Programme, { kind, id }: Inspected): string[] {
  const { pairing, person } = rosterOf(programme);
  if (kind === 'school') return [id];
  const pair = pairing.get(id);
  const ids = kind === 'pairing' ? [pair?.supporterId, pair?.recipientId] : [person.get(id)?.schoolId];
  return ids.filter((school) => school !== undefined);
}

/** Who must act on what is found: the person, else the coordinators of the schools, else their leaders. */
export function ownersOf(programme: Programme, of: Inspected, today: Ymd): string[] {
  if (of.kind === 'person') return [of.id];
  const schools = schoolsInspected(programme, of);
  const people = allActingOn(programme.people, today).filter((p) => schools.includes(p.schoolId ?? ''));
  const held = (roles: string[]) => people.filter((p) => p.roles.some((r) => roles.includes(r))).map((p) => p.id);
  const coordinators = held(['coordinator']);
  return coordinators.length > 0 ? coordinators : held(['leader', 'principal', 'vice_principal']);
}

/** Who reads the circular: those who must act, and the leaders of the schools. Findings about a person go to nobody else. */
export function circularReaders(programme: Programme, { of, findings }: Inspection, today: Ymd): string[] {
  const owners = [...ownersOf(programme, of, today), ...findings.flatMap((f) => f.ownerIds)];
  if (of.kind === 'person') return [of.id];
  const schools = schoolsInspected(programme, of);
  const leaders = allActingOn(programme.people, today).filter(
    (p) =>
      schools.includes(p.schoolId ?? '') && p.roles.some((r) => ['leader', 'principal', 'vice_principal'].includes(r)),
  );
  return [...new Set([...owners, ...leaders.map((p) => p.id)])];
}

/** The finding that an answer in words is about: the oldest of one's own that is not mended. */
export const findingOf = ({ findings }: Inspection, personId: string): Finding | undefined =>
  findings.find((f) => f.ownerIds.includes(personId) && f.state !== 'mended');

/** The same inspection with one finding changed. */
export const withFinding = (inspection: Inspection, n: number, change: (f: Finding) => Finding): Inspection => ({
  ...inspection,
  findings: inspection.findings.map((f) => (f.n === n ? change(f) : f)),
});
