import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparing } from '../../src/store/prepared.ts';
import { testStore } from '../support/store.ts';

/** Often enough for the engine to settle on one plan for all values, and for us to let go of it. */
const OFTEN = 450;

describe('statements that stay prepared', () => {
  let pglite: PGlite;
  let fast: ReturnType<typeof preparing>;
  beforeAll(async () => {
    pglite = (await testStore('embedded')).store.pglite!;
    fast = preparing(pglite);
    await pglite.exec('create table t (id text primary key, n bigint, body text, flag boolean)');
  });
  // Not given back: it has a table more than others.
  afterAll(() => pglite.close());

  it('answer as the engine itself does, each time', async () => {
    const insert = 'insert into t (id, n, body, flag) values ($1, $2, $3, $4) on conflict do nothing';
    const select = 'select * from t where id = $1 and (n = $2 or $2 is null)';
    for (let i = 0; i < OFTEN; i++) {
      const row = [`r${i}`, i % 3 ? i * 1e9 : null, i % 2 ? JSON.stringify({ 姓名: i }) : null, i % 2 === 0];
      expect((await fast.query(insert, row)).affectedRows).toBe(1);
      expect((await fast.query(insert, row)).affectedRows).toBe(0);
      expect(await fast.query(select, row.slice(0, 2))).toEqual(await pglite.query(select, row.slice(0, 2)));
    }
    const count = 'select count(*) as n from t';
    for (let i = 0; i < 3; i++) expect((await fast.query(count)).rows).toEqual([{ n: OFTEN }]);
  });

  it('belong to the transaction they are asked in, and to none that runs beside it', async () => {
    const update = 'update t set n = n + $1 where id = $2';
    const n = async () => (await fast.query<{ n: number }>('select n from t where id = $1', ['r1'])).rows[0]!.n;
    const before = await n();
    for (let i = 0; i < 3; i++) {
      const failing = fast.transaction(async (tx) => {
        await tx.query(update, [1, 'r1']);
        throw new Error('back');
      });
      await Promise.all([expect(failing).rejects.toThrow('back'), fast.query(update, [10, 'r1'])]);
    }
    expect(await n()).toBe(before + 30);
  });

  it('let the process look at its sockets between transactions in line', async () => {
    let turns = 0;
    let over = false;
    const look = () => {
      turns++;
      if (!over) setImmediate(look);
    };
    setImmediate(look);
    const one = (i: number) => fast.transaction((tx) => tx.query('select n from t where id = $1', [`r${i}`]));
    await Promise.all(Array.from({ length: 20 }, (_, i) => one(i)));
    over = true;
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('are those of the queue too, which begin with a comment', async () => {
    const text = '-- What it is for.\n-- Params: $1.\nselect $1::int as n';
    for (let i = 0; i < 3; i++) expect((await fast.query(text, [i])).rows).toEqual([{ n: i }]);
    const kept = await pglite.query("select 1 from pg_prepared_statements where statement like '-- What it is for%'");
    expect(kept.rows).toHaveLength(1);
  });

  it('are as good as new after an error, and after their table has changed', async () => {
    const insert = 'insert into t (id) values ($1)';
    await fast.query(insert, ['once']);
    for (let i = 0; i < 3; i++) await expect(fast.query(insert, ['once'])).rejects.toMatchObject({ code: '23505' });
    const failing = fast.transaction(async (tx) => {
      await expect(tx.query(insert, ['once'])).rejects.toMatchObject({ code: '23505' });
      await expect(tx.query(insert, ['more'])).rejects.toMatchObject({ code: '25P02' });
    });
    await failing.catch(() => {});
    const all = 'select * from t where id = $1';
    for (let i = 0; i < 3; i++) await fast.query(all, ['once']);
    await pglite.exec('alter table t add column more text');
    const tries = [0, 1].map(() =>
      fast.query(all, ['once']).then(
        ({ rows }) => rows,
        (error: Error) => error.message,
      ),
    );
    expect(await Promise.all(tries)).toEqual([
      'cached plan must not change result type',
      [expect.objectContaining({ id: 'once', more: null })],
    ]);
  });

  it('are no more than a few hundred', async () => {
    for (let i = 0; i < 700; i++)
      for (let k = 0; k < 2; k++) await fast.query(`select ${i} as n where $1 = 'x'`, ['x']);
    const { rows } = await pglite.query<{ n: number }>('select count(*) as n from pg_prepared_statements');
    expect(rows[0]!.n).toBe(300);
  });
});
