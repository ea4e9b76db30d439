import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMeta, writeMeta } from '../../src/store/meta.ts';
import { insertOnce, isSqlite, transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

describe.each(backends)('both databases behave the same (%s)', (backend) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await testStore(backend);
  });
  afterAll(() => test.drop());
  const programme = (id: string, name: string) => ({ id, name, version: 1, settings: '{}' });
  const insert = (id: string, name: string) =>
    transact(test.store.db, (trx) => insertOnce(trx, 'programme', programme(id, name)));

  it('distinguishes ids that differ only in case', async () => {
    expect(await insert('ou_ABC', 'upper')).toBe(true);
    expect(await insert('OU_abc', 'lower')).toBe(true);
    const rows = await test.store.db.selectFrom('programme').select('name').where('id', '=', 'ou_ABC').execute();
    expect(rows).toEqual([{ name: 'upper' }]);
  });

  it('a search by a part is case-sensitive', async () => {
    const like = (text: string) =>
      test.store.db.selectFrom('programme').select('name').where('id', 'like', `${text}%`).execute();
    expect([await like('ou_AB'), await like('OU_ab')]).toEqual([[{ name: 'upper' }], [{ name: 'lower' }]]);
  });

  it.each([
    ['rare characters', '𠮷田', '𠮶田'],
    ['accents', 'Zhāng', 'Zhang'],
    ['full and half width', 'Ａ班', 'A班'],
  ])('distinguishes names that differ in %s', async (what, a, b) => {
    expect(await insert(`${what} a`.replaceAll(' ', '-'), a)).toBe(true);
    expect(await insert(`${what} b`.replaceAll(' ', '-'), b)).toBe(true);
  });

  it('distinguishes a duplicate from a new row and continues in the same transaction', async () => {
    const outcome = await transact(test.store.db, async (trx) => {
      const first = await insertOnce(trx, 'programme', programme('dup', 'dup'));
      const same = await insertOnce(trx, 'programme', programme('dup', 'dup'));
      const sameName = await insertOnce(trx, 'programme', programme('dup2', 'dup'));
      await writeMeta(trx, 'after', 'still alive');
      return { first, same, sameName };
    });
    expect(outcome).toEqual({ first: true, same: false, sameName: false });
    expect(await readMeta(test.store.db, 'after')).toBe('still alive');
  });

  it('rolls everything back when the work throws', async () => {
    const work = transact(test.store.db, async (trx) => {
      await writeMeta(trx, 'half', 'done');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await readMeta(test.store.db, 'half')).toBeUndefined();
  });

  it('returns dates and instants unchanged, in any time zone of the server', async () => {
    if (!isSqlite(test.store.db)) await sql`set global time_zone = '-11:00'`.execute(test.store.db);
    const row = {
      job: 'zone',
      instant: 1_795_000_000_123,
      state: 'done',
      started_at: 0,
      finished_at: 4_102_444_800_999,
    };
    await transact(test.store.db, (trx) => insertOnce(trx, 'run', row));
    const back = await test.store.db.selectFrom('run').selectAll().where('job', '=', 'zone').executeTakeFirstOrThrow();
    expect({ ...back, instant: Number(back.instant), finished_at: Number(back.finished_at) }).toEqual({ ...row });
    if (!isSqlite(test.store.db)) await sql`set global time_zone = 'SYSTEM'`.execute(test.store.db);
  });

  it('repeats a transaction that lost a deadlock, and gives up on any other error', async () => {
    let tries = 0;
    const done = await transact(test.store.db, async () => {
      tries++;
      if (tries < 3)
        throw Object.assign(new Error('lost'), isSqlite(test.store.db) ? { errcode: 5 } : { code: 'ER_LOCK_DEADLOCK' });
      return 'done';
    });
    expect([done, tries]).toEqual(['done', 3]);
    let others = 0;
    const failed = transact(test.store.db, async () => {
      others++;
      throw Object.assign(new Error('syntax'), { code: 'ER_PARSE_ERROR', errcode: 1 });
    });
    await expect(failed).rejects.toThrow('syntax');
    expect(others).toBe(1);
  });
});

describe.runIf(backends.includes('services'))('a real deadlock on the server', () => {
  it('is repeated until both sides have written', async () => {
    const test = await testStore('services');
    const { db } = test.store;
    await transact(db, (trx) =>
      trx
        .insertInto('store_fact')
        .values([
          { name: 'a', value: '0' },
          { name: 'b', value: '0' },
        ])
        .execute(),
    );
    const meet = Promise.withResolvers<void>();
    let arrived = 0;
    let attempts = 0;
    const side = (first: string, second: string) =>
      transact(db, async (trx) => {
        attempts++;
        await trx.updateTable('store_fact').set({ value: first }).where('name', '=', first).execute();
        arrived++;
        if (arrived === 2) meet.resolve();
        await meet.promise;
        await trx.updateTable('store_fact').set({ value: first }).where('name', '=', second).execute();
      });
    await Promise.all([side('a', 'b'), side('b', 'a')]);
    expect(attempts).toBe(3);
    await test.drop();
  });
});
