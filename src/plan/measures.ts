/** How much eligible activities come to in one measure: DESIGN section 6 "Measures". */
import { schoolCalendar } from './calendar.ts';
import { addDays } from './dates.ts';
import type { Activity, Measure, Programme, Range, SubjectKind, Ymd } from './types.ts';

export interface Measuring {
  /** [start, min(end, day)] of the obligation. */
  range: Range;
  subject: SubjectKind;
  place(activity: Activity): string;
  people(activity: Activity): string[];
  pupils(activity: Activity): string[];
  programme: Programme;
}
/** `left`: activities that add nothing, with the reason. */
export interface Measured {
  done: number;
  left: [id: string, reason: string][];
}

const PERSONAL: SubjectKind[] = ['teacher', 'leader', 'principal'];

/**
 * What makes two activities one occasion. A pupil is credited once per day and kind; above a person the same kind, date and
 * place is one occasion whoever reports it; for a person each record is its own.
 */
const occasionOf = (m: Measuring, activity: Activity): string => {
  if (PERSONAL.includes(m.subject)) return activity.id;
  return m.subject === 'care' ? activity.date : `${activity.date} ${m.place(activity)}`;
};

const times = (activities: Activity[], m: Measuring): Measured => {
  const occasions = new Map<string, number>();
  const left: Measured['left'] = [];
  for (const activity of activities) {
    const key = occasionOf(m, activity);
    const known = occasions.get(key);
    const said = m.subject === 'care' ? 1 : (activity.times ?? 1);
    if (known !== undefined) left.push([activity.id, m.subject === 'care' ? '同一天同类只计一次' : '与已计的是同一次']);
    occasions.set(key, Math.max(known ?? 0, said));
  }
  return { done: [...occasions.values()].reduce((a, b) => a + b, 0), left };
};

const sum =
  (amount: (activity: Activity) => number | undefined, missing: string) =>
  (activities: Activity[]): Measured => ({
    done: Math.round(activities.reduce((total, a) => total + (amount(a) ?? 0), 0) * 100) / 100,
    left: activities.filter((a) => !amount(a)).map((a) => [a.id, missing]),
  });

/** Named ones count once each; of unnamed ones only the largest number in one report, for they may be the same each time. */
const distinct =
  (named: (activity: Activity) => string[], unnamed: (activity: Activity) => number, missing: string) =>
  (activities: Activity[]): Measured => ({
    done: new Set(activities.flatMap(named)).size + Math.max(0, ...activities.map(unnamed)),
    left: activities.filter((a) => named(a).length === 0 && unnamed(a) <= 0).map((a) => [a.id, missing]),
  });

const LONGEST_STAY = 400;

/**
 * School days of a stay, in order: from its date to its last day where known, at most as many as it says. A stay said only
 * as a number of days or weeks (of five) runs on from its date. Leave is no presence.
 */
const daysOf = (activity: Activity, isSchoolDay: (date: Ymd) => boolean): Ymd[] => {
  if (activity.action === 'leave') return [];
  const said = activity.days ?? (activity.weeks === undefined ? undefined : activity.weeks * 5);
  const limit = said === undefined ? (activity.dateTo ? LONGEST_STAY : 1) : Math.ceil(said);
  const found: Ymd[] = [];
  for (let i = 0, day = activity.date; i < LONGEST_STAY && found.length < limit; i++, day = addDays(day, 1)) {
    if (activity.dateTo ? day > activity.dateTo : said === undefined && i > 0) break;
    if (isSchoolDay(day)) found.push(day);
  }
  return found;
};

const days = (activities: Activity[], m: Measuring): Measured => {
  const { isSchoolDay } = schoolCalendar(m.programme);
  const seen = new Set<Ymd>();
  const left: Measured['left'] = [];
  for (const activity of activities) {
    const inside = daysOf(activity, isSchoolDay).filter((d) => m.range.start <= d && d <= m.range.end);
    const fresh = inside.filter((d) => !seen.has(d));
    if (fresh.length === 0)
      left.push([
        activity.id,
        activity.action === 'leave' ? '请假不计天数' : inside.length > 0 ? '这些天已经计过' : '不是上课日',
      ]);
    for (const day of fresh) seen.add(day);
  }
  return { done: seen.size, left };
};

const lessonsOf = (a: Activity): number | undefined =>
  a.lessons ?? (a.kind === 'demo_lesson' ? (a.times ?? 1) : undefined);
const yuanOf = (a: Activity): number => (a.valueYuan ?? 0) + (a.cashYuan ?? 0);

const MEASURES: Record<Measure, (activities: Activity[], m: Measuring) => Measured> = {
  times,
  lessons: sum(lessonsOf, '没有写节数'),
  yuan: sum(yuanOf, '没有写金额'),
  documents: sum((a) => a.pieces ?? 1, '没有写份数'),
  people: (list, m) => distinct(m.people, (a) => a.people ?? 0, '没有写到本方人员')(list),
  pupils: (list, m) => distinct(m.pupils, (a) => (a.pupilCount ?? 0) - m.pupils(a).length, '没有写到学生')(list),
  days,
  weeks: (list, m) => {
    const came = days(list, m);
    return { ...came, done: came.done / 5 };
  },
};

/** The measure of activities that have already been found eligible, in order of date. */
export const measured = (measure: Measure, activities: Activity[], m: Measuring): Measured =>
  MEASURES[measure](activities, m);
