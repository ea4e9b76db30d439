/** What a leader's summary covers: the days it tells of, those it compares them with, and the obligations it counts. */
import type { Activity } from './activity.ts';
import { addDays, mondayOf, type Range, type Ymd } from './dates.ts';
import type { State } from './obligation.ts';
import type { Programme } from './programme.ts';

export const SPANS = ['week', 'month', 'term'] as const;
export type Span = (typeof SPANS)[number];
export const GROUPINGS = ['requirement', 'school', 'pairing'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface SummaryDays {
  /** Up to today. */
  now: Range;
  /** The whole week, month or term before. */
  before: Range;
  /** Obligations whose range meets this are counted: the term of today, or between terms the one before. */
  term: Range;
  /** First day of the term in which `before` begins: what was met then may have been over before this term. */
  since: Ymd;
}

/** Undefined where the programme has no term yet. */
export function summaryDays(programme: Programme, span: Span, today: Ymd): SummaryDays | undefined {
  const terms = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const termAt = (day: Ymd) => terms.findLast((t) => t.start <= day) ?? terms[0];
  const term = termAt(today);
  if (!term) return undefined;
  const range = { start: term.start, end: term.end };
  const start = { week: mondayOf(today), month: `${today.slice(0, 7)}-01`, term: term.start }[span];
  const dayBefore = addDays(start, -1);
  const earlier = terms.findLast((t) => t.start < term.start);
  const before = {
    week: { start: addDays(start, -7), end: dayBefore },
    month: { start: `${dayBefore.slice(0, 7)}-01`, end: dayBefore },
    term: earlier ? { start: earlier.start, end: earlier.end } : { start: dayBefore, end: dayBefore },
  }[span];
  const end = span === 'term' && term.end < today ? term.end : today;
  return { now: { start, end }, before, term: range, since: termAt(before.start)!.start };
}

/** How many obligations are in each state. */
export type StateCounts = Record<State, number>;
export const noStates = (): StateCounts => ({
  waived: 0,
  met: 0,
  upcoming: 0,
  missed: 0,
  overdue: 0,
  due_soon: 0,
  open: 0,
});

/** y of 「x of y」: everything that is asked for. */
export const askedOf = (c: StateCounts): number => c.met + c.upcoming + c.missed + c.overdue + c.due_soon + c.open;
export const lateOf = (c: StateCounts): number => c.missed + c.overdue;

/** What figures are about. */
export type Realm = { kind: 'programme' } | { kind: 'district' | 'school' | 'pairing'; id: string };

/** One requirement, school or pairing (`key`: `plan/requirement`, or an id) with its obligations by state. */
export interface Group {
  key: string;
  counts: StateCounts;
  /** Met in the summary's days, and in those before. */
  metNow: number;
  metBefore: number;
}

/** Everything a summary card is drawn from. */
export interface SummaryFigures {
  realm: Realm;
  span: Span;
  by: Grouping;
  days: SummaryDays;
  groups: Group[];
  /** The realm as a whole: an obligation of two schools is in both their groups, but counted here once. */
  total: Group;
  late: { kind: Grouping; id: string; count: number }[];
  /** Done activities by date, from the first day of `days.before` or twelve weeks back, whichever is earlier. */
  perDay: Map<Ymd, number>;
  news: Activity[];
  /** Of a term: its inspections, what they found, and what of it was put right. */
  inspections?: { all: number; findings: number; mended: number };
}
