import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { readPresets } from '../../src/files.ts';
import { meets } from '../../src/plan/dates.ts';
import { figuresOf, noStates, perCent } from '../../src/plan/figures.ts';
import { schoolYearRange } from '../../src/plan/obligations.ts';
import { ownerOf, placesOf } from '../../src/plan/places.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { standingOn } from '../../src/plan/standing.ts';
import { type Realm, type Span, summaryDays } from '../../src/plan/summary.ts';
import { countStates } from '../../src/store/count-states.ts';
import { importProgramme } from '../../src/store/import.ts';
import { obligationPage } from '../../src/store/lists.ts';
import { listProgrammes, programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { readSummary } from '../../src/store/summary.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

/** Two districts, three pairings, pupils in care, a waiver, and activities that put duties into every state. */
const programme = {
  name: '数字核对',
  terms: [
    { name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' },
    { name: '2026-2027学年第二学期', start: '2027-02-22', end: '2027-07-09' },
  ],
  districts: [{ name: '东区' }, { name: '西区' }],
  schools: [
    { name: '甲校', district: '东区' },
    { name: '乙校', district: '东区' },
    { name: '丙校', district: '西区' },
  ],
  people: [
    { name: '何甲', school: '甲校', roles: ['teacher', 'coordinator'] },
    { name: '何乙', school: '乙校', roles: ['teacher', 'coordinator'] },
    { name: '何丙', school: '丙校', roles: ['teacher', 'coordinator'] },
    { name: '局长', district: '东区', roles: ['bureau_leader'] },
  ],
  pairings: [
    { supporter: '甲校', recipient: '乙校', kinds: ['teaching'] },
    { supporter: '甲校', recipient: '丙校', kinds: ['teaching'], team: ['丙校/何丙'] },
    { supporter: '乙校', recipient: '丙校', kinds: ['teaching'] },
  ],
  care: [
    { mentor: '何甲', pupil: { name: '学生一', school: '甲校' } },
    { mentor: '何乙', pupil: { name: '学生二', school: '乙校' } },
  ],
  plans: [
    { use: 'yunxian-minzu', pairings: 'all' },
    { use: 'care-pupils', pairings: 'all' },
  ],
  waivers: [{ pairing: { supporter: '甲校', recipient: '乙校' }, reason: '停课' }],
  activities: [
    { kind: 'demo_lesson', date: '2026-09-15', by: '何甲', place: '丙校', times: 2 },
    { kind: 'talk', date: '2026-09-09', by: '何甲', pupils: ['学生一'] },
    { kind: 'talk', date: '2026-09-23', by: '何甲', pupils: ['学生一'] },
    { kind: 'home_visit', date: '2026-09-20', by: '何乙', pupils: ['学生二'] },
    { kind: 'home_visit', date: '2026-09-21', by: '何乙', pupils: ['学生二'] },
    { kind: 'demo_lesson', date: '2027-01-20', by: '何乙', place: '丙校', times: 2 },
  ],
};

describe.each(backends)('figures computed by the database (%s)', (backend) => {
  async function on(day: string): Promise<{ store: TestStore; value: StoredProgramme }> {
    const store = await testStore(backend);
    onTestFinished(() => store.drop());
    const parsed = parseProgramme(programme, 'test', readPresets());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const { db } = store.store;
    await transact(db, (trx) =>
      importProgramme(trx, parsed.programme, { now: 0, today: day, newId: () => randomUUID() }),
    );
    const [row] = await listProgrammes(db);
    return { store, value: await programmeReader()(db, row!.id) };
  }

  const seen = new Set<string>();
  it.each(['2026-09-02', '2026-10-30', '2026-11-20', '2027-01-22', '2027-02-10', '2027-03-10'])(
    'agree with what is owed on %s, to the unit, in every state, for every realm',
    async (day) => {
      const { store, value } = await on(day);
      const { db } = store.store;
      const days = summaryDays(value, 'week', day)!;
      const school = (name: string) => value.schools.find((s) => s.name === name)!.id;
      const realms: Realm[] = [
        { kind: 'programme' },
        { kind: 'district', id: value.districts.find((d) => d.name === '东区')!.id },
        { kind: 'school', id: school('甲校') },
        { kind: 'school', id: school('丙校') },
        { kind: 'pairing', id: value.pairings[0]!.id },
      ];
      const owed = [];
      for await (const page of obligationsOn(db, value, schoolYearRange(value, day)!, day))
        owed.push(...page.filter((c) => meets(c.obligation.period, days.term)));
      expect(owed.length).toBeGreaterThan(20);
      for (const realm of realms) {
        const keys =
          realm.kind === 'programme'
            ? undefined
            : realm.kind === 'district'
              ? [`school:${school('甲校')}`, `school:${school('乙校')}`, `district:${realm.id}`]
              : [`${realm.kind}:${realm.id}`];
        const inRealm = owed.filter(
          (c) => keys === undefined || placesOf(value, c.obligation).some((p) => keys.includes(p)),
        );
        const expected = new Map<string, Record<string, number>>();
        for (const { obligation: o, done } of inRealm) {
          const key = `${o.planId}/${o.requirement.id}`;
          const counts = expected.get(key) ?? noStates();
          const { state } = standingOn(o, done, day);
          counts[state] = (counts[state] ?? 0) + 1;
          expected.set(key, counts);
          seen.add(state);
        }
        const groups = await countStates(db, value, { realm, by: 'requirement', days, day });
        expect(Object.fromEntries(groups.map((g) => [g.key, g.counts]))).toEqual(Object.fromEntries(expected));
        const summary = (await readSummary(db, value, { realm, span: 'week', by: 'school', today: day }))!;
        const statesOf = (list: typeof inRealm) => {
          const counts = noStates();
          for (const { obligation: o, done } of list) counts[standingOn(o, done, day).state] += 1;
          return counts;
        };
        expect(summary.total.counts).toEqual(statesOf(inRealm));
        const { counts, ...amounts } = figuresOf(inRealm, day);
        expect(counts).toEqual(summary.total.counts);
        for (const [key, amount] of Object.entries(amounts))
          expect(summary.total[key as keyof typeof amounts], key).toBeCloseTo(amount, 6);
        const keysOf = {
          school: (c: (typeof inRealm)[number]) => [ownerOf(value, c.obligation).replace(/^school:/, '')],
          pairing: (c: (typeof inRealm)[number]) =>
            placesOf(value, c.obligation).flatMap((p) => (p.startsWith('pairing:') ? [p.slice(8)] : [])),
        };
        for (const by of ['school', 'pairing'] as const) {
          const counted = await countStates(db, value, { realm, by, days, day });
          for (const g of counted) {
            const expected = figuresOf(
              inRealm.filter((c) => keysOf[by](c).includes(g.key)),
              day,
            );
            expect(g.counts).toEqual(expected.counts);
            expect(g.share).toBeCloseTo(expected.share, 6);
          }
          expect(counted.map((g) => g.key).sort()).toEqual([...new Set(inRealm.flatMap(keysOf[by]))].sort());
        }
        // Grouped by school, every duty is in one row, so the rows add up to the total.
        const bySchool = await countStates(db, value, { realm, by: 'school', days, day });
        expect(bySchool.reduce((sum, g) => sum + g.counts.overdue, 0)).toBe(counts.overdue);
        // The late count is the same in every grouping, and opens to as many duties.
        const other = (await readSummary(db, value, { realm, span: 'week', by: 'requirement', today: day }))!;
        expect(other.worst).toEqual(summary.worst);
        const late = await obligationPage(
          db,
          value,
          { realm, term: days.term, day, late: true },
          { page: 1, size: 500 },
        );
        expect(late.total).toBe(counts.overdue);
        // The curve ends with the day's figures.
        const last = summary.curve.findLast((w) => w.done !== undefined);
        expect(last?.done).toBe(perCent(summary.total.share, counts));
      }
    },
  );

  it('covers every state', () => {
    expect([...seen].sort()).toEqual(Object.keys(textsOf().states).sort());
  });

  it('shows what was newly met in these days and in those before', async () => {
    const { store, value } = await on('2026-09-25');
    const { db } = store.store;
    const met = async (today: string) => {
      const figures = await readSummary(db, value, { realm: { kind: 'programme' }, span: 'week', by: 'school', today });
      return { now: figures!.total.metNow, before: figures!.total.metBefore };
    };
    // The second visit of 21 September met the term's two; the talks of 9 and 23 met their fortnights.
    expect(await met('2026-09-25')).toEqual({ now: 2, before: 1 });
    // Early in a week without activity, the summary shows the week before; later it shows the empty week.
    expect(await met('2026-09-28')).toEqual({ now: 2, before: 1 });
    expect(await met('2026-10-01')).toEqual({ now: 0, before: 2 });
  });

  it('compares with the duties of the term before, not with those of this one in its days', async () => {
    const { store, value } = await on('2027-02-25');
    const { db } = store.store;
    const [first] = value.terms;
    let metInFirst = 0;
    for await (const page of obligationsOn(db, value, first!, '2027-01-31'))
      for (const { obligation: o, done } of page) if (!o.waived && done >= o.target) metInFirst += 1;
    expect(metInFirst).toBeGreaterThan(2);
    for (const by of ['requirement', 'school'] as const) {
      const met = async (span: Span, today: string) => {
        const figures = await readSummary(db, value, { realm: { kind: 'programme' }, span, by, today });
        return figures!.total.metBefore;
      };
      expect(await met('term', '2027-02-25')).toBe(metInFirst);
      // January’s two lessons met the first term’s duty; the talks and visits were in September.
      expect(await met('month', '2027-02-25')).toBe(1);
      expect(await met('week', '2027-02-25')).toBe(0);
    }
    const { groups } = (await readSummary(db, value, {
      realm: { kind: 'programme' },
      span: 'term',
      by: 'requirement',
      today: '2027-02-25',
    }))!;
    expect(groups.find((g) => g.key.endsWith('visit.term2'))).toMatchObject({ metNow: 0, metBefore: 1 });
  });
});
