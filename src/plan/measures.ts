/** How much eligible activities amount to in one measure: DESIGN section 6 "Measures". */
import type { Activity } from './activity.ts';
import { schoolCalendar } from './calendar.ts';
import type { Range, Ymd } from './dates.ts';
import { heaviest } from './heaviest.ts';
import { comparing } from './occasions.ts';
import type { Measure, SubjectKind } from './plan.ts';
import type { Programme } from './programme.ts';
import type { NotCounted } from './reasons.ts';
import { secondmentDays } from './secondment-days.ts';

export interface Measuring {
  /** [start, min(end, day)] of the obligation. */
  range: Range;
  subject: SubjectKind;
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
const leftWith = (list: Activity[], reason: NotCounted): Measured['left'] => list.map((a) => [a.id, reason]);

/** The greatest sum of records in which no two report the same thing, so that a further record never lowers it. */
function distinctSum(
  activities: Activity[],
  figure: (a: Activity) => number,
  same: (a: Activity, b: Activity) => boolean,
): Measured {
  const chosen = new Set(
    [...Map.groupBy(activities, (a) => `${a.date} ${a.kind}`).values()].flatMap((list) => heaviest(list, figure, same)),
  );
  const done = Math.round([...chosen].reduce((n, a) => n + figure(a), 0) * 100) / 100;
  return {
    done,
    left: leftWith(
      activities.filter((a) => !chosen.has(a)),
      { code: 'same_occasion' },
    ),
  };
}

function times(activities: Activity[], m: Measuring): Measured {
  if (m.subject === 'care') {
    // A pupil is credited once per day and kind, however many talks a report mentions.
    const days = [...Map.groupBy(activities, (a) => `${a.date} ${a.kind}`).values()];
    return { done: days.length, left: days.flatMap((list) => leftWith(list.slice(1), { code: 'same_day' })) };
  }
  // One person's records with different content are separate occasions; above a person the trip counts once.
  const { samePart, sameOccasion } = comparing(m.programme);
  return distinctSum(activities, timesOf, PERSONAL.includes(m.subject) ? samePart : sameOccasion);
}

const sum =
  (amount: (activity: Activity) => number | undefined, missing: NotCounted) =>
  (activities: Activity[], m: Measuring): Measured => {
    const [stated, unstated] = [activities.filter(amount), activities.filter((a) => !amount(a))];
    const sum = distinctSum(stated, (a) => amount(a)!, comparing(m.programme).samePart);
    return { ...sum, left: [...sum.left, ...leftWith(unstated, missing)] };
  };

/** Named ones count once each; of unnamed ones only the largest number in one report, because they may be the same people. */
const distinct =
  (named: (activity: Activity) => string[], unnamed: (activity: Activity) => number, missing: NotCounted) =>
  (activities: Activity[]): Measured => ({
    done: new Set(activities.flatMap(named)).size + Math.max(0, ...activities.map(unnamed)),
    left: activities.filter((a) => named(a).length === 0 && unnamed(a) <= 0).map((a) => [a.id, missing]),
  });

function days(activities: Activity[], m: Measuring): Measured {
  const { isSchoolDay } = schoolCalendar(m.programme);
  const seen = new Set<Ymd>();
  const notMeasured: Measured['left'] = [];
  for (const activity of activities) {
    const inside = secondmentDays(activity, isSchoolDay).filter((d) => m.range.start <= d && d <= m.range.end);
    const fresh = inside.filter((d) => !seen.has(d));
    if (fresh.length === 0)
      notMeasured.push([
        activity.id,
        { code: activity.action === 'leave' ? 'on_leave' : inside.length > 0 ? 'days_known' : 'no_school_day' },
      ]);
    for (const day of fresh) seen.add(day);
  }
  return { done: seen.size, left: notMeasured };
}

const lessonsOf = (a: Activity): number | undefined =>
  a.lessons ?? (a.kind === 'demo_lesson' ? (a.times ?? 1) : undefined);
const yuanOf = (a: Activity): number => (a.valueYuan ?? 0) + (a.cashYuan ?? 0);

const MEASURES: Record<Measure, (activities: Activity[], m: Measuring) => Measured> = {
  times,
  lessons: sum(lessonsOf, { code: 'no_lessons' }),
  yuan: sum(yuanOf, { code: 'no_amount' }),
  documents: sum((a) => a.pieces ?? 1, { code: 'no_pieces' }),
  // Guests who are not named count as at least one.
  people: (list, m) =>
    distinct(m.people, (a) => a.people ?? (a.direction === 'inbound' && m.people(a).length === 0 ? 1 : 0), {
      code: 'no_people',
    })(list),
  pupils: (list, m) => distinct(m.pupils, (a) => (a.pupilCount ?? 0) - m.pupils(a).length, { code: 'no_pupils' })(list),
  days,
  weeks: (list, m) => {
    const sum = days(list, m);
    return { ...sum, done: sum.done / 5 };
  },
};

/** The measure of activities that have already been found eligible, in order of date. */
export const measured = (measure: Measure, activities: Activity[], m: Measuring): Measured =>
  MEASURES[measure](activities, m);
