import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/core.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

describe.each(backends)('what the log says about a failed statement (%s)', (backend) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await testStore(backend);
  });
  afterAll(() => test.drop());

  it('is the error and its place, without any values', async () => {
    const row = { id: 'of-xiaoyu', name: '小雨', version: 1, settings: '{"topic":"想家"}' };
    const insert = () => test.store.db.insertInto('programme').values(row).execute();
    await insert();
    const error: unknown = await insert().catch((reason: unknown) => reason);
    const lines: string[] = [];
    createLog('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'event failed');
    expect(lines.join()).not.toMatch(/xiaoyu|小雨|想家|insert into/);
    const [entry] = lines.map((line) => JSON.parse(line) as { err: { code: string; stack: string } });
    expect(entry!.err.code).toMatch(/^(?:ERR_SQLITE_ERROR|ER_DUP_ENTRY)$/);
    expect(entry!.err.stack).toContain('at ');
  });
});
