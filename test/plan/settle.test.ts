import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../src/plan/dates.ts';
import type { Obligation } from '../../src/plan/obligation.ts';
import { derivingAll } from '../../src/plan/obligations.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { type Settlement, settle } from '../../src/plan/settle.ts';
import { finished } from '../../src/plan/steps.ts';
import { planOf, programmeOf } from './programme.ts';

const TODAY = '2026-11-21';
type Kept = { obligation: Obligation; done: number };

/** A programme's first duties, each with as much done as `doneOf` says. */
const first = (programme: Programme, doneOf: (o: Obligation) => number = () => 0): Kept[] =>
  [...finished(derivingAll(programme)).values()].map(({ obligation }) => ({ obligation, done: doneOf(obligation) }));

const settled = (kept: Kept[], programme: Programme, today = TODAY): Settlement =>
  settle(
    kept.map(({ obligation: o, done }) => ({
      id: o.id,
      subjectId: o.subject.id,
      range: o.period,
      target: o.target,
      done,
      waived: o.waived !== undefined,
    })),
    finished(derivingAll(programme)),
    programme,
    { today, first: false },
  );

/** The duties after a settlement, as the store writes them. */
const changed = (kept: Kept[], programme: Programme, today = TODAY): Kept[] => {
  const { added, followed, excused, dropped } = settled(kept, programme, today);
  const derived = finished(derivingAll(programme));
  const stay = kept.filter((k) => !dropped.includes(k.obligation.id));
  return [
    ...stay.map(({ obligation: o, done }): Kept => {
      const by = excused.get(o.id);
      if (by) return { obligation: { ...o, waived: { by } }, done };
      return { obligation: followed.includes(o.id) ? derived.get(o.id)!.obligation : o, done };
    }),
    ...added.map((id) => ({ obligation: derived.get(id)!.obligation, done: 0 })),
  ];
};
const shown = (list: Kept[]) =>
  list
    .map(
      ({ obligation: o }) =>
        `${o.requirement.id} ${o.subject.id} ${o.period.start}..${o.period.end}${o.waived ? ` ${o.waived.by.map((x) => x.code)}` : ''}`,
    )
    .sort();
const october = (list: Kept[]) => shown(list).filter((x) => x.includes('2026-10-'));

