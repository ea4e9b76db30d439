/** The change of the school year as one step: what ends, what continues, who moves up, as rows like those of a file. Pure. */
import type { Activity } from './activity.ts';
import { addDays, type Ymd } from './dates.ts';
import { personKey, pupilKey } from './file-names.ts';
import { nextGrade } from './grades.ts';
import type { Care, Mentorship } from './people.ts';
import { schoolYears } from './periods.ts';
import type { Programme, Term } from './programme.ts';
import type { ProgrammeInput } from './programme-file.ts';
import { rosterOf } from './roster.ts';
import { alive } from './spells.ts';

/** The years before and after the change, by the calendar year in which they start. */
export interface YearsOf {
  closing: number;
  /** Last day of the last known term of the closing year. */
  end: Ymd;
  terms: Term[];
}

/** From this month and day the running school year is about to end. */
const ASKED_FROM = '06-01';

/** The year to close on a day; undefined if none is known, or if the running one is far from its end. */
export function yearToClose(programme: Programme, today: Ymd): YearsOf | undefined {
  const year = schoolYears(programme).findLast((y) => y.start <= today);
  if (!year || today < `${year.year + 1}-${ASKED_FROM}`) return undefined;
  return { closing: year.year, end: year.terms.at(-1)!.end, terms: year.terms };
}

/** The new year's terms as far as they are known, else last year's days; a coordinator corrects them. */
export function likelyTerms(programme: Programme, { closing, terms }: YearsOf): Term[] {
  const known = schoolYears(programme).find((y) => y.year === closing + 1);
  if (known) return known.terms;
  return terms.map(({ name, start, end }) => ({ name: nextName(name), start: nextYear(start), end: nextYear(end) }));
}

