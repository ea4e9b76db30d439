import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ways } from '../support/ways.ts';
import { type World, words, world } from '../support/world.ts';

const MESSAGE = '昨天到万佑上了一节七年级语文';

describe.each(ways)('Feishu delivers more than once (%s, %s)', (backend, connection) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, connection });
  });
  afterAll(() => w.close());
  const records = async () =>
    w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();

  it('records and answers once when the same event comes twice', async () => {
    w.sandbox.faults.twice = 1;
    const answers = await w.says('陈志远', MESSAGE);
    expect(w.sandbox.deliveries.at(-1)!.attempts.length).toBe(2);
    expect(answers).toHaveLength(1);
    expect(await records()).toHaveLength(1);
  });

  it('records and answers once when the same message comes under a new event id', async () => {
    w.sandbox.faults.twiceNewEventId = 1;
    const answers = await w.says('李晓梅', '今天到万佑上了两节八年级数学');
    expect(answers).toHaveLength(1);
    expect(await records()).toHaveLength(2);
  });

  it('accepts an event again if its first delivery failed, and says how late it is', async () => {
    const db = w.core.ctx.db;
    // The store refuses once: a missing table stands in for a full disk.
    await db.schema.alterTable('inbox').renameTo('inbox_away').execute();
    const first = await w.sandbox.says(w.openId('赵思敏'), '今天到万佑听了一节课', { untilFirst: true });
    expect(first.attempts[0]!.status).toBe(500);
    // Before the store accepts it again, because the next try follows within 50 ms.
    await w.move({ minutes: 20 });
    await db.schema
      .alterTable('inbox_away' as 'inbox')
      .renameTo('inbox')
      .execute();
    await w.sandbox.retryNow();
    await w.quiet();
    expect(w.inbox('赵思敏').map(words)).toEqual([expect.stringContaining('刚刚才送达')]);
  });
});
