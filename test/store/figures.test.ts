import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cardText } from '../../src/cards/card-text.ts';
import { textsOf } from '../../src/cards/index.ts';
import { requirementProgress, summaryCard } from '../../src/cards/summary.ts';
import { readPresets } from '../../src/files.ts';
import { addDays, meets } from '../../src/plan/dates.ts';
import { askedOf, figuresOf, lateOf, perCent } from '../../src/plan/figures.ts';
import { schoolYearRange } from '../../src/plan/obligations.ts';
import { ownerOf } from '../../src/plan/places.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { GROUPINGS, summaryDays } from '../../src/plan/summary.ts';
import { importProgramme } from '../../src/store/import.ts';
import { obligationPage } from '../../src/store/lists.ts';
import type { Counted } from '../../src/store/obligations.ts';
import { listProgrammes, programmeReader } from '../../src/store/programmes.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { readSummary } from '../../src/store/summary.ts';
import { transact } from '../../src/store/transaction.ts';
import { testStore } from '../support/store.ts';

const t = textsOf('zh-CN');
const SCHOOLS = ['甲校', '乙校', '丙校', '丁校'];
const teachersOf = (school: string) => [1, 2].map((n) => `${school[0]}师${n}`);
const KINDS = ['demo_lesson', 'home_visit', 'talk', 'study_guidance', 'observe', 'lecture'];
const PLANS = ['yunxian-minzu', 'care-pupils', 'five-middle-schools', 'central-primary'];

/** A programme of up to four schools with some plans, pupils, waivers and a ledger, as a file would give it; and a day. */
const programmes = fc
  .record({
    schools: fc.integer({ min: 2, max: 4 }),
    pairs: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 4, selector: String }),
    plans: fc.subarray(PLANS, { minLength: 1 }),
    pupils: fc.integer({ min: 0, max: 4 }),
    deeds: fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        by: fc.nat(7),
        day: fc.nat(140),
        times: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 30 },
    ),
    waives: fc.boolean(),
    day: fc.nat(200),
  })
  .map(({ schools: n, pairs, plans, pupils, deeds, waives, day }) => {
    const schools = SCHOOLS.slice(0, n);
    const people = schools.flatMap((school) =>
      teachersOf(school).map((name, i) => ({
        name,
        school,
        roles: i === 0 ? ['teacher', 'coordinator'] : ['teacher'],
      })),
    );
    const pairings = [
      ...new Map(
        pairs
          .map(([a, b]) => [a % n, b % n])
          .filter(([a, b]) => a !== b)
          .map((p) => [String(p), p]),
      ).values(),
    ].map(([a, b]) => ({ supporter: schools[a!], recipient: schools[b!], kinds: ['teaching'] }));
    const care = Array.from({ length: pupils }, (_, i) => ({
      mentor: people[i % people.length]!.name,
      pupil: { name: `学生${i}`, school: people[i % people.length]!.school },
    }));
    const activities = deeds.map(({ kind, by, day: at, times }, i) => {
      const who = people[by % people.length]!;
      const own = care.filter((c) => c.mentor === who.name);
      const place = schools.find((s) => s !== who.school);
      const pupil = ['home_visit', 'talk', 'study_guidance'].includes(kind);
      return {
        id: `a${i}`,
        kind,
        date: addDays('2026-09-01', at),
        by: who.name,
        ...(pupil ? { pupils: own.map((c) => c.pupil.name) } : { place, times }),
      };
    });
    const file = {
      name: '随机',
      terms: [
        { name: '第一学期', start: '2026-09-01', end: '2027-01-22' },
        { name: '第二学期', start: '2027-02-22', end: '2027-07-09' },
      ],
      schools: schools.map((name) => ({ name })),
      people,
      pairings,
      care,
      plans: plans.map((use) => ({ use, pairings: 'all' })),
      activities: activities.filter((a) => !('pupils' in a) || a.pupils!.length > 0),
      waivers: waives ? [{ school: schools[0], reason: '停课' }] : [],
    };
    return { file, day: addDays('2026-09-01', day) };
  })
  .filter(({ file }) => file.pairings.length > 0);

it('shows the same figures wherever they are shown, in any programme on any day', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(programmes, async ({ file, day }) => {
      const parsed = parseProgramme(file, 'test', readPresets());
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
      const store = await testStore('embedded');
      try {
        const { db } = store.store;
        await transact(db, (trx) =>
          importProgramme(trx, parsed.programme, { now: 0, today: day, newId: () => randomUUID() }),
        );
        const [row] = await listProgrammes(db);
        const programme = await programmeReader()(db, row!.id);
        const days = summaryDays(programme, 'week', day)!;
        const owed: Counted[] = [];
        for await (const page of obligationsOn(db, programme, schoolYearRange(programme, day)!, day))
          owed.push(...page.filter((c) => meets(c.obligation.period, days.term)));
        const whole = figuresOf(owed, day);
        const realm = { kind: 'programme' } as const;
        for (const by of GROUPINGS) {
          const summary = (await readSummary(db, programme, { realm, span: 'week', by, today: day }))!;
          expect(summary.total.counts).toEqual(whole.counts);
          expect(summary.total.planned).toBeCloseTo(whole.planned, 6);
          // The card says what was counted.
          const text = cardText(summaryCard(summary, { programme, mayExport: false }, t));
          expect(text).toContain(`进度 ${perCent(whole.share, whole.counts)}%`);
          expect(text).toContain(`\n${whole.counts.met}/${askedOf(whole.counts)}\n`);
          expect(text.includes('所学校落后')).toBe(lateOf(whole.counts) > 0);
          for (const g of summary.groups) {
            const own = owed.filter(({ obligation: o }) =>
              by === 'requirement'
                ? `${o.planId}/${o.requirement.id}` === g.key
                : by === 'school'
                  ? ownerOf(programme, o).replace(/^school:/, '') === g.key
                  : o.feedKeys.some((key) => key.startsWith(`pairing:${g.key}:`)) || o.subject.id === g.key,
            );
            const figures = figuresOf(own, day);
            expect(g.counts, `${by} ${g.key}`).toEqual(figures.counts);
            expect(g.share).toBeCloseTo(figures.share, 6);
            if (by === 'requirement')
              expect(requirementProgress(programme, g, t)).toBe(
                requirementProgress(programme, { ...g, ...figures }, t),
              );
            // The number opens to that many duties.
            const ids =
              by === 'requirement'
                ? { requirement: g.key }
                : by === 'school'
                  ? { owner: g.key.includes(':') ? g.key : `school:${g.key}` }
                  : undefined;
            if (!ids) continue;
            const page = { page: 1, size: 1_000 };
            const asked = { realm, term: days.term, day, ...ids };
            expect((await obligationPage(db, programme, asked, page)).total).toBe(own.length);
            expect((await obligationPage(db, programme, { ...asked, late: true }, page)).total).toBe(
              lateOf(figures.counts),
            );
          }
          if (by !== 'pairing')
            expect(summary.groups.reduce((n, g) => n + askedOf(g.counts), 0)).toBe(askedOf(whole.counts));
          expect(summary.worst.reduce((n, one) => n + one.count, 0)).toBeLessThanOrEqual(lateOf(whole.counts));
        }
      } finally {
        await store.drop();
      }
    }),
    { numRuns: 20 },
  );
});