const nextYear = (day: Ymd): Ymd =>
  `${Number(day.slice(0, 4)) + 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;
const nextName = (name: string): string => name.replace(/\d{4}/g, (year) => String(Number(year) + 1));

/** The school whose relations a coordinator renews; a coordinator without a school only sets the terms. */
export type Scope = { schoolId?: string };

const within = (programme: Programme, personId: string, { schoolId }: Scope): boolean =>
  schoolId !== undefined && rosterOf(programme).person.get(personId)?.schoolId === schoolId;

/** Care and mentorships still in force at the end of the closing year's last term. */
export function running(programme: Programme, { end }: YearsOf, scope: Scope) {
  const lasts = (row: Care | Mentorship) =>
    alive(row, addDays(end, -SUMMER_DAYS), end) && (row.to ?? '9') >= addDays(end, -SUMMER_DAYS);
  return {
    cares: programme.cares.filter((c) => lasts(c) && within(programme, c.mentorId, scope)),
    mentorships: programme.mentorships.filter((m) => lasts(m) && within(programme, m.mentorId, scope)),
  };
}

/** A relation that ends this shortly before the term has ended with it. */
const SUMMER_DAYS = 21;

/** A coordinator's decisions. Ids of what does not continue; `added`: pupils who are new in care. */
export interface YearDecided {
  terms: Term[];
  ending: string[];
  promote: boolean;
  added: { mentorId: string; name: string; grade?: string }[];
  /** Stays that end with the year. */
  stays: (Activity & { reporterId: string })[];
}

/** How many entries of each kind a new school year changes. */
export interface YearCounts {
  renewed: number;
  ended: number;
  promoted: number;
  graduated: number;
  added: number;
  terms: number;
  stays: number;
}

export interface YearChange {
  input: ProgrammeInput;
  counts: YearCounts;
}

/** The change as rows of a file: only those that change. */
export function yearChange(programme: Programme, years: YearsOf, scope: Scope, decided: YearDecided): YearChange {
  const next = years.closing + 1;
  const start = [...decided.terms.map((t) => t.start), ...firstDayOf(programme, next)].sort()[0] ?? `${next}-09-01`;
  const last = addDays(start, -1);
  const { school, person, pupil } = rosterOf(programme);
  const personName = (id: string) => personKey(school.get(person.get(id)?.schoolId ?? '')?.name, person.get(id)!.name);
  const pupilName = (id: string) => {
    const { name, code, schoolId } = pupil.get(id)!;
    return pupilKey(school.get(schoolId ?? '')?.name, name, code);
  };
  const { cares, mentorships } = running(programme, years, scope);
  const moved = new Map(
    [...new Set(cares.map((c) => c.pupilId))].map((id) => {
      const { grade, schoolId } = pupil.get(id)!;
      return [id, decided.promote && grade ? nextGrade(grade, school.get(schoolId ?? '')) : undefined];
    }),
  );
  const ends = (id: string, pupilId?: string) =>
    decided.ending.includes(id) || (pupilId !== undefined && moved.get(pupilId) === 'leaves');
  /** A row that changes: it continues although it had an end, or ends although it had none. */
  const changed = <T extends Care | Mentorship>(row: T, ending: boolean): Pick<T, 'from' | 'to'> | undefined => {
    const open = (row.to ?? '9999') > last;
    if (ending) return open ? { ...(row.from && { from: row.from }), to: last } : undefined;
    return open ? undefined : { from: start, to: nextYear(row.to!) };
  };
  const ofCares = cares.flatMap((c) => {
    const days = changed(c, ends(c.id, c.pupilId));
    const id = `${personName(c.mentorId)}→${pupilName(c.pupilId)}`;
    return days
      ? [
          {
            id,
            mentorId: personName(c.mentorId),
            pupilId: pupilName(c.pupilId),
            ...(c.kind && { kind: c.kind }),
            ...days,
          },
        ]
      : [];
  });
  const ofMentorships = mentorships.flatMap((m) => {
    const days = changed(m, ends(m.id));
    const [mentorId, menteeId] = [personName(m.mentorId), personName(m.menteeId)];
    return days ? [{ id: `${mentorId}→${menteeId}`, mentorId, menteeId, ...days }] : [];
  });
  const named = (id: string) => {
    const { name, code, schoolId } = pupil.get(id)!;
    const home = school.get(schoolId ?? '')?.name;
    return { id: pupilName(id), name, ...(code && { code }), ...(home && { schoolId: home }) };
  };
  const promoted = [...moved].flatMap(([id, grade]) => (grade && grade !== 'leaves' ? [{ ...named(id), grade }] : []));
  const added = decided.added.map(({ mentorId, name, grade }) => {
    const home = school.get(person.get(mentorId)?.schoolId ?? '')?.name;
    const id = pupilKey(home, name);
    const mentor = personName(mentorId);
    return {
      pupil: { id, name, ...(grade && { grade }), ...(home && { schoolId: home }) },
      care: { id: `${mentor}→${id}`, mentorId: mentor, pupilId: id, from: start },
    };
  });
  const relations = [...cares.map((c) => ends(c.id, c.pupilId)), ...mentorships.map((m) => ends(m.id))];
  const graduated = [...moved.values()].filter((grade) => grade === 'leaves').length;
  return {
    input: {
      ...{ name: programme.name, districts: [], schools: [], people: [], pairings: [], waivers: [], plans: [] },
      terms: decided.terms,
      mentorships: ofMentorships,
      pupils: [...promoted, ...added.map((a) => a.pupil)],
      cares: [...ofCares, ...added.map((a) => a.care)],
      activities: decided.stays.map((a) => ({ ...a, dateTo: last })),
      ...(scope.schoolId && { yearBegun: { year: next, from: start, schoolId: school.get(scope.schoolId)!.name } }),
    },
    counts: {
      renewed: relations.filter((ending) => !ending).length,
      ended: relations.filter((ending) => ending).length,
      promoted: promoted.length,
      graduated,
      added: added.length,
      terms: decided.terms.length,
      stays: decided.stays.length,
    },
  };
}

const firstDayOf = (programme: Programme, year: number): Ymd[] =>
  schoolYears(programme).flatMap((y) => (y.year === year ? [y.start] : []));

/** Whether a school has changed to a year; without a school, whether its terms are known. */
export const isBegun = (programme: Programme, year: number, schoolId: string | undefined): boolean =>
  schoolId === undefined
    ? schoolYears(programme).some((y) => y.year === year)
    : (programme.yearsBegun ?? []).some((b) => b.year >= year && b.schoolId === schoolId);

/**
 * The first day whose records a person's school can still change: those of a closed year are history. Undefined if no
 * year has been closed yet.
 */
export function changeableFrom(programme: Programme, schoolId: string | undefined, today: Ymd): Ymd | undefined {
  const begun = (programme.yearsBegun ?? []).filter((b) => b.schoolId === schoolId);
  return begun
    .map((b) => b.from)
    .filter((from) => from <= today)
    .sort()
    .at(-1);
}
