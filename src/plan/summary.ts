/** What a leader's summary covers: the days it tells of, those it compares them with, and the obligations it counts. */
import type { Activity } from './activity.ts';
import { addDays, mondayOf, type Range, type Ymd } from './dates.ts';
import type { Figures } from './figures.ts';
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

/** Undefined where the programme has no term yet. `told`: a day of what is told of, where that is not `today`. */
export function summaryDays(programme: Programme, span: Span, today: Ymd, told = today): SummaryDays | undefined {
  const terms = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const termAt = (day: Ymd) => terms.findLast((t) => t.start <= day) ?? terms[0];
  const term = termAt(today);
  if (!term) return undefined;
  const range = { start: term.start, end: term.end };
  const start = { week: mondayOf(told), month: `${told.slice(0, 7)}-01`, term: term.start }[span];
  const dayBefore = addDays(start, -1);
  const earlier = terms.findLast((t) => t.start < term.start);
  const before = {
    week: { start: addDays(start, -7), end: dayBefore },
    month: { start: `${dayBefore.slice(0, 7)}-01`, end: dayBefore },
    term: earlier ? { start: earlier.start, end: earlier.end } : { start: dayBefore, end: dayBefore },
  }[span];
  const end = span === 'term' && term.end < today ? term.end : told;
  return { now: { start, end }, before, term: range, since: termAt(before.start)!.start };
}

/** What figures are about. */
export type Realm = { kind: 'programme' } | { kind: 'district' | 'school' | 'pairing'; id: string };

/**
 * One requirement, school or pairing with its duties. `key`: `plan/requirement`, or an id. By school a duty is its owner's alone
 * (`ownerOf`), so that the rows add up to the whole: what two schools owe together has a row of its own, `pairing:ID`.
 */
export interface Group extends Omit<Figures, 'planned'> {
  key: string;
  /** Met in the summary's days, and in those before. */
  metNow: number;
  metBefore: number;
}

/** Duties of one owner and requirement that are late, and since when the first is. */
export interface Worst {
  owner: string;
  requirement: string;
  count: number;
  since: Ymd;
}

/** Everything a summary card is drawn from. */
export interface SummaryFigures {
  realm: Realm;
  span: Span;
  by: Grouping;
  today: Ymd;
  days: SummaryDays;
  groups: Group[];
  /** The realm as a whole, each duty once. */
  total: Figures & Pick<Group, 'metNow' | 'metBefore'>;
  /** How many schools are late with something, and what is latest. */
  lateOwners: number;
  worst: Worst[];
  /** Done activities in the days and in those before. */
  activities: { now: number; before: number };
  /** The whole term week by week: per cent wanted, and done as far as it is known. */
  curve: { week: Ymd; planned: number; done?: number }[];
  news: Activity[];
  /** Of a term: its inspections, what they found, and what of it was put right. */
  inspections?: { all: number; findings: number; mended: number };
}
