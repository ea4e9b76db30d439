/** How much eligible activities come to in one measure: DESIGN section 6 "Measures". */
import type { Activity } from './activity.ts';
import { schoolCalendar } from './calendar.ts';
import type { Range, Ymd } from './dates.ts';
import type { Measure, SubjectKind } from './plan.ts';
import type { Programme } from './programme.ts';
import type { NotCounted } from './reasons.ts';
import { daysOf } from './stays.ts';

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
  left: [id: string, reason: NotCounted][];
}

const PERSONAL: SubjectKind[] = ['teacher', 'leader', 'principal'];

const timesOf = (a: Activity): number => a.times ?? 1;
const largest = (list: Activity[]): number => Math.max(0, ...list.map(timesOf));

/**
 * What the activities of one day and kind come to above a person: the same place is one occasion, whoever reports it, and a report
 * without a place is taken to mean one of the places said.
 */
const occasionsOfDay = (list: Activity[], place: Measuring['place']): number => {
  const placed = [...Map.groupBy(list, place)].flatMap(([at, same]) => (at === '' ? [] : [largest(same)]));
  const unplaced = largest(list.filter((a) => place(a) === ''));
  return placed.reduce((sum, n) => sum + n, 0) + Math.max(0, unplaced - Math.max(0, ...placed));
};

const times = (activities: Activity[], m: Measuring): Measured => {
  if (PERSONAL.includes(m.subject)) return { done: activities.reduce((n, a) => n + timesOf(a), 0), left: [] };
  const days = [...Map.groupBy(activities, (a) => `${a.date} ${a.kind}`).values()];
  if (m.subject === 'care')
    // A pupil is credited once per day and kind, however many talks a report speaks of.
    return { done: days.length, left: days.flatMap((list) => told(list.slice(1), { code: 'same_day' })) };
  const repeated = (list: Activity[]): Activity[] => {
    const places = new Set<string>();
    return list.filter((a) => {
      const at = m.place(a);
      const known = places.size > 0 && (at === '' || places.has(at) || (places.size === 1 && places.has('')));
      places.add(at);
      return known;
    });
  };
  return {
    done: days.reduce((n, list) => n + occasionsOfDay(list, m.place), 0),
    left: days.flatMap((list) => told(repeated(list), { code: 'same_occasion' })),
  };
};

const told = (list: Activity[], reason: NotCounted): Measured['left'] => list.map((a) => [a.id, reason]);

const sum =
  (amount: (activity: Activity) => number | undefined, missing: NotCounted) =>
  (activities: Activity[]): Measured => ({
    done: Math.round(activities.reduce((total, a) => total + (amount(a) ?? 0), 0) * 100) / 100,
    left: activities.filter((a) => !amount(a)).map((a) => [a.id, missing]),
  });

/** Named ones count once each; of unnamed ones only the largest number in one report, for they may be the same each time. */
const distinct =
  (named: (activity: Activity) => string[], unnamed: (activity: Activity) => number, missing: NotCounted) =>
  (activities: Activity[]): Measured => ({
    done: new Set(activities.flatMap(named)).size + Math.max(0, ...activities.map(unnamed)),
    left: activities.filter((a) => named(a).length === 0 && unnamed(a) <= 0).map((a) => [a.id, missing]),
  });

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
        { code: activity.action === 'leave' ? 'on_leave' : inside.length > 0 ? 'days_known' : 'no_school_day' },
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
  lessons: sum(lessonsOf, { code: 'no_lessons' }),
  yuan: sum(yuanOf, { code: 'no_amount' }),
  documents: sum((a) => a.pieces ?? 1, { code: 'no_pieces' }),
  people: (list, m) => distinct(m.people, (a) => a.people ?? 0, { code: 'no_people' })(list),
  pupils: (list, m) => distinct(m.pupils, (a) => (a.pupilCount ?? 0) - m.pupils(a).length, { code: 'no_pupils' })(list),
  days,
  weeks: (list, m) => {
    const came = days(list, m);
    return { ...came, done: came.done / 5 };
  },
};

/** The measure of activities that have already been found eligible, in order of date. */
export const measured = (measure: Measure, activities: Activity[], m: Measuring): Measured =>
  MEASURES[measure](activities, m);
