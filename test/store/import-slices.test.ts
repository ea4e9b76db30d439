import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { openChores } from '../../src/store/chores.ts';
import { finishOpenImport } from '../../src/store/follow-import.ts';
import { importProgramme } from '../../src/store/import.ts';
import { listProgrammes, programmeReader } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { primaryKeys } from '../../src/store/schema.ts';
import { dropStaged } from '../../src/store/staging.ts';
import { slicesOf, type Trx, transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

const TODAY = '2026-11-20';
const talk = (id: string, count: number) => ({
  id,
  title: id,
  activity: 'talk',
  measure: 'times',
  count,
  period: 'term',
});

/** Two schools; `plans` names plans that each ask for talks with every pupil, and the file may contain records. */
const fileOf = (plans: string[], more: { pupils?: string[]; talks?: string[] } = {}) => ({
  name: '甲乙结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: ['张师', '王师'].map((name) => ({ name, school: '甲校' })),
  care: (more.pupils ?? ['小一', '小二', '小三']).map((pupil) => ({ mentor: '张师', pupil })),
  plans: plans.map((id) => ({ id, title: id, requirements: [{ ...talk(id, 9), subject: 'care' }] })),
  activities: (more.talks ?? []).map((date) => ({ kind: 'talk', status: 'done', date, by: '张师', pupils: ['小一'] })),
});

class Killed extends Error {}

describe.each(backends)('a file that is imported in slices, on %s', (backend) => {
  let test: TestStore;
  let n = 0;
  const newId = () => `id${String(++n).padStart(6, '0')}`;
  beforeEach(async () => {
    test = await testStore(backend);
  });
  afterEach(() => test.drop());

  const parsed = (file: object) => {
    const read = parseProgramme(file, 'test', new Map());
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    return read.programme;
  };
  const send = (file: object, at: Partial<Parameters<typeof importProgramme>[2]> = {}) =>
    importProgramme(test.store.db, parsed(file), { now: 0, today: TODAY, newId, ...at });
  const report = async (trx: Trx, by: string, pupil: string, held?: Promise<void>) => {
    const [one] = await listProgrammes(trx);
    const programme = await programmeReader()(trx, one!.id);
    const byId = programme.people.find((x) => x.name === by)!.id;
    const pupilIds = [programme.pupils.find((x) => x.name === pupil)!.id];
    const activity = {
      ...{ id: newId(), programmeId: one!.id, kind: 'talk' as const, status: 'done' as const, date: TODAY },
      ...{ byId, reporterId: byId, participantIds: [], pupilIds },
    };
    await recordChanges(trx, programme, [{ what: 'recorded', activity }], { now: 0, today: TODAY, byId });
    await held;
  };
  const within = <T>(work: (trx: Trx) => Promise<T>) => transact(test.store.db, work);
  /** Every duty with its count, by names. */
  const owed = async () => {
    const rows = await test.store.db.selectFrom('obligation').select(['requirement', 'body', 'done']).execute();
    return rows.map((r) => `${r.requirement} ${JSON.parse(r.body).subject.name} ${r.done}`).sort();
  };
  const rowsIn = async () => {
    const counts: Record<string, number> = {};
    for (const table of Object.keys(primaryKeys) as (keyof typeof primaryKeys)[]) {
      const rows = await test.store.db.selectFrom(table).selectAll().execute();
      if (rows.length > 0) counts[table] = rows.length;
    }
    return counts;
  };
  const open = async () => {
    const [one] = await listProgrammes(test.store.db);
    return openChores(test.store.db, `follow:${one!.id}:`);
  };

  it('has the same result as one transaction', async () => {
    const [first, second] = [
      fileOf(['a'], { talks: ['2026-10-08'] }),
      fileOf(['a', 'b'], { pupils: ['小一', '小四'], talks: ['2026-10-08', '2026-10-09'] }),
    ];
    await send(first);
    await within((trx) => report(trx, '张师', '小二'));
    await send(second);
    const inSlices = await owed();
    expect(await open()).toEqual([]);
    await test.drop();
    test = await testStore(backend);
    await within((trx) => importProgramme(trx, parsed(first), { now: 0, today: TODAY, newId }));
    await within((trx) => report(trx, '张师', '小二'));
    await within((trx) => importProgramme(trx, parsed(second), { now: 0, today: TODAY, newId }));
    expect(inSlices).toEqual(await owed());
    expect(inSlices).toContain('a/a 小一 2');
    expect(inSlices).toContain('b/b 小一 2');
  });

  it('leaves nothing if the process dies before its rows are visible', async () => {
    const before = await rowsIn();
    const kill = () => {
      throw new Killed();
    };
    await expect(send(fileOf(['a'], { talks: ['2026-10-08'] }), { progress: kill })).rejects.toThrow(Killed);
    expect(await listProgrammes(test.store.db)).toEqual([]);
    expect(Object.keys(await rowsIn())).toContain('obligation');
    await dropStaged(test.store.db, slicesOf(test.store.db), 0, 'all');
    expect(await rowsIn()).toEqual(before);

    await send(fileOf(['a']));
    const known = await rowsIn();
    const withSwitch = async () => kill();
    await expect(send(fileOf(['a', 'b'], { talks: ['2026-10-08'] }), { withSwitch })).rejects.toThrow(Killed);
    // The next import removes the remains of one that has been silent for ten minutes.
    await send(fileOf(['a']), { now: 601_000 });
    expect({ ...(await rowsIn()), chore: 0 }).toEqual({ ...known, chore: 0 });
  });

  it.each([1, 2])('is continued if the process dies after that (after slice %i)', async (slice) => {
    await send(fileOf(['a']));
    await within((trx) => report(trx, '张师', '小一'));
    let slices = 0;
    const kill = () => {
      if (++slices === slice) throw new Killed();
    };
    const file = fileOf(['a', 'b'], { pupils: ['小一', '小四'], talks: ['2026-10-08'] });
    await expect(send(file, { progress: kill })).rejects.toThrow(Killed);
    expect(await open()).toHaveLength(1);
    const [one] = await listProgrammes(test.store.db);
    await finishOpenImport(test.store.db, one!.id, () => 61_000);
    expect(await open()).toEqual([]);
    const carriedOn = await owed();
    expect(carriedOn).toContain('b/b 小四 0');
    expect(carriedOn).toContain('b/b 小一 2');
    await send(file, { now: 70_000 });
    expect(await owed()).toEqual(carriedOn);
  });

  it('counts reports between its slices', async () => {
    await send(fileOf(['a']));
    const pupils = ['小一', '小二', '小三'];
    const progress = async () => {
      const pupil = pupils.shift();
      if (pupil) await within((trx) => report(trx, '张师', pupil));
    };
    await send(fileOf(['a', 'b']), { progress });
    expect(pupils).toEqual(['小三']);
    const [a, b] = ['a/a', 'b/b'].map((key) => ['小一 1', '小二 1', '小三 0'].map((x) => `${key} ${x}`));
    expect((await owed()).toSorted()).toEqual([...a!, ...b!].toSorted());
  });

  it.skipIf(backend === 'embedded')('counts a report that is committed only after its last slice', async () => {
    await send(fileOf(['a']));
    const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let reporting: Promise<void> | undefined;
    const progress = async () => {
      if (reporting) return;
      reporting = within(async (trx) => {
        const written = report(trx, '张师', '小一', go.promise);
        await new Promise((resolve) => setTimeout(resolve, 100));
        begun.resolve();
        await written;
      });
      await begun.promise;
      setTimeout(() => go.resolve(), 400);
    };
    await send(fileOf(['a', 'b']), { progress });
    await reporting;
    expect(await owed()).toContain('b/b 小一 1');
  });

  it('is decided again if the programme changes before it is visible, or refused if it was previewed', async () => {
    const { programme } = await send(fileOf(['a']));
    const { version } = programme;
    await send(fileOf(['a', 'b']));
    await expect(send(fileOf(['a', 'c']), { version })).rejects.toThrow();
    expect((await owed()).some((duty) => duty.startsWith('c/c'))).toBe(false);
  });
});
