import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/plan/dates.ts';
import { type RehearsedMessage, rehearsing } from '../../../src/plan/rehearse.ts';
import { finished } from '../../../src/plan/steps.ts';
import { presets } from '../presets.ts';
import { planOf, programmeOf } from '../programme.ts';

const pairings = [
  { id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: ['甲师'], from: '2026-09-01' },
];

test('a term in which one teacher does nothing, day by day', () => {
  const programme = programmeOf(planOf({ id: 'r', count: 2 }), { pairings });
  const seen: string[] = [];
  const came = finished(
    rehearsing(
      programme,
      { start: '2026-11-01', end: '2026-12-20' },
      {
        onMessage: (m) => seen.push(`${m.date} ${m.recipientId} ${m.kinds.join('+')}`),
      },
    ),
  );
  // First school day of November: Monday 2. Due soon from the 4th for the 11th. Overdue on the 12th, 19th and 26th. Check-in on
  // Monday 16. The coordinator on Mondays from the 16th, escalation on 3 December, the principal on the 11th.
  expect(seen).toEqual([
    '2026-11-02 甲师 monthly-digest',
    '2026-11-04 甲师 due-soon',
    '2026-11-12 甲师 overdue',
    '2026-11-16 甲师 check-in',
    '2026-11-16 甲联 coordinator-digest',
    '2026-11-19 甲师 overdue',
    '2026-11-23 甲联 coordinator-digest',
    '2026-11-26 甲师 overdue',
    '2026-11-30 甲联 coordinator-digest',
    '2026-12-01 甲师 monthly-digest',
    '2026-12-03 甲联 escalation',
    '2026-12-07 甲联 coordinator-digest',
    '2026-12-11 甲长 escalation',
    '2026-12-14 甲联 coordinator-digest',
    '2026-12-15 甲师 check-in',
  ]);
  expect(came).toMatchObject({
    messages: 15,
    busiest: { date: '2026-11-16', messages: 2 },
    months: [
      { month: '2026-11', calls: 9, overQuota: false },
      { month: '2026-12', calls: 6, overQuota: false },
    ],
  });
});

test('at most one message a day for anybody, none on days off, and less for those who keep up', () => {
  const all = presets();
  const plans = ['yunxian-minzu', 'care-pupils', 'central-primary'].map((id) => ({ plan: all.get(id)!, options: {} }));
  const programme = programmeOf(plans[0]!.plan, { pairings, plans });
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 10, max: 60 }), fc.integer({ min: 0, max: 3 }), (from, days, done) => {
      const start = addDays('2026-09-01', from);
      const seen: RehearsedMessage[] = [];
      const range = { start, end: addDays(start, days) };
      const came = finished(rehearsing(programme, range, { doneBy: () => done, onMessage: (m) => seen.push(m) }));
      const keys = seen.map((m) => `${m.date}|${m.recipientId}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(came.messages).toBe(seen.length);
      expect(came.months.reduce((n, m) => n + m.calls, 0)).toBe(came.messages);
      expect(finished(rehearsing(programme, range, { doneBy: () => 1000 })).messages).toBeLessThanOrEqual(
        came.messages,
      );
    }),
    { numRuns: 15 },
  );
});
