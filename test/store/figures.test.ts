import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { cardText } from '../../src/cards/card-text.ts';
import { textsOf } from '../../src/cards/index.ts';
import { reminder } from '../../src/cards/reminder.ts';
import { requirementProgress, summaryCard } from '../../src/cards/summary.ts';
import { writeInspection } from '../../src/export/inspection.ts';
import { paperDocument } from '../../src/export/papers.ts';
import { readPresets } from '../../src/files.ts';
import { schoolCalendar } from '../../src/plan/calendar.ts';
import { addDays, meets, mondayOf, type Ymd } from '../../src/plan/dates.ts';
import { askedOf, figuresOf, lateOf, perCent } from '../../src/plan/figures.ts';
import { coordinatorDigestNotices } from '../../src/plan/notices/coordinator-digest.ts';
import { firstDay } from '../../src/plan/notices/day.ts';
import type { State } from '../../src/plan/obligation.ts';
import { schoolYearRange } from '../../src/plan/obligations.ts';
import { ownerOf } from '../../src/plan/places.ts';
import { allActingOn } from '../../src/plan/policy.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { rosterOf } from '../../src/plan/roster.ts';
import { GROUPINGS, summaryDays } from '../../src/plan/summary.ts';
import type { Db } from '../../src/store/db.ts';
import { importProgramme } from '../../src/store/import.ts';
import { obligationPage } from '../../src/store/lists.ts';
import type { Counted } from '../../src/store/obligations.ts';
import { listProgrammes, programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { readSummary } from '../../src/store/summary.ts';
import { transact } from '../../src/store/transaction.ts';
import { openVault } from '../../src/vault.ts';
import { docxText } from '../support/docx.ts';
import { testStore } from '../support/store.ts';

const t = textsOf('zh-CN');
const SCHOOLS = ['甲校', '乙校', '丙校', '丁校'];
const teachersOf = (school: string) => [1, 2].map((n) => `${school[0]}师${n}`);
const KINDS = ['demo_lesson', 'home_visit', 'talk', 'study_guidance', 'observe', 'lecture'];
const PLANS = ['yunxian-minzu', 'care-pupils', 'five-middle-schools', 'central-primary'];

/** A programme with up to four schools, plans, pupils, waivers and a ledger, as a file would give it; and a day. */
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
      const cared = care.filter((c) => c.mentor === who.name);
      const place = schools.find((s) => s !== who.school);
      const pupil = ['home_visit', 'talk', 'study_guidance'].includes(kind);
      return {
        id: `a${i}`,
        kind,
        date: addDays('2026-09-01', at),
        by: who.name,
        ...(pupil ? { pupils: cared.map((c) => c.pupil.name) } : { place, times }),
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

it('shows the same figures everywhere, in any programme on any day', { timeout: 120_000 }, async () => {
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
        const total = figuresOf(owed, day);
        const realm = { kind: 'programme' } as const;
        for (const by of GROUPINGS) {
          const summary = (await readSummary(db, programme, { realm, span: 'week', by, today: day }))!;
          expect(summary.total.counts).toEqual(total.counts);
          expect(summary.total.planned).toBeCloseTo(total.planned, 6);
          // The card shows the counted figures.
          const text = cardText(summaryCard(summary, { programme, mayExport: false }, t));
          expect(text).toContain(`进度 ${perCent(total.share, total.counts)}%`);
          expect(text).toContain(`\n${total.counts.met}/${askedOf(total.counts)}\n`);
          expect(text.includes('所学校落后')).toBe(lateOf(total.counts) > 0);
          for (const g of summary.groups) {
            const duties = owed.filter(({ obligation: o }) =>
              by === 'requirement'
                ? `${o.planId}/${o.requirement.id}` === g.key
                : by === 'school'
                  ? ownerOf(programme, o).replace(/^school:/, '') === g.key
                  : o.feedKeys.some((key) => key.startsWith(`pairing:${g.key}:`)) || o.subject.id === g.key,
            );
            const figures = figuresOf(duties, day);
            expect(g.counts, `${by} ${g.key}`).toEqual(figures.counts);
            expect(g.share).toBeCloseTo(figures.share, 6);
            if (by === 'requirement')
              expect(requirementProgress(programme, g, t)).toBe(
                requirementProgress(programme, { ...g, ...figures }, t),
              );
            // The number opens to as many duties.
            const ids =
              by === 'requirement'
                ? { requirement: g.key }
                : by === 'school'
                  ? { owner: g.key.includes(':') ? g.key : `school:${g.key}` }
                  : undefined;
            if (!ids) continue;
            const page = { page: 1, size: 1_000 };
            const filter = { realm, term: days.term, day, ...ids };
            expect((await obligationPage(db, programme, filter, page)).total).toBe(duties.length);
            expect((await obligationPage(db, programme, { ...filter, late: true }, page)).total).toBe(
              lateOf(figures.counts),
            );
          }
          if (by !== 'pairing')
            expect(summary.groups.reduce((n, g) => n + askedOf(g.counts), 0)).toBe(askedOf(total.counts));
          expect(summary.worst.reduce((n, one) => n + one.count, 0)).toBeLessThanOrEqual(lateOf(total.counts));
        }
        digests(programme, owed, day);
        await exports(db, programme, owed, day);
      } finally {
        await store.drop();
      }
    }),
    { numRuns: 20 },
  );
});

