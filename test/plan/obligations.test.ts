import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, meets } from '../../src/plan/dates.ts';
import { deriveObligations, schoolYearRange } from '../../src/plan/obligations.ts';
import type { PeriodSpec, SubjectKind } from '../../src/plan/plan.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { planOf, programmeOf } from './programme.ts';

const NOV = '2026-11-21';
const shape = (programme: Programme) =>
  deriveObligations(programme, NOV).map(
    (o) => `${o.subject.name} ${o.period.start}..${o.period.end}${o.waived ? ' 免' : ''}`,
  );

test('a subject’s spell cuts the range; less than half is waived; an empty range has no duty', () => {
  const of = (from?: string, to?: string) =>
    shape(
      programmeOf(planOf({ id: 'r', subject: 'care' }), {
        cares: [{ id: '帮', mentorId: '甲师', pupilId: '小一', from, to }],
      }),
    );
  expect(of()).toEqual(['小一 2026-09-01..2027-01-22', '小一 2027-02-22..2027-07-09']);
  // 144 days: from 12 November exactly 72 remain, which is half; from the 13th, 71.
  expect(of('2026-11-12')[0]).toBe('小一 2026-11-12..2027-01-22');
  expect(of('2026-11-13')[0]).toBe('小一 2026-11-13..2027-01-22 免');
  expect(of(undefined, '2026-12-31')).toEqual(['小一 2026-09-01..2026-12-31']);
});

test('leave and waivers do not cut the range, but excuse if they leave less than half', () => {
  const plan = planOf({ id: 'r', subject: 'teacher' }, { id: 'q', subject: 'teacher' });
  const base = { people: programmeOf(plan).people.slice(0, 1) };
  const leave = (end: string) => ({ ...base, leaves: [{ id: 'l', personId: '甲师', start: '2026-09-01', end }] });
  expect(shape(programmeOf(plan, leave('2026-11-11')))[0]).toBe('甲师 2026-09-01..2027-01-22');
  expect(shape(programmeOf(plan, leave('2026-11-12')))[0]).toBe('甲师 2026-09-01..2027-01-22 免');
  const waived = deriveObligations(
    programmeOf(plan, { ...base, waivers: [{ id: 'w', personId: '甲师', requirementId: 'r', reason: '借调县局' }] }),
    NOV,
  );
  expect(waived.filter((o) => o.waived).map((o) => [o.requirement.id, o.waived?.by])).toEqual([
    ['r', [{ code: 'waiver', words: '借调县局' }]],
    ['r', [{ code: 'waiver', words: '借调县局' }]],
  ]);
});

test('leave and a waiver that overlap are not counted twice', () => {
  const plan = planOf({ id: 'r', subject: 'teacher' });
  const programme = programmeOf(plan, {
    people: programmeOf(plan).people.slice(0, 1),
    leaves: [{ id: 'l', personId: '甲师', start: '2026-09-01', end: '2026-10-31' }],
    waivers: [{ id: 'w', personId: '甲师', start: '2026-09-10', end: '2026-11-11', reason: '病假' }],
  });
  expect(deriveObligations(programme, NOV)[0]?.waived).toBeUndefined();
});

test('sides: both is one obligation for a pairing and one each for schools and persons', () => {
  const names = (subject: SubjectKind, side: 'supporter' | 'recipient' | 'both') =>
    deriveObligations(programmeOf(planOf({ id: 'r', subject, side, period: 'school_year' })), NOV).map(
      (o) => `${o.subject.name}:${o.bearerIds.join('、')}`,
    );
  expect(names('pairing', 'both')).toEqual(['甲校→乙校:甲联、乙联']);
  expect(names('pairing', 'recipient')).toEqual(['甲校→乙校:乙联']);
  expect(names('school', 'both')).toEqual(['甲校:甲联', '乙校:乙联']);
  expect(names('teacher', 'supporter')).toEqual(['甲师:甲师', '丙师:丙师']);
  expect(names('teacher', 'both')).toEqual(['甲师:甲师', '丙师:丙师', '乙师:乙师']);
  expect(names('leader', 'both')).toEqual(['甲长:甲长']);
  expect(names('mentorship', 'supporter')).toEqual(['甲师→乙师:甲师']);
  expect(names('district', 'supporter')).toEqual(['某县:']);
});

test('a team bears its pairing’s duties', () => {
  const programme = programmeOf(planOf({ id: 'r' }), {
    pairings: [{ id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: ['丙师', '甲师'] }],
  });
  expect(deriveObligations(programme, NOV)[0]?.bearerIds).toEqual(['丙师', '甲师']);
});

test('a programme without pairings reaches every school; unknown years are empty', () => {
  const plan = planOf({ id: 'r', subject: 'teacher' });
  expect(deriveObligations(programmeOf(plan, { pairings: [] }), NOV)).toHaveLength(6);
  expect(deriveObligations(programmeOf(plan), '2030-01-01')).toEqual([]);
});

