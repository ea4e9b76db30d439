import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('one question, two answers at once (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    // After the day's reminders.
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const records = async () =>
    (await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute()).length;

  it.each([1, 2, 3])('makes one record of two sentences (%i)', async () => {
    const before = await records();
    const [asked] = await w.says('陈志远', '昨天家访了');
    expect(words(asked)).toContain('还差一点就能记录');
    const me = w.openId('陈志远');
    await Promise.all([w.sandbox.says(me, '小杰家'), w.sandbox.says(me, '小杰家')]);
    await w.quiet();
    expect(await records()).toBe(before + 1);
    await w.says('陈志远', '撤回');
  });
});
