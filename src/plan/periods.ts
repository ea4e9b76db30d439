/** The uncut periods of a programme: DESIGN section 6 "Ranges". */
import { schoolCalendar } from './calendar.ts';
import { addDays, dateIn, daysBetween, eachDay, intersect, lengthOf, mondayOf, type Range, type Ymd } from './dates.ts';
import type { PeriodName } from './obligation.ts';
import type { PeriodSpec } from './plan.ts';
import type { Programme, Term } from './programme.ts';
import type { Excuse } from './reasons.ts';

/** A period before a spell cuts it. `key` stays the same if the dates of a term are corrected. */
export interface Window extends Range {
  name: PeriodName;
  key: string;
  /** Set if the period itself asks for nothing, e.g. a fortnight without a school day. */
  waived?: Excuse;
}

/** A school year, named by the calendar year it starts in. */
export interface SchoolYear extends Range {
  year: number;
  terms: Term[];
}

/** The school year (1 Aug to 31 Jul) that contains a date, named by the year it starts in. */
export const yearLabel = (date: Ymd): number => Number(date.slice(0, 4)) - (date.slice(5, 7) < '08' ? 1 : 0);

const years = new WeakMap<Programme, SchoolYear[]>();

const middleOf = (term: Term): Ymd => addDays(term.start, Math.floor(daysBetween(term.start, term.end) / 2));

/** The known school years in order. A term belongs to the year that contains its middle day. */
export function schoolYears(programme: Programme): SchoolYear[] {
  const known = years.get(programme);
  if (known) return known;
  const byYear = new Map<number, Term[]>();
  for (const term of programme.terms) {
    const year = yearLabel(middleOf(term));
    byYear.set(year, [...(byYear.get(year) ?? []), term]);
  }
  const sorted = [...byYear]
    .sort(([a], [b]) => a - b)
    .map(([year, terms]) => ({ year, terms: terms.toSorted((a, b) => (a.start < b.start ? -1 : 1)) }));
  const answer = sorted.map(({ year, terms }, i) => {
    const next = sorted[i + 1];
    const end = next?.year === year + 1 ? addDays(next.terms[0]!.start, -1) : `${year + 1}-08-31`;
    return { year, terms, start: terms[0]!.start, end };
  });
  years.set(programme, answer);
  return answer;
}

/** The school year of a date, or undefined if the programme lists no terms for it. */
export function schoolYearRange(programme: Programme, date: Ymd): Range | undefined {
  const found = schoolYears(programme).find((y) => y.start <= date && date <= y.end);
  return found && { start: found.start, end: found.end };
}

/** A year's range, even if its terms are unknown: 1 September to the day before the next year, or 31 August. */
function rangeOfYear(programme: Programme, year: number): Range {
  const all = schoolYears(programme);
  const known = all.find((y) => y.year === year);
  if (known) return known;
  const next = all.find((y) => y.year === year + 1);
  return { start: `${year}-09-01`, end: next ? addDays(next.start, -1) : `${year + 1}-08-31` };
}

/** Autumn or spring, by a term's middle day. */
const halfOf = (term: Term): 1 | 2 =>
  ['08', '09', '10', '11', '12', '01'].includes(middleOf(term).slice(5, 7)) ? 1 : 2;

/**
 * Terms with the keys of their duties: the stored key, else the half of the school year and, if a half has several, the position
 * in it. A store keeps the keys, so that adding or correcting a term moves no duty of another.
 */
export function keyedTerms(terms: Term[]): (Term & { key: string })[] {
  const taken = new Set(terms.flatMap((t) => t.key ?? []));
  const free = (base: string, n = 1): string => {
    const key = n === 1 ? base : `${base}.${n}`;
    return taken.has(key) ? free(base, n + 1) : key;
  };
  return terms
    .toSorted((a, b) => (a.start < b.start ? -1 : 1))
    .map((term) => {
      const key = term.key ?? free(`${yearLabel(middleOf(term))}.${halfOf(term)}`);
      taken.add(key);
      return { ...term, key };
    });
}

const termsOf = (programme: Programme): { term: Term; key: string }[] =>
  keyedTerms(programme.terms).map((term) => ({ term, key: term.key }));

/** Blocks of whole weeks from the Monday of a term's first week; blocks with fewer than `least` days inside the term are dropped. */
function blocksOfDays(
  programme: Programme,
  days: number,
  least: number,
  named: (term: string, i: number) => { name: PeriodName; key: string },
): Window[] {
  const calendar = schoolCalendar(programme);
  return termsOf(programme).flatMap(({ term, key }) => {
    const monday = mondayOf(term.start);
    const blocks = Math.ceil((daysBetween(monday, term.end) + 1) / days);
    return Array.from({ length: blocks }, (_, i): Window[] => {
      const start = addDays(monday, days * i);
      const cut = intersect({ start, end: addDays(start, days - 1) }, term);
      if (!cut || lengthOf(cut) < least) return [];
      const empty = !eachDay(cut).some(calendar.isSchoolDay);
      const { name, key: block } = named(term.name, i);
      return [{ ...cut, name, key: `${key}.${block}`, ...(empty && { waived: { code: 'no_school_day' } }) }];
    }).flat();
  });
}

