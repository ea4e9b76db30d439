import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import { credit } from '../../src/plan/credit.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import type { Requirement } from '../../src/plan/plan.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { activityOf, planOf, programmeOf } from './programme.ts';

const DAY = '2026-11-02';
const a = (x: Partial<Activity>) => activityOf({ date: DAY, ...x });
const at = (placeId: string, x: Partial<Activity> = {}) => a({ placeId, ...x });

const met = (topic: string) => at('乙校', { kind: 'meeting', topic });

const two: Partial<Programme> = {
  schools: ['甲校', '乙校', '丁校'].map((id) => ({ id, name: id, short: [], districtId: 'd' })),
  pairings: ['乙校', '丁校'].map((id) => ({
    id: `甲${id}`,
    supporterId: '甲校',
    recipientId: id,
    kinds: ['teaching'],
    team: [],
  })),
};

/** The figure of records for the first subject of a kind. */
const worth = (
  requirement: Partial<Requirement>,
  activities: Activity[],
  subject?: string,
  changes: Partial<Programme> = {},
): number => {
  const programme = programmeOf(planOf({ id: 'r', side: 'both', ...requirement }), changes);
  const owed = deriveObligations(programme, '2026-11-21');
  return credit(owed.find((o) => !subject || o.subject.name === subject)!, activities, programme).done;
};
const LESSONS = { measure: 'lessons' } as const;
const GIFTS = { activity: 'donation', measure: 'yuan', count: 100, pace: 'end' } as const;
const gift = (x: Partial<Activity>) => a({ kind: 'donation', toId: '乙校', ...x });

describe('an occasion: above a person the same kind, date and place', () => {
  const school = (list: Activity[], changes = {}) => worth({ subject: 'school' }, list, '甲校', changes);
  const cases: [says: string, got: number, wanted: number][] = [
    ['two of one school', worth({}, [at('乙校'), at('乙校', { byId: '丙师' })]), 1],
    ['either side of the pairing', worth({}, [at('乙校'), a({ byId: '乙师', partnerId: '甲校', placeId: '乙校' })]), 1],
    ['the largest number of times that one record tells', worth({}, [at('乙校', { times: 3 }), at('乙校')]), 3],
    ['another day', worth({}, [at('乙校'), at('乙校', { date: '2026-11-03' })]), 2],
    ['「不是同一次」', worth({}, [at('乙校'), at('乙校', { byId: '丙师', separate: true })]), 2],
    ['another place', school([at('乙校'), at('甲校')]), 2],
    ['a place that one of them does not say', school([at('乙校'), a({ byId: '丙师' })]), 1],
    ['two pairings of one school', school([a({ partnerId: '乙校' }), a({ partnerId: '丁校' })], two), 2],
    [
      'two schools of a district at one place',
      worth({ subject: 'district' }, [at('甲校', { byId: '甲师' }), at('甲校', { byId: '丁师' })], undefined, {
        ...two,
        people: ['甲师', '丁师'].map((id) => ({ id, name: id, schoolId: id.replace('师', '校'), roles: ['teacher'] })),
        pairings: [],
      }),
      2,
    ],
    [
      'visits of two mentors',
      worth({ subject: 'school', activity: 'home_visit' }, [
        a({ kind: 'home_visit', pupilIds: ['小一'] }),
        a({ kind: 'home_visit', pupilIds: ['小二'] }),
        a({ kind: 'home_visit', byId: '丙师' }),
      ]),
      2,
    ],
  ];
  it.each(cases)('%s', (_, got, wanted) => expect(got).toBe(wanted));
});

