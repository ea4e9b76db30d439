import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPresets } from '../../src/files.ts';
import type { Activity } from '../../src/plan/activity.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { importProgramme } from '../../src/store/import.ts';
import { programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

const REPORTS = 200;
const TODAY = '2026-11-20';

/** One plan that asks for 500 lessons, so that every report shows in the count. */
const programmeFile = {
  name: '并发',
  terms: [{ name: '学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [...'一二三四五六七八'].map((name) => ({ name: `赵${name}`, school: '甲校', roles: ['teacher'] })),
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  plans: [
    {
      id: 'own',
      title: '自定',
      requirements: [
        {
          id: 'lessons',
          title: '送教',
          activity: 'demo_lesson',
          subject: 'pairing',
          measure: 'lessons',
          count: 500,
          period: 'term',
          pace: 'end',
        },
      ],
    },
  ],
};

describe.each(backends)('200 reports on one obligation at once (%s)', (backend) => {
  let test: TestStore;
  let programme: StoredProgramme;
  let n = 0;
  beforeAll(async () => {
    test = await testStore(backend);
    const parsed = parseProgramme(programmeFile, 'test', readPresets());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const at = { now: 0, today: TODAY, newId: () => `id-${n++}` };
    const { programmeId } = await transact(test.store.db, (trx) => importProgramme(trx, parsed.programme, at));
    programme = await programmeReader()(test.store.db, programmeId);
  });
  afterAll(() => test.drop());

  it('counts all of them', async () => {
    // Each teacher reports one lesson a day, so that all reports differ.
    const by = (i: number) => programme.people[Math.floor(i / 28)]!.id;
    const report = (i: number): Activity & { reporterId: string } => ({
      id: `activity-${i}`,
      programmeId: programme.id,
      kind: 'demo_lesson',
      status: 'done',
      date: `2026-10-${String((i % 28) + 1).padStart(2, '0')}`,
      byId: by(i),
      reporterId: by(i),
      participantIds: [],
      pupilIds: [],
      lessons: 1,
    });
    const reports = Array.from({ length: REPORTS }, (_, i) =>
      transact(test.store.db, (trx) =>
        recordChanges(trx, programme, [{ what: 'recorded', activity: report(i) }], {
          now: i,
          today: TODAY,
          byId: by(i),
        }),
      ),
    );
    await Promise.all(reports);
    const row = await test.store.db
      .selectFrom('obligation')
      .select('done')
      .where('requirement', '=', 'own/lessons')
      .executeTakeFirstOrThrow();
    expect(Number(row.done)).toBe(REPORTS);
  });
});
