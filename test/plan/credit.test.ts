import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import { credit, feeds } from '../../src/plan/credit.ts';
import type { Obligation } from '../../src/plan/obligation.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import type { Requirement } from '../../src/plan/plan.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { activityOf as a, planOf, programmeOf } from './programme.ts';

type Given = { programme: Programme; obligation: Obligation };
const given = (requirement: Partial<Requirement>, changes: Partial<Programme> = {}, subject?: string): Given => {
  const programme = programmeOf(planOf({ id: 'r', ...requirement }), changes);
  const all = deriveObligations(programme, '2026-11-21');
  return { programme, obligation: all.find((o) => !subject || o.subject.name === subject)! };
};
const done = ({ programme, obligation }: Given, activities: Activity[], until?: string) =>
  credit(obligation, activities, programme, until).done;
const why = ({ programme, obligation }: Given, activity: Activity) =>
  credit(obligation, [activity], programme).notCounted[0]?.reason;

test('a person is credited as the doer or as a participant', () => {
  const g = given({ subject: 'teacher' }, {}, '丙师');
  expect(done(g, [a({ date: '2026-11-02', byId: '丙师' })])).toBe(1);
  expect(done(g, [a({ date: '2026-11-02', participantIds: ['丙师'] })])).toBe(1);
  expect(why(g, a({ date: '2026-11-02' }))).toEqual({ code: 'not_person' });
});

test('the observed teacher is not an observer, and unnamed visitors do not include their reporter', () => {
  const observed = { date: '2026-11-02', kind: 'observe' } as const;
  const visit = { ...observed, direction: 'inbound' } as const;
  const observer = given({ subject: 'teacher', activity: 'observe' }, {}, '甲师');
  const observedTeacher = given({ subject: 'teacher', activity: 'observe', side: 'both' }, {}, '乙师');
  expect(done(observer, [a({ ...observed, participantIds: ['乙师'] })])).toBe(1);
  expect(why(observedTeacher, a({ ...observed, participantIds: ['乙师'] }))).toEqual({ code: 'not_person' });
  expect(done(observedTeacher, [a({ ...visit, byId: '乙师', placeId: '甲校', participantIds: ['甲师'] })])).toBe(1);
  expect(why(observer, a({ ...visit, byId: '乙师', placeId: '甲校', participantIds: ['甲师'] }))).toEqual({
    code: 'not_person',
  });
  expect(why(observer, a({ ...visit, placeId: '甲校' }))).toEqual({ code: 'not_person' });
});

test('activities that never count say why', () => {
  const g = given({});
  expect(why(g, a({ date: '2026-11-02', status: 'planned' }))).toEqual({ code: 'planned' });
  expect(why(g, a({ date: '2026-11-02', status: 'attempted' }))).toEqual({ code: 'attempted' });
  expect(why(g, a({ date: '2026-11-02', status: 'cancelled' }))).toEqual({ code: 'cancelled' });
  expect(why(g, a({ date: '2026-11-02', status: 'withdrawn' }))).toEqual({ code: 'withdrawn' });
  expect(why(g, a({ date: '2026-11-02', confirmation: 'disputed' }))).toEqual({ code: 'disputed' });
  expect(why(g, a({ date: '2026-11-02', kind: 'observe' }))).toEqual({ code: 'other_kind' });
  expect(why(g, a({ date: '2026-08-31' }))).toEqual({ code: 'too_early' });
  expect(why(g, a({ date: '2027-01-23' }))).toEqual({ code: 'too_late' });
  expect(done(g, [a({ date: '2026-11-02', late: true })])).toBe(1);
});

test('an entry dated later counts from its date', () => {
  const g = given({});
  expect(done(g, [a({ date: '2026-12-01' })], '2026-11-30')).toBe(0);
  expect(done(g, [a({ date: '2026-12-01' })], '2026-12-01')).toBe(1);
});

test('a pairing’s side: the doer’s school and the other school, or no school if there is only this pairing', () => {
  const g = given({});
  expect(done(g, [a({ date: '2026-11-02' })])).toBe(1);
  expect(done(g, [a({ date: '2026-11-02', placeId: '乙校' })])).toBe(1);
  expect(done(g, [a({ date: '2026-11-02', placeId: '甲校', partnerId: '乙校' })])).toBe(1);
  expect(done(g, [a({ date: '2026-11-02', placeId: '甲校' })])).toBe(0);
  expect(done(g, [a({ date: '2026-11-02', byId: '乙师', placeId: '甲校' })])).toBe(0);
  const second = { id: '甲丁', supporterId: '甲校', recipientId: '丁校', kinds: [], team: [] };
  const two = given(
    {},
    {
      schools: [...g.programme.schools, { id: '丁校', name: '丁校', short: [] }],
      pairings: [...g.programme.pairings, second],
    },
  );
  expect(done(two, [a({ date: '2026-11-02' })])).toBe(0);
  expect(done(two, [a({ date: '2026-11-02', placeId: '乙校' })])).toBe(1);
  expect(done(two, [a({ date: '2026-11-02', placeId: '丁校' })])).toBe(0);
  // If no other school is named, a participant's school counts; it never adds to a named one.
  expect(done(two, [a({ date: '2026-11-02', placeId: '甲校', participantIds: ['乙师'] })])).toBe(1);
  expect(done(two, [a({ date: '2026-11-02', placeId: '丁校', participantIds: ['乙师'] })])).toBe(0);
});

