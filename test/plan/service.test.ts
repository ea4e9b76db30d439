import { expect, test } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { servicesOf } from '../../src/plan/service.ts';
import { activityOf, planOf, programmeOf } from './programme.ts';

const programme = programmeOf(planOf({ id: 'r' }));
const stay = (changes: Partial<Activity> & Pick<Activity, 'date'>) =>
  activityOf({ kind: 'secondment', placeId: '乙校', ...changes });
const served = (
  activities: Activity[],
  answers: Record<string, 'present' | 'leave'> = {},
  today = '2026-11-30',
  among: Programme = programme,
) =>
  servicesOf(
    among,
    '甲师',
    activities,
    Object.entries(answers).map(([day, answer]) => ({ day, answer })),
    today,
  );

test('a stay reported as a range counts each school day of it, without one check-in', () => {
  // Two weeks from Monday 9 November: ten school days, without the weekend between.
  expect(served([stay({ date: '2026-11-09', dateTo: '2026-11-20', role: '支教' })])).toEqual([
    {
      hostId: '乙校',
      role: '支教',
      from: '2026-11-09',
      to: '2026-11-20',
      days: ['09', '10', '11', '12', '13', '16', '17', '18', '19', '20'].map((d) => `2026-11-${d}`),
      leave: [],
      checkedIn: 0,
    },
  ]);
});

test('leave is subtracted: answered, reported, or registered by the coordinator; an answer for one day overrides a range', () => {
  const leaves = [{ id: 'l', personId: '甲师', start: '2026-11-12', end: '2026-11-13' }];
  const away = [
    stay({ date: '2026-11-09', dateTo: '2026-11-20' }),
    stay({ date: '2026-11-16', action: 'leave', placeId: undefined, days: 2 }),
  ];
  const answers = { '2026-11-10': 'leave', '2026-11-11': 'present', '2026-11-13': 'present' } as const;
  const [one, ...more] = served(away, answers, '2026-11-30', { ...programme, leaves });
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    leave: ['2026-11-10', '2026-11-12', '2026-11-16', '2026-11-17'],
    days: ['2026-11-09', '2026-11-11', '2026-11-13', '2026-11-18', '2026-11-19', '2026-11-20'],
    checkedIn: 2,
  });
});

test('a term consists of its school days, those still to come included', () => {
  const term = stay({ date: '2026-09-01', dateTo: '2027-01-22' });
  const [soFar] = served([term], {}, '2026-10-09');
  // 22 school days of September without the Mid-Autumn Friday, and 8 and 9 October after the National Day week; 20 September made up.
  expect(soFar).toMatchObject({ from: '2026-09-01', to: '2026-10-09' });
  expect(soFar!.days).not.toContain('2026-10-01');
  expect(soFar!.days).not.toContain('2026-09-05');
  expect(soFar!.days.at(-1)).toBe('2026-10-09');
  expect(served([term], {}, '2026-08-31')).toEqual([]);
});

test('a start on one day and an end on another make a stay; an open one has only its reported days', () => {
  const begun = stay({ date: '2026-11-09', action: 'start' });
  const over = stay({ date: '2026-11-13', action: 'end', placeId: undefined });
  expect(served([begun, over])[0]!.days).toHaveLength(5);
  expect(served([begun, stay({ date: '2026-11-11' })])[0]!.days).toEqual(['2026-11-09', '2026-11-11']);
});

test('several hosts, a number of days, any reporter, and each day once', () => {
  const withOther = stay({ date: '2026-11-02', days: 3, byId: '丙师', participantIds: ['甲师'] });
  const again = stay({ date: '2026-11-03', dateTo: '2026-11-05' });
  const home = stay({ date: '2026-11-16', weeks: 1, placeId: '甲校' });
  expect(served([home, again, withOther]).map((s) => [s.hostId, s.days.length, s.from, s.to])).toEqual([
    ['乙校', 4, '2026-11-02', '2026-11-05'],
    ['甲校', 5, '2026-11-16', '2026-11-20'],
  ]);
});

test('planned, withdrawn, disputed and other people’s stays are not service', () => {
  const day = { date: '2026-11-09', dateTo: '2026-11-13' };
  const none = [
    stay({ ...day, status: 'planned' }),
    stay({ ...day, status: 'withdrawn' }),
    stay({ ...day, confirmation: 'disputed' }),
    stay({ ...day, byId: '丙师' }),
  ];
  expect(served(none, { '2026-11-10': 'present' })).toEqual([]);
});