describe('a part of an occasion', () => {
  const cases: [says: string, got: number, wanted: number][] = [
    [
      'two teachers who name each other',
      worth(LESSONS, [
        at('乙校', { lessons: 2, participantIds: ['丙师'] }),
        at('乙校', { lessons: 2, byId: '丙师', participantIds: ['甲师'] }),
      ]),
      2,
    ],
    [
      'the larger of two figures of one part',
      worth(LESSONS, [at('乙校', { lessons: 2, participantIds: ['丙师'] }), at('乙校', { lessons: 3, byId: '丙师' })]),
      3,
    ],
    ['parts of different doers', worth(LESSONS, [at('乙校', { lessons: 2 }), at('乙校', { byId: '丙师' })]), 3],
    [
      'one who tells of them together lowers nothing',
      worth(LESSONS, [
        at('乙校', { lessons: 2 }),
        at('乙校', { byId: '丙师', lessons: 2 }),
        at('乙校', { byId: '甲长', participantIds: ['甲师', '丙师'], lessons: 3 }),
      ]),
      4,
    ],
    [
      'two subjects of one person',
      worth(LESSONS, [at('乙校', { subject: '语文' }), at('乙校', { subject: '数学' })]),
      2,
    ],
    [
      'one topic in other words',
      worth({ activity: 'meeting', subject: 'teacher' }, [met('明年的计划'), met('明年怎么计划')], '甲师'),
      1,
    ],
    [
      'two lessons by their titles',
      worth(LESSONS, [at('乙校', { topic: '分数乘法' }), at('乙校', { topic: '分数除法' })]),
      2,
    ],
    ['one person twice', worth({ subject: 'teacher' }, [at('乙校'), at('乙校')], '甲师'), 1],
    [
      '「另一次」 of one person',
      worth({ subject: 'teacher' }, [at('乙校'), at('乙校', { separate: true })], '甲师'),
      2,
    ],
    [
      'one gift reported by two',
      worth(GIFTS, [
        gift({ valueYuan: 1000, items: [{ name: '书包', qty: 20 }] }),
        gift({ valueYuan: 1200, byId: '丙师', items: [{ name: '书包', qty: 20 }] }),
      ]),
      1200,
    ],
    ['one sum reported by two', worth(GIFTS, [gift({ cashYuan: 500 }), gift({ cashYuan: 500, byId: '丙师' })]), 500],
    [
      'two gifts of one sum',
      worth(GIFTS, [
        gift({ valueYuan: 500, items: [{ name: '书包' }] }),
        gift({ valueYuan: 500, byId: '丙师', items: [{ name: '图书' }] }),
      ]),
      1000,
    ],
    ['money and goods', worth(GIFTS, [gift({ cashYuan: 500 }), gift({ valueYuan: 800 })]), 1300],
    [
      'a paper by its title',
      worth({ activity: 'document', measure: 'documents', subject: 'school' }, [
        a({ kind: 'document', topic: '帮扶总结' }),
        a({ kind: 'document', topic: '帮扶总结', byId: '丙师' }),
        a({ kind: 'document', topic: '帮扶计划' }),
      ]),
      2,
    ],
    [
      'twenty who travelled together: one trip, twenty lessons',
      worth(
        LESSONS,
        Array.from({ length: 20 }, (_, i) => at('乙校', { byId: `师${i}` })),
        undefined,
        {
          people: Array.from({ length: 20 }, (_, i) => ({
            id: `师${i}`,
            name: `师${i}`,
            schoolId: '甲校',
            roles: ['teacher'],
          })),
        },
      ),
      20,
    ],
  ];
  it.each(cases)('%s', (_, got, wanted) => expect(got).toBe(wanted));
});

/** The rule in another form: the highest figure of any subset of records in which no two report the same thing. */
const dearest = (list: Activity[], figure: (x: Activity) => number, clash: (x: Activity, y: Activity) => boolean) => {
  let most = 0;
  for (let choice = 0; choice < 2 ** list.length; choice++) {
    const chosen = list.filter((_, i) => choice & (1 << i));
    if (chosen.some((x, i) => chosen.some((y, k) => k > i && clash(x, y)))) continue;
    most = Math.max(
      most,
      chosen.map(figure).reduce((n, x) => n + x, 0),
    );
  }
  return most;
};
const crew = (x: Activity) => new Set([x.byId, ...x.participantIds]);
const meet = (x: Activity, y: Activity) => !crew(x).isDisjointFrom(crew(y));
const trip = (x: Activity, y: Activity) =>
  x.date === y.date && !x.separate && !y.separate && (!x.placeId || !y.placeId || x.placeId === y.placeId);
const part = (x: Activity, y: Activity) =>
  trip(x, y) && meet(x, y) && !(x.byId === y.byId && x.subject && y.subject && x.subject !== y.subject);

const teachers = ['甲师', '丙师', '甲联', '甲长'];
const anyLesson = fc
  .record({
    date: fc.constantFrom('2026-11-02', '2026-11-03'),
    byId: fc.constantFrom(...teachers),
    participantIds: fc.subarray(teachers, { maxLength: 2 }),
    placeId: fc.constantFrom(undefined, '乙校'),
    lessons: fc.integer({ min: 1, max: 4 }),
    times: fc.constantFrom(undefined, 2),
    subject: fc.constantFrom(undefined, '语文', '数学'),
    separate: fc.constantFrom(undefined, undefined, undefined, true),
  })
  .map((x) => a(x));

it('agrees with the rule in its other form, in any order of reports, and a further record never lowers it', () => {
  const times = (x: Activity) => x.times ?? 1;
  fc.assert(
    fc.property(fc.array(anyLesson, { maxLength: 9 }), fc.integer(), (list, seed) => {
      expect(worth({}, list)).toBe(dearest(list, times, trip));
      expect(worth(LESSONS, list)).toBe(dearest(list, (x) => x.lessons!, part));
      const records = list.filter((x) => crew(x).has('甲师'));
      expect(worth({ subject: 'teacher' }, list, '甲师')).toBe(dearest(records, times, part));
      const turned = list.map((x, i) => ({ ...x, id: `${(i * 7 + Math.abs(seed)) % 10}${x.id}` })).toReversed();
      expect(worth(LESSONS, turned)).toBe(worth(LESSONS, list));
      expect(worth(LESSONS, list.slice(0, -1))).toBeLessThanOrEqual(worth(LESSONS, list));
    }),
    { numRuns: 200 },
  );
});

it('two hundred records of one day count as the sum of the trip’s parts', () => {
  const crowd = Array.from({ length: 200 }, (_, i) =>
    at('乙校', { byId: teachers[i % 4]!, participantIds: [teachers[(i + 1) % 4]!], lessons: (i % 3) + 1 }),
  );
  expect(worth(LESSONS, crowd)).toBe(6);
});
