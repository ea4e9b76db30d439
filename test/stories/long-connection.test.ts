import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const PAIRS = 25;
const name = (i: number) => `教师${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'一二三'[Math.floor(i / 10)]}`;

/** Twenty-five pairs of schools with a teacher each: every report is of another pair or another day. */
const programme = {
  name: '断线',
  terms: [{ name: '第一学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: Array.from({ length: PAIRS }, (_, i) => [
    { name: `城区第${i + 1}中学` },
    { name: `山区第${i + 1}中学` },
  ]).flat(),
  people: Array.from({ length: PAIRS }, (_, i) => ({
    name: name(i),
    school: `城区第${i + 1}中学`,
    roles: ['teacher'],
  })),
  pairings: Array.from({ length: PAIRS }, (_, i) => ({
    supporter: `城区第${i + 1}中学`,
    recipient: `山区第${i + 1}中学`,
  })),
  plans: [{ use: 'yunxian-minzu' }],
};

describe.each(backends)('the long connection is cut in the middle of many reports (%s)', (backend) => {
  // The embedded store takes a tenth of what a server takes on the same two cores.
  const REPORTS = backend === 'services' ? 500 : 100;
  it('loses and doubles nothing', async () => {
    const w: World = await world({
      backend,
      programme,
      connection: 'socket',
      // 500 answers at Feishu's pace would take half a minute, and pace is not what this is about.
      overrides: { paceLimits: { perSecond: 5_000, perMinute: 300_000, perChatPerSecond: 1_000 } },
      // The door refuses what it cannot answer in time; as Feishu does, the sandbox comes again.
      sandbox: { retryDelays: Array(120).fill(500) },
    });
    // A second process, where the backend allows one: Feishu picks either at random.
    const second = backend === 'services' ? await createApp(w.core.ctx.config, w.twin()) : undefined;
    if (second) await expect.poll(() => second.connected(), { timeout: 20_000 }).toBe(true);
    const deliveries = Array.from({ length: REPORTS }, (_, i) =>
      w.sandbox.says(w.openId(name(i % PAIRS)), `11月${Math.floor(i / PAIRS) + 1}日上了一节语文示范课`),
    );
    const arrived = () => w.sandbox.deliveries.filter((d) => d.ok).length;
    await expect.poll(arrived, { timeout: 60_000 }).toBeGreaterThan(20);
    w.sandbox.dropConnections();
    expect((await Promise.all(deliveries)).every((d) => d.ok)).toBe(true);
    await w.quiet();
    const rows = await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    expect(rows).toHaveLength(REPORTS);
    const teachers = Array.from({ length: PAIRS }, (_, i) => name(i));
    expect(teachers.flatMap((teacher) => w.inbox(teacher))).toHaveLength(REPORTS);
    await second?.stop();
    await w.close();
  }, 240_000);
});
