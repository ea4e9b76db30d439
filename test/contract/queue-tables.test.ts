import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openQueue } from '../../src/jobs/queue.ts';
import { testStore } from '../support/store.ts';

test('no table of the embedded store hides one of the queue in it, so the board can look', async () => {
  const { store, drop } = await testStore('embedded');
  const queue = await openQueue({ kind: 'pglite', pglite: store.pglite! }, pino({ level: 'silent' }));
  onTestFinished(async () => {
    await queue.close();
    await drop();
  });
  const { rows } = await sql<{ table_name: string }>`
    select table_name from information_schema.tables where table_schema in ('public', 'bullmq')
    group by table_name having count(*) > 1`.execute(store.db);
  expect(rows).toEqual([]);
  expect(await Promise.all(queue.bullQueues().map((one) => one.isPaused()))).not.toContain(true);
});
