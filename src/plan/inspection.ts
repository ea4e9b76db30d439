/** 督导: an inspection of a pairing, school or person, its findings, and who corrects them. No scores, no ranking. */
import { addDays, type Ymd } from './dates.ts';
import { allActingOn } from './policy.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export interface Inspected {
  kind: 'pairing' | 'school' | 'person';
  id: string;
}

/** The figures on the day: the school year's duties and the term's records. */
export interface InspectionFigures {
  duties: number;
  met: number;
  late: number;
  records: number;
  /** Records without the evidence that a plan asks for. */
  bare: number;
}

export interface Finding {
  /** Counts from 1, in the order of writing. */
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
  /** The local dates on which the circular was sent and the inspection was closed. */
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

/** 请周文负责: the person asked to act, who is stored in a field of the finding. */
const BEARER = /[，,;；。]?(?:由|请|责成|安排)[^，,。；;]{2,30}?(?:负责|牵头|整改|落实|处理|跟进)/gu;

/** The words of a finding without the people of the schools inspected, for a circular. */
export function unnamed(programme: Programme, of: Inspected, text: string, somebody: string): string {
  const schools = schoolsInspected(programme, of);
  const names = programme.people.filter((p) => schools.includes(p.schoolId ?? '')).map((p) => p.name);
  return names
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (words, name) => words.replace(new RegExp(`${RegExp.escape(name)}(?:老师|校长|主任)?`, 'gu'), somebody),
      text.replace(BEARER, (said) => (names.some((name) => said.includes(name)) ? '' : said)),
    );
}

/** A finding without a date must be corrected within this many days. */
const DAYS_TO_MEND = 14;
export const dueOf = (chosen: Ymd | undefined, today: Ymd): Ymd => chosen ?? addDays(today, DAYS_TO_MEND);

/** The display name of what is inspected. */
export function inspectedName(programme: Programme, { kind, id }: Inspected): string {
  const roster = rosterOf(programme);
  if (kind === 'school') return roster.schoolName(id) ?? '';
  if (kind === 'person') return roster.personName(id) ?? '';
  const pair = roster.pairing.get(id);
  return `${roster.schoolName(pair?.supporterId) ?? ''}→${roster.schoolName(pair?.recipientId) ?? ''}`;
}

/** The schools that an inspection covers. */
export function schoolsInspected(programme: Programme, { kind, id }: Inspected): string[] {
  const { pairing, person } = rosterOf(programme);
  if (kind === 'school') return [id];
  const pair = pairing.get(id);
  const ids = kind === 'pairing' ? [pair?.supporterId, pair?.recipientId] : [person.get(id)?.schoolId];
  return ids.filter((school) => school !== undefined);
}

/** Who must act on findings: the person, else the coordinators of the schools, else their leaders. */
export function ownersOf(programme: Programme, of: Inspected, today: Ymd): string[] {
  if (of.kind === 'person') return [of.id];
  const schools = schoolsInspected(programme, of);
  const people = allActingOn(programme.people, today).filter((p) => schools.includes(p.schoolId ?? ''));
  const withRoles = (roles: string[]) => people.filter((p) => p.roles.some((r) => roles.includes(r))).map((p) => p.id);
  const coordinators = withRoles(['coordinator']);
  return coordinators.length > 0 ? coordinators : withRoles(['leader', 'principal', 'vice_principal']);
}

/** Who reads the circular: the people who must act, and the schools' leaders. Findings about a person go only to that person. */
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

/** The finding that a text answer is about: the person's open one of this number, or their oldest open one. */
export const findingOf = ({ findings }: Inspection, personId: string, n?: number): Finding | undefined =>
  findings.find((f) => f.ownerIds.includes(personId) && f.state !== 'mended' && (n === undefined || f.n === n));

/** The same inspection with one finding changed. */
export const withFinding = (inspection: Inspection, n: number, change: (f: Finding) => Finding): Inspection => ({
  ...inspection,
  findings: inspection.findings.map((f) => (f.n === n ? change(f) : f)),
});