test('side both of a pairing is fed by either side', () => {
  const g = given({ side: 'both' });
  expect(done(g, [a({ date: '2026-11-02' }), a({ date: '2026-11-03', byId: '乙师' })])).toBe(2);
});

test('above a person the same kind, date and place is one occasion for all reporters', () => {
  const g = given({});
  const first = a({ date: '2026-11-02', placeId: '乙校' });
  const again = a({ date: '2026-11-02', byId: '丙师' });
  expect(credit(g.obligation, [first, again], g.programme)).toMatchObject({
    done: 1,
    counted: [first.id],
    notCounted: [{ activityId: again.id, reason: { code: 'same_occasion' } }],
  });
  expect(done(g, [first, a({ date: '2026-11-03', byId: '丙师' })])).toBe(2);
  expect(done(given({ subject: 'school' }, {}, '甲校'), [first, again])).toBe(1); // a missing place counts as the other one
  expect(
    done(given({ subject: 'school' }, {}, '甲校'), [first, again, a({ date: '2026-11-02', placeId: '甲校' })]),
  ).toBe(2);
});

test('care: the pupil is named or covered by 全部, once per day and kind', () => {
  const g = given({ subject: 'care', activity: 'talk' }, {}, '小一');
  const talk = (x: Partial<Activity>) => a({ date: '2026-11-02', kind: 'talk', ...x });
  expect(done(g, [talk({ pupilIds: ['小一', '小二'] })])).toBe(1);
  expect(done(g, [talk({ pupilIds: ['小二'] })])).toBe(0);
  expect(done(g, [talk({ allAssigned: true })])).toBe(1);
  expect(done(g, [talk({ byId: '丙师', allAssigned: true })])).toBe(0);
  expect(done(g, [talk({ byId: '丙师', pupilIds: ['小一'] })])).toBe(0);
  expect(done(g, [talk({ byId: '丙师', pupilIds: ['小一'], onBehalf: true })])).toBe(1);
  expect(done(g, [talk({ pupilIds: ['小一'], times: 3 }), talk({ pupilIds: ['小一'] })])).toBe(1);
});

test('modes: only accepted ones; an unspecified one is a visit', () => {
  const g = given({ subject: 'care', activity: 'home_visit', accepts: { mode: ['visit', 'phone'] } }, {}, '小一');
  const visit = (mode?: Activity['mode']) => a({ date: '2026-11-02', kind: 'home_visit', pupilIds: ['小一'], mode });
  expect(done(g, [visit()])).toBe(1);
  expect(done(g, [visit('phone')])).toBe(1);
  expect(why(g, visit('online'))).toEqual({ code: 'other_mode' });
});

test('mentorship: both persons are named', () => {
  const g = given({ subject: 'mentorship', activity: 'observe' });
  expect(done(g, [a({ date: '2026-11-02', kind: 'observe' })])).toBe(0);
  expect(done(g, [a({ date: '2026-11-02', kind: 'observe', participantIds: ['乙师'] })])).toBe(1);
  expect(done(g, [a({ date: '2026-11-02', kind: 'observe', byId: '乙师', participantIds: ['甲师'] })])).toBe(1);
});

test('lessons and yuan are sums, documents pieces', () => {
  expect(done(given({ measure: 'lessons' }), [a({ date: '2026-11-02', lessons: 2 }), a({ date: '2026-11-03' })])).toBe(
    3,
  );
  const gift = given({ activity: 'donation', measure: 'yuan', count: 8000, pace: 'end' });
  const gave = (x: Partial<Activity>) => a({ date: '2026-11-02', kind: 'donation', ...x });
  expect(done(gift, [gave({ valueYuan: 4800 }), gave({ cashYuan: 200.5 })])).toBe(5000.5);
  expect(why(gift, gave({ items: [{ name: '电脑' }] }))).toEqual({ code: 'no_amount' });
  const files = given({ activity: 'document', measure: 'documents' });
  expect(
    done(files, [a({ date: '2026-11-02', kind: 'document', pieces: 2 }), a({ date: '2026-11-09', kind: 'document' })]),
  ).toBe(3);
});

test('people are distinct and of the obliged side; unnamed ones count as the largest single report', () => {
  const g = given({ measure: 'people', count: 3 });
  const trip = (date: string, x: Partial<Activity>) => a({ date, ...x });
  expect(
    done(g, [trip('2026-11-02', { participantIds: ['丙师', '乙师'] }), trip('2026-11-09', { byId: '丙师' })]),
  ).toBe(2);
  expect(done(g, [trip('2026-11-02', { people: 1 }), trip('2026-11-09', { people: 2 })])).toBe(3);
});