/** A coordinator's digest names the people who are late and their late duties, each duty once per person. */
function digests(programme: StoredProgramme, owed: Counted[], day: Ymd): void {
  const { isSchoolDay } = schoolCalendar(programme);
  const monday = firstDay(mondayOf(day), isSchoolDay, 6);
  if (monday === undefined) return;
  const duties = new Map(owed.map((c) => [c.obligation.id, c]));
  const wanted = coordinatorDigestNotices({ programme, owed, sent: new Set() }, `${monday}T09:07`);
  for (const coordinator of allActingOn(programme.people, monday).filter((p) => p.roles.includes('coordinator'))) {
    const others = rosterOf(programme)
      .peopleOfSchool.get(coordinator.schoolId!)!
      .filter((p) => p.id !== coordinator.id);
    const late = others.flatMap(({ id }) => {
      const borne = owed.filter(({ obligation }) => obligation.bearerIds.includes(id));
      const n = lateOf(figuresOf(borne, monday).counts);
      return n > 0 ? [[id, n] as const] : [];
    });
    const digest = wanted.find((n) => n.recipientId === coordinator.id);
    const people = digest?.kind === 'coordinator-digest' ? digest.people : [];
    expect(people.map((p) => [p.personId, p.items.length] as const).sort()).toEqual(late.sort());
    if (!digest || people.length === 0) continue;
    const shown = { programme, me: coordinator, named: new Map(), today: monday, day: monday };
    const card = reminder({ ...shown, notice: 'n1', parts: [digest], duties }, t)!;
    expect(cardText(card)).toContain(`${people.length} 人落后`);
  }
}

/** The schools' table of an inspection and the figures of a paper agree too. */
async function exports(db: Db, programme: StoredProgramme, owed: Counted[], day: Ymd): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-figures-'));
  const { counts } = figuresOf(owed, day);
  try {
    const file = join(dir, 'inspection.zip');
    const days = summaryDays(programme, 'term', day)!;
    const order = { realm: { kind: 'programme' } as const, days, today: day, n: 1, seed: 'x', mayName: () => false };
    await writeInspection(db, openVault(dir), programme, file, order, t);
    const [book] = Object.values(unzipSync(readFileSync(file)));
    const table = (await readXlsx(Buffer.from(book!)))[1]!.data;
    const sum = (state: State) => {
      const column = table[0]!.indexOf(t.states[state]);
      return table.slice(1).reduce((n, row) => n + Number(row[column]), 0);
    };
    for (const state of ['met', 'overdue', 'missed'] as const) expect(sum(state), state).toBe(counts[state]);
    const range = { start: days.term.start, end: days.term.end };
    const about = { programme, name: programme.name, range, today: day, activities: [], inspections: [], pupils: [] };
    const paper = await paperDocument('summary', { ...about, counted: owed, joint: false }, t);
    const lines = docxText(new Uint8Array(paper)).split('\n');
    for (const state of ['met', 'overdue', 'missed', 'waived'] as const)
      expect(lines.filter((line) => line === t.states[state]).length, state).toBe(counts[state]);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