const weeks = (programme: Programme): Window[] =>
  blocksOfDays(programme, 7, 4, (term, i) => ({ name: { kind: 'week', term, week: i + 1 }, key: `w${i + 1}` }));

const fortnights = (programme: Programme): Window[] =>
  blocksOfDays(programme, 14, 7, (term, i) => ({
    name: { kind: 'fortnight', term, weeks: [2 * i + 1, 2 * i + 2] },
    key: `f${i + 1}`,
  }));

/** Months with fewer school days than this ask for nothing. */
const MIN_SCHOOL_DAYS_OF_MONTH = 10;

function months(programme: Programme): Window[] {
  const calendar = schoolCalendar(programme);
  return termsOf(programme).flatMap(({ term, key }) => {
    const found: Window[] = [];
    for (let first = `${term.start.slice(0, 7)}-01`; first <= term.end; ) {
      const month = first.slice(0, 7);
      const end = dateIn(Number(month.slice(0, 4)), Number(month.slice(5)), 31);
      const cut = intersect({ start: first, end }, term);
      if (cut && eachDay(cut).filter(calendar.isSchoolDay).length >= MIN_SCHOOL_DAYS_OF_MONTH)
        found.push({ ...cut, name: { kind: 'month', month }, key: `${key}.${month}` });
      first = addDays(end, 1);
    }
    return found;
  });
}

/** Sep–Aug years that can meet a known school year. */
function civilYears(programme: Programme): number[] {
  const known = schoolYears(programme).map((y) => y.year);
  return [...new Set(known.flatMap((y) => [y - 1, y, y + 1]))].sort((a, b) => a - b);
}
function inYear(year: number, monthDay: string): Ymd {
  const [month, day] = monthDay.split('-').map(Number) as [number, number];
  return dateIn(month >= 9 ? year : year + 1, month, day);
}

function windowOf(year: number, spec: string): Window {
  const [from, to] = spec.split('..') as [string, string];
  const start = inYear(year, from);
  const [month, day] = to.split('-').map(Number) as [number, number];
  const startYear = Number(start.slice(0, 4));
  const end = dateIn(to < from ? startYear + 1 : startYear, month, day);
  return { start, end, name: { kind: 'window', year: startYear, from, to }, key: `${year}.${spec}` };
}

/** The first school year of each two-year cycle, counted from the school year in which the first one began. */
function cycles(programme: Programme, firstYear: number): Window[] {
  const starts = schoolYears(programme).map(({ year }) => firstYear + 2 * Math.floor((year - firstYear) / 2));
  return [...new Set(starts)].map((year) => ({
    start: rangeOfYear(programme, year).start,
    end: rangeOfYear(programme, year + 1).end,
    name: { kind: 'cycle', year },
    key: `${year}+2`,
  }));
}

/** The whole life of a programme: from its first known school year to its last. */
function programmeLife(programme: Programme): Range | undefined {
  const all = schoolYears(programme);
  return all.length > 0 ? { start: all[0]!.start, end: all.at(-1)!.end } : undefined;
}

/**
 * Every uncut period of a spec in a programme's known terms, in order. `life` is the pairing's (from, to) for
 * `cycle`, which counts its two years from the pairing's first, and for `once`, which lasts as long as the pairing.
 */
export function windowsOf(programme: Programme, spec: PeriodSpec, life: Partial<Range> = {}): Window[] {
  if (schoolYears(programme).length === 0) return [];
  if (typeof spec === 'object') {
    if ('windows' in spec) return civilYears(programme).flatMap((y) => spec.windows.map((w) => windowOf(y, w)));
    if ('due' in spec)
      return civilYears(programme).map((y) => {
        const end = inYear(y, spec.due);
        const year = spec.for && (spec.for === 'next' ? y + 1 : y);
        const name = { kind: 'due' as const, by: end, ...(year !== undefined && { year }) };
        return { start: `${y}-09-01`, end, name, key: `${y}.due.${spec.due}` };
      });
    return civilYears(programme).map((y) => {
      const start = inYear(y, `${spec.month}-1`);
      const year = Number(start.slice(0, 4));
      const month = start.slice(0, 7);
      return { start, end: dateIn(year, spec.month, 31), name: { kind: 'calendar_month', month }, key: month };
    });
  }
  switch (spec) {
    case 'week':
      return weeks(programme);
    case 'fortnight':
      return fortnights(programme);
    case 'month':
      return months(programme);
    case 'term':
      return termsOf(programme).map(({ term: { start, end, name }, key }) => ({
        start,
        end,
        name: { kind: 'term', term: name },
        key,
      }));
    case 'school_year':
      return schoolYears(programme).map(({ year, start, end }) => ({
        start,
        end,
        name: { kind: 'school_year', year },
        key: String(year),
      }));
    case 'cycle':
      return cycles(programme, life.start ? yearLabel(life.start) : schoolYears(programme)[0]!.year);
    case 'once': {
      const programmeSpan = programmeLife(programme)!;
      const start = life.start ?? programmeSpan.start;
      const end = life.end ?? programmeSpan.end;
      return start <= end ? [{ start, end, name: { kind: 'once' }, key: 'once' }] : [];
    }
  }
}