test('pupils are distinct over the period', () => {
  const g = given({ activity: 'donation', measure: 'pupils', count: 10 });
  const gave = (x: Partial<Activity>) => a({ date: '2026-11-02', kind: 'donation', ...x });
  expect(done(g, [gave({ pupilIds: ['小一'] }), gave({ pupilIds: ['小一', '小二'] })])).toBe(2);
  expect(done(g, [gave({ pupilCount: 10 })])).toBe(10);
  expect(done(g, [gave({ pupilIds: ['小一'], pupilCount: 4 })])).toBe(4);
});

test('days are distinct school days inside the range; weeks are fifths of them', () => {
  const stay = (x: Partial<Activity> & { date: string }) => a({ kind: 'secondment', ...x });
  const g = given({ activity: 'secondment', subject: 'teacher', measure: 'days', count: 10 }, {}, '甲师');
  // 28 Sep to 16 Oct 2026: 28–30 Sep, 8–9 Oct, Sat 10 Oct (make-up), 12–16 Oct = 11.
  expect(done(g, [stay({ date: '2026-09-28', dateTo: '2026-10-16' })])).toBe(11);
  expect(done(g, [stay({ date: '2026-11-02' }), stay({ date: '2026-11-02' }), stay({ date: '2026-11-07' })])).toBe(1);
  expect(why(g, stay({ date: '2026-11-07' }))).toEqual({ code: 'no_school_day' });
  expect(why(g, stay({ date: '2026-11-02', action: 'leave' }))).toEqual({ code: 'on_leave' });
  // Ten school days from Thursday 15 Jan would run to 28 Jan; the term has 6 of them (15, 18–22).
  expect(done(g, [stay({ date: '2027-01-15', days: 10 })])).toBe(6);
  expect(done(g, [stay({ date: '2026-09-28', dateTo: '2026-10-16' })], '2026-09-29')).toBe(2);
  const weeks = given({ activity: 'secondment', subject: 'teacher', measure: 'weeks', count: 2 }, {}, '甲师');
  expect(done(weeks, [stay({ date: '2026-11-02', weeks: 1 }), stay({ date: '2026-11-16', days: 3 })])).toBe(1.6);
});

test('a stay that began before the period counts its days inside', () => {
  const g = given({ activity: 'secondment', subject: 'teacher', measure: 'days' }, {}, '甲师');
  expect(done(g, [a({ kind: 'secondment', date: '2026-08-24', dateTo: '2026-09-04' })])).toBe(4);
});

const people = ['甲师', '丙师', '甲联', '甲长', '乙师', '乙联'];
const anyActivity = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    byId: fc.constantFrom(...people),
    participantIds: fc.subarray(people, { maxLength: 2 }),
    pupilIds: fc.subarray(['小一', '小二']),
    kind: fc.constantFrom('demo_lesson' as const, 'talk' as const),
    placeId: fc.constantFrom(undefined, '甲校', '乙校'),
    times: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    allAssigned: fc.boolean(),
    onBehalf: fc.boolean(),
    status: fc.constantFrom('done' as const, 'planned' as const),
  })
  .map(({ day, ...rest }) => a({ date: `2026-11-${String(day).padStart(2, '0')}`, ...rest }));

test('every activity is in exactly one list, more activities never lower the count, and `feeds` covers everything credited', () => {
  const subjects = ['teacher', 'school', 'pairing', 'care', 'mentorship', 'district'] as const;
  const measures = ['times', 'people', 'pupils', 'lessons', 'documents'] as const;
  fc.assert(
    fc.property(
      fc.array(anyActivity, { maxLength: 8 }),
      fc.constantFrom(...subjects),
      fc.constantFrom(...measures),
      (activities, subject, measure) => {
        const programme = programmeOf(planOf({ id: 'r', subject, measure, side: 'both' }));
        for (const o of deriveObligations(programme, '2026-11-21')) {
          const credited = credit(o, activities, programme);
          const listed = [...credited.counted, ...credited.notCounted.map((n) => n.activityId)].sort();
          expect(listed).toEqual(activities.map((x) => x.id).sort());
          expect(credit(o, activities.slice(1), programme).done).toBeLessThanOrEqual(credited.done);
          for (const x of activities)
            if (credited.counted.includes(x.id))
              expect(feeds(programme, x).some((k) => o.feedKeys.includes(k))).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('an impossibly long stay counts for no days and says so; up to 400 days all days count', () => {
  const terms = [
    { name: '一', start: '2025-09-01', end: '2026-07-10' },
    { name: '二', start: '2026-09-01', end: '2027-01-22' },
  ];
  const g = given({ activity: 'secondment', subject: 'teacher', measure: 'days', count: 20 }, { terms }, '甲师');
  const stay = (dateTo: string) => a({ kind: 'secondment', date: '2025-09-01', dateTo });
  expect(done(g, [stay('2026-10-05')])).toBe(22);
  expect(done(g, [stay('2026-10-06')])).toBe(0);
  expect(why(g, stay('2027-07-01'))).toEqual({ code: 'stay_too_long', days: 400 });
  expect(why(g, a({ kind: 'secondment', date: '2026-09-01', days: 401 }))).toEqual({
    code: 'stay_too_long',
    days: 400,
  });
});
