import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const REPORTS = 500;
const TEACHERS = ['陈志远', '李晓梅', '赵思敏'];

describe.each(backends)('the long connection is cut in the middle of 500 reports (%s)', (backend) => {
  it('loses and doubles nothing', async () => {
    const w: World = await world({
      backend,
      connection: 'socket',
      sandbox: { retryDelays: [500, 1_000, 2_000, 4_000, 8_000] },
    });
    // A second process, where the backend allows one: Feishu picks either at random.
    const second = backend === 'services' ? await createApp(w.core.ctx.config, w.twin()) : undefined;
    if (second) await expect.poll(() => second.connected()).toBe(true);
    const deliveries = Array.from({ length: REPORTS }, (_, i) =>
      w.sandbox.says(w.openId(TEACHERS[i % TEACHERS.length]!), '今天到万佑上了一节语文'),
    );
    await expect.poll(() => w.sandbox.deliveries.filter((d) => d.ok).length).toBeGreaterThan(50);
    w.sandbox.dropConnections();
    expect((await Promise.all(deliveries)).every((d) => d.ok)).toBe(true);
    await w.quiet();
    const rows = await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    expect(rows).toHaveLength(REPORTS);
    expect(TEACHERS.flatMap((name) => w.inbox(name))).toHaveLength(REPORTS);
    await second?.stop();
    await w.close();
  }, 60_000);
});
