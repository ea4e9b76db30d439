import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schoolCalendar } from '../../../src/plan/calendar.ts';
import { addDays, eachDay, type Range } from '../../../src/plan/dates.ts';
import { identityOf } from '../../../src/plan/identities.ts';
import type { DoneFrom } from '../../../src/plan/notices/course.ts';
import { morningCards, SCHEDULES, type WantedNotice } from '../../../src/plan/notices/index.ts';
import type { Obligation } from '../../../src/plan/obligation.ts';
import { deriveObligations } from '../../../src/plan/obligations.ts';
import { schoolYears } from '../../../src/plan/periods.ts';
import type { Programme } from '../../../src/plan/programme.ts';
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
  const result = finished(
    rehearsing(
      programme,
      { start: '2026-11-01', end: '2026-12-20' },
      {
        onMessage: (m) => seen.push(`${m.date} ${m.recipientId} ${m.kinds.join('+')}`),
      },
    ),
  );
  // First school day of November: Monday 2. Due soon from the 4th for the 11th. Overdue on the 12th, 19th and 26th. Check-in on
  // Monday 16. Coordinator on Mondays from the 16th, escalation on 3 December, principal on the 11th.
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
  expect(result).toMatchObject({
    messages: 15,
    busiest: { date: '2026-11-16', messages: 2 },
    months: [
      { month: '2026-11', calls: 9, overQuota: false },
      { month: '2026-12', calls: 6, overQuota: false },
    ],
  });
});

const always = (done: number) => () => [{ on: '2026-01-01', done }];

/** The same days, each decided from every duty, as a real morning is. */
function dayByDay(programme: Programme, range: Range, progress: (o: Obligation) => DoneFrom[]) {
  const obligations = [
    ...new Map(
      schoolYears(programme)
        .flatMap((y) => deriveObligations(programme, y.start))
        .map((o) => [o.id, o]),
    ).values(),
  ];
  obligations.sort((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : 0));
  const sent = new Set<string>();
  const messages: string[] = [];
  for (const date of eachDay(range)) {
    if (!SCHEDULES.morning.isDay(schoolCalendar(programme), date)) continue;
    const owed = obligations.map((obligation) => ({
      obligation,
      done: progress(obligation).findLast(({ on }) => on <= date)?.done ?? 0,
    }));
    for (const { recipientId, parts } of morningCards({ programme, owed, sent }, `${date}T09:00`)) {
      for (const part of parts) sent.add(identityOf(part));
      messages.push(`${date} ${recipientId} ${contentOf(parts)}`);
    }
  }
  return messages.sort();
}
const contentOf = (parts: WantedNotice[]) => JSON.stringify(parts.map((part) => JSON.stringify(part)).sort());

test('agrees with mornings decided from every duty, for any absences, arrivals, departures and reports', () => {
  const presetPlans = ['yunxian-minzu', 'central-primary'].map((id) => ({ plan: presets().get(id)!, options: {} }));
  const date = fc.integer({ min: -20, max: 200 }).map((n) => addDays('2026-09-01', n));
  const span = fc
    .tuple(date, fc.integer({ min: 0, max: 60 }))
    .map(([start, days]) => ({ start, end: addDays(start, days) }));
  const person = fc.constantFrom('甲师', '丙师', '甲联', '甲长', '乙师');
  const scenario = fc.record({
    range: span,
    leaves: fc.array(fc.record({ personId: person, range: span }), { maxLength: 4 }),
    comes: fc.option(fc.record({ id: person, from: date }), { nil: undefined }),
    goes: fc.option(fc.record({ id: person, to: date }), { nil: undefined }),
    report: fc.array(fc.record({ after: fc.integer({ min: -10, max: 60 }), more: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(scenario, ({ range, leaves, comes, goes, report }) => {
      const base = programmeOf(presetPlans[0]!.plan, { pairings, plans: presetPlans });
      const people = base.people.map((p) => ({
        ...p,
        ...(comes?.id === p.id && { from: comes.from }),
        ...(goes?.id === p.id && { to: goes.to }),
      }));
      const programme = {
        ...base,
        people,
        leaves: leaves.map((l, i) => ({ id: `${i}`, personId: l.personId, ...l.range })),
      };
      const progress = (o: Obligation): DoneFrom[] => {
        const days = report.toSorted((x, y) => x.after - y.after);
        return days.map(({ after }, i) => ({
          on: addDays(o.period.start, after),
          done: days.slice(0, i + 1).reduce((sum, { more }) => sum + more, 0),
        }));
      };
      const messages: string[] = [];
      finished(
        rehearsing(programme, range, {
          progress,
          onMessage: (m) => void messages.push(`${m.date} ${m.recipientId} ${contentOf(m.parts)}`),
        }),
      );
      expect(messages.sort()).toEqual(dayByDay(programme, range, progress));
    }),
    { numRuns: 60 },
  );
});

test('sends each person at most one message a day, none on days off, and fewer to people who keep up', () => {
  const all = presets();
  const plans = ['yunxian-minzu', 'care-pupils', 'central-primary'].map((id) => ({ plan: all.get(id)!, options: {} }));
  const programme = programmeOf(plans[0]!.plan, { pairings, plans });
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 10, max: 60 }), fc.integer({ min: 0, max: 3 }), (from, days, done) => {
      const start = addDays('2026-09-01', from);
      const seen: RehearsedMessage[] = [];
      const range = { start, end: addDays(start, days) };
      const result = finished(rehearsing(programme, range, { progress: always(done), onMessage: (m) => seen.push(m) }));
      const keys = seen.map((m) => `${m.date}|${m.recipientId}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(result.messages).toBe(seen.length);
      expect(result.months.reduce((n, m) => n + m.calls, 0)).toBe(result.messages);
      expect(finished(rehearsing(programme, range, { progress: always(1000) })).messages).toBeLessThanOrEqual(
        result.messages,
      );
    }),
    { numRuns: 15 },
  );
});