describe('how a change affects an ended duty that was not met', () => {
  const plan = planOf({ id: 'm', subject: 'teacher', period: 'month' });
  const people = programmeOf(plan).people.slice(0, 1);
  const before = programmeOf(plan, { people });
  const leaves = [{ id: 'l', personId: '甲师', start: '2026-10-01', end: '2026-10-25', reason: '病' }];
  const waivers = [{ id: 'w', personId: '甲师', start: '2026-10-01', end: '2026-10-31', reason: '借调' }];
  const left = [{ ...people[0]!, to: '2026-10-10' }];

  it.each<[string, Partial<Programme>, string[]]>([
    ['a waiver covers it', { waivers }, ['m 甲师 2026-10-01..2026-10-31 waiver']],
    ['so does leave', { leaves }, ['m 甲师 2026-10-01..2026-10-31 leave']],
    ['a departure does not', { people: left }, ['m 甲师 2026-10-01..2026-10-31']],
    [
      'nor does a departure with a few days of leave',
      { people: left, leaves: [{ ...leaves[0]!, end: '2026-10-03' }] },
      ['m 甲师 2026-10-01..2026-10-31'],
    ],
    [
      'a waiver covers it where the departure has cut the period too',
      { people: left, waivers },
      ['m 甲师 2026-10-01..2026-10-31 waiver'],
    ],
    [
      'days off that are made known later do not',
      { holidays: [{ start: '2026-10-01', end: '2026-10-31' }] },
      ['m 甲师 2026-10-01..2026-10-31'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(october(changed(first(before), { ...before, ...change }))).toEqual(expected);
    // A later change neither undoes it nor reports it again.
    const kept = changed(first(before), { ...before, ...change });
    expect(october(changed(kept, before))).toEqual(expected);
  });

  it('a fortnight that later turns out to have had no school day stays as it ended', () => {
    const fortnights = programmeOf(planOf({ id: 'f', subject: 'teacher', period: 'fortnight' }), { people });
    const off = { ...fortnights, holidays: [{ start: '2026-10-12', end: '2026-10-25' }] };
    expect(shown(first(off)).filter((x) => x.endsWith('no_school_day'))).toHaveLength(1);
    expect(october(changed(first(fortnights), off)).filter((x) => x.endsWith('no_school_day'))).toEqual([]);
  });
});

test('a plan edited in mid-term: met duties stay met, open ones follow, past events are not repeated', () => {
  const base = programmeOf(planOf({ id: 'r', count: 2 }, { id: 'gone', activity: 'exam', period: 'month' }));
  const plan = planOf({ id: 'r', count: 3 }, { id: 'new', activity: 'talk', period: 'month' });
  const edited = { ...base, plans: [{ plan, options: {} }] };
  const kept = first(base, (o) => (o.requirement.id === 'r' && o.period.start === '2026-09-01' ? 2 : 0));
  const result = changed(kept, edited);
  const of = (id: string) => result.filter((k) => k.obligation.requirement.id === id).map((k) => k.obligation);
  expect(of('r').map((o) => o.target)).toEqual([2, 3]);
  expect(of('new')[0]?.period.start).toBe('2026-11-01');
  expect(of('gone').map((o) => o.period.start)).toEqual(['2026-09-01', '2026-10-01']);
  expect(settled(kept, edited)).toMatchObject({ dropped: { length: 7 }, added: { length: 7 } });
});

const day = fc.integer({ min: -30, max: 200 }).map((n) => addDays('2026-09-01', n));
const span = fc.tuple(day, fc.nat(60)).map(([start, n]) => ({ start, end: addDays(start, n) }));
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
const plan = planOf(
  { id: 'm', subject: 'teacher', period: 'month' },
  { id: 't', subject: 'care', activity: 'talk', period: 'fortnight' },
  { id: 'y', period: 'school_year', count: 2 },
);
/** A programme with arbitrary spells, absences and days off. */
const anyProgramme = fc
  .record({
    tos: fc.array(maybe(day), { minLength: 2, maxLength: 2 }),
    careTo: maybe(day),
    absent: fc.array(fc.tuple(fc.boolean(), fc.constantFrom('甲师', '丙师'), span), { maxLength: 3 }),
    holidays: maybe(fc.array(span, { maxLength: 2 })),
    only: fc.array(fc.constantFrom('m', 't', 'y'), { minLength: 1, maxLength: 3 }),
  })
  .map(({ tos, careTo, absent, holidays, only }): Programme => {
    const base = programmeOf({
      ...plan,
      requirements: plan.requirements.filter((r) => only.some((id) => id === r.id)),
    });
    const rows = absent.map(([waiver, personId, range], i) => ({ waiver, id: `x${i}`, personId, ...range }));
    return {
      ...base,
      people: base.people.slice(0, 2).map((p, i) => ({ ...p, ...(tos[i] && { to: tos[i] }) })),
      cares: base.cares.map((c) => ({ ...c, ...(careTo && { to: careTo }) })),
      waivers: rows.filter((r) => r.waiver).map(({ waiver, ...r }) => ({ ...r, reason: '有事' })),
      leaves: rows.filter((r) => !r.waiver).map(({ waiver, ...r }) => r),
      ...(holidays && { holidays }),
    };
  });

test('any change keeps met duties, changes past ones only by leave or waiver, and lets open ones follow', () => {
  fc.assert(
    fc.property(anyProgramme, anyProgramme, day, fc.array(fc.nat(2)), (before, programme, today, dones) => {
      let i = 0;
      const kept = first(before, () => dones[i++ % Math.max(1, dones.length)] ?? 0);
      const result = new Map(changed(kept, programme, today).map((k) => [k.obligation.id, k.obligation]));
      const derived = finished(derivingAll(programme));
      const absent = [...programme.waivers, ...programme.leaves];
      for (const { obligation: old, done } of kept) {
        const now = result.get(old.id);
        if (done >= old.target) expect(now).toBe(old);
        // A duty whose end has moved into the future is open again.
        else if ([old, derived.get(old.id)?.obligation].some((o) => o && o.period.end >= today))
          expect(now).toEqual(derived.get(old.id)?.obligation);
        else if (now !== undefined && now !== old) {
          expect(old.waived).toBeUndefined();
          expect({ ...now, waived: undefined }).toEqual({ ...old, waived: undefined });
          expect(now.waived!.by.every((x) => x.code === 'waiver' || x.code === 'leave')).toBe(true);
          expect(absent.some((a) => a.start! <= old.period.end && old.period.start <= a.end!)).toBe(true);
        } else if (now === undefined) expect(done).toBe(0);
      }
      const known = new Set(kept.map((k) => k.obligation.id));
      for (const [id, o] of result) if (!known.has(id)) expect(o.period.end >= today).toBe(true);
      const again = changed(
        [...result.values()].map((o) => ({ obligation: o, done: doneOf(o.id) })),
        programme,
        today,
      );
      expect(shown(again)).toEqual(shown([...result.values()].map((obligation) => ({ obligation, done: 0 }))));

      function doneOf(id: string) {
        return kept.find((k) => k.obligation.id === id)?.done ?? 0;
      }
    }),
    { numRuns: 150 },
  );
});
