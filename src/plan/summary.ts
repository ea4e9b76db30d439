/** What a leader's summary covers: its days, the days it compares them with, and the obligations it counts. */
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
  /** Obligations whose range meets this are counted: today's term, or between terms the previous one. */
  term: Range;
  /** First day of the term in which `before` begins: duties met then may have ended before this term. */
  since: Ymd;
}

/** Undefined if the programme has no term yet. `shownDay`: a day of the reported span, if that is not `today`. */
export function summaryDays(programme: Programme, span: Span, today: Ymd, shownDay = today): SummaryDays | undefined {
  const terms = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const termAt = (day: Ymd) => terms.findLast((t) => t.start <= day) ?? terms[0];
  const term = termAt(today);
  if (!term) return undefined;
  const range = { start: term.start, end: term.end };
  const start = { week: mondayOf(shownDay), month: `${shownDay.slice(0, 7)}-01`, term: term.start }[span];
  const dayBefore = addDays(start, -1);
  const earlier = terms.findLast((t) => t.start < term.start);
  const before = {
    week: { start: addDays(start, -7), end: dayBefore },
    month: { start: `${dayBefore.slice(0, 7)}-01`, end: dayBefore },
    term: earlier ? { start: earlier.start, end: earlier.end } : { start: dayBefore, end: dayBefore },
  }[span];
  const end = span === 'term' && term.end < today ? term.end : shownDay;
  return { now: { start, end }, before, term: range, since: termAt(before.start)!.start };
}

/** What figures are about. */
export type Realm = { kind: 'programme' } | { kind: 'district' | 'school' | 'pairing'; id: string };

/**
 * One requirement, school or pairing with its duties. `key`: `plan/requirement`, or an id. By school, a duty belongs only to its owner
 * (`ownerOf`), so that the rows add up: what two schools owe together is in a separate row, `pairing:ID`.
 */
export interface Group extends Omit<Figures, 'planned'> {
  key: string;
  /** Met in the summary's days, and in those before. */
  metNow: number;
  metBefore: number;
}

/** Late duties of one owner and requirement, and since when the first is late. */
export interface Worst {
  owner: string;
  requirement: string;
  count: number;
  since: Ymd;
}

/** All figures of a summary card. */
export interface SummaryFigures {
  realm: Realm;
  span: Span;
  by: Grouping;
  today: Ymd;
  days: SummaryDays;
  groups: Group[];
  /** The whole realm, each duty once. */
  total: Figures & Pick<Group, 'metNow' | 'metBefore'>;
  /** How many schools have late duties, and the latest ones. */
  lateOwners: number;
  worst: Worst[];
  /** Done activities in the days and in those before. */
  activities: { now: number; before: number };
  /** The whole term week by week: the planned per cent, and the done per cent as far as it is known. */
  curve: { week: Ymd; planned: number; done?: number }[];
  news: Activity[];
  /** For a term: its inspections, their findings, and how many were corrected. */
  inspections?: { all: number; findings: number; mended: number };
}