test('a pairing that has ended asks no more of its schools', () => {
  const plan = planOf({ id: 'r', subject: 'school' });
  const ended = programmeOf(plan, {
    pairings: [{ id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: [], to: '2026-12-31' }],
  });
  expect(shape(ended)).toEqual(['甲校 2026-09-01..2027-01-22']);
});

test('cycle and once are among a year’s obligations; last year’s due date only if its range still meets the year', () => {
  const plan = planOf({ id: 'c', period: 'cycle' }, { id: 'o', period: 'once' }, { id: 'd', period: { due: '08-31' } });
  const pairing = { id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: [], from: '2026-09-01' };
  const ids = deriveObligations(programmeOf(plan, { pairings: [pairing] }), NOV).map(
    (o) => `${o.requirement.id} ${o.period.start}..${o.period.end}`,
  );
  expect(ids).toEqual(['c 2026-09-01..2028-08-31', 'o 2026-09-01..2027-08-31', 'd 2026-09-01..2027-08-31']);
});

test('a school’s cycle counts from its earliest pairing, and one without a date begins with the programme', () => {
  const plan = planOf({ id: 'c', period: 'cycle', subject: 'school' });
  const undated = { id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: [] };
  const later = { ...undated, id: '甲丙', recipientId: '丙校', from: '2027-09-01' };
  const of = (...pairings: (typeof undated)[]) =>
    deriveObligations(programmeOf(plan, { pairings }), NOV).map((o) => `${o.period.start}..${o.period.end}`);
  expect(of(undated, later)).toEqual(['2026-09-01..2028-08-31']);
  expect(of(undated)).toEqual(['2026-09-01..2028-08-31']);
});

test('a corrected term date keeps the identities of the term’s duties', () => {
  const plan = planOf({ id: 'r' }, { id: 'f', period: 'fortnight' });
  const ids = (end: string) =>
    deriveObligations(programmeOf(plan, { terms: [{ name: '第一学期', start: '2026-09-01', end }] }), NOV).map(
      (o) => o.id,
    );
  expect(ids('2027-01-22')).toEqual(ids('2027-01-21'));
});

const SPECS: PeriodSpec[] = [
  'fortnight',
  'month',
  'term',
  'school_year',
  'cycle',
  'once',
  { month: 10 },
  { windows: ['03-01..05-31', '10-01..12-31'] },
  { due: '08-31' },
];
const date = (min: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => addDays(min, n));
const anyProgramme = fc
  .record({
    starts: fc.tuple(date('2026-08-20', 30), date('2027-02-10', 30), date('2027-08-20', 30)),
    length: fc.integer({ min: 60, max: 140 }),
    spec: fc.constantFrom(...SPECS),
    subject: fc.constantFrom<SubjectKind>('teacher', 'school', 'pairing', 'care', 'mentorship', 'district'),
    from: fc.option(date('2026-06-01', 500), { nil: undefined }),
    to: fc.option(date('2027-11-01', 400), { nil: undefined }),
    on: date('2026-09-25', 500),
  })
  .map(({ starts, length, spec, subject, from, to, on }) => ({
    on,
    programme: programmeOf(planOf({ id: 'r', subject, period: spec, count: 3 }), {
      terms: starts.map((start, i) => ({ name: `第${i + 1}学期`, start, end: addDays(start, length) })),
      pairings: [{ id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: [], from, to }],
      cares: [{ id: '帮', mentorId: '甲师', pupilId: '小一', from, to }],
    }),
  }));

test('ranges of one requirement and subject never overlap and meet the school year', () => {
  fc.assert(
    fc.property(anyProgramme, ({ programme, on }) => {
      const year = schoolYearRange(programme, on);
      const obligations = deriveObligations(programme, on);
      if (!year) return expect(obligations).toEqual([]);
      const bySubject = Map.groupBy(obligations, (o) => o.subject.id);
      for (const list of bySubject.values())
        list.forEach((o, i) => {
          expect(o.period.start <= o.period.end).toBe(true);
          expect(meets(o.period, year)).toBe(true);
          for (const other of list.slice(i + 1)) expect(meets(o.period, other.period)).toBe(false);
        });
      expect(new Set(obligations.map((o) => o.id)).size).toBe(obligations.length);
    }),
    { numRuns: 200 },
  );
});

test('fortnights, months and terms lie inside the school year', () => {
  fc.assert(
    fc.property(anyProgramme, ({ programme, on }) => {
      const year = schoolYearRange(programme, on);
      for (const o of deriveObligations(programme, on))
        if (year && ['fortnight', 'month', 'term', 'school_year'].includes(o.period.kind))
          expect(year.start <= o.period.start && o.period.end <= year.end).toBe(true);
    }),
    { numRuns: 100 },
  );
});
