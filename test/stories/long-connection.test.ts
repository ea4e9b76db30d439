import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const PAIRS = 25;
const name = (i: number) => `教师${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'一二三'[Math.floor(i / 10)]}`;

/** Twenty-five pairs of schools with a teacher each: every report has another pair or date. */
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

const DAYS = 20;

/** Each teacher reports day by day, the next after the last has arrived. */
const reports = async (w: World, teacher: string): Promise<boolean[]> => {
  const arrived: boolean[] = [];
  for (let day = 1; day <= DAYS; day++)
    arrived.push((await w.sandbox.says(w.openId(teacher), `11月${day}日上了一节语文示范课`)).ok);
  return arrived;
};

describe.each(backends)('the long connection is cut in the middle of 500 reports (%s)', (backend) => {
  it('loses and duplicates nothing', async () => {
    const w: World = await world({
      backend,
      programme,
      connection: 'socket',
      // Turns pacing off: 500 answers at Feishu's rate would take half a minute.
      overrides: { paceLimits: { perSecond: 5_000, perMinute: 300_000, perChatPerSecond: 1_000 } },
      sandbox: { retryDelays: Array(120).fill(500) },
    });
    // A second process, if the backend allows one: Feishu picks either at random.
    const second = backend === 'services' ? await createApp(w.core.ctx.config, w.twin()) : undefined;
    if (second) await expect.poll(() => second.connected(), { timeout: 20_000 }).toBe(true);
    const teachers = Array.from({ length: PAIRS }, (_, i) => name(i));
    const deliveries = teachers.map((teacher) => reports(w, teacher));
    const arrived = () => w.sandbox.deliveries.filter((d) => d.ok).length;
    await expect.poll(arrived, { timeout: 60_000, interval: 20 }).toBeGreaterThan((PAIRS * DAYS) / 3);
    w.sandbox.dropConnections();
    expect((await Promise.all(deliveries)).flat().filter((ok) => ok)).toHaveLength(PAIRS * DAYS);
    await w.quiet();
    const rows = await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    expect(rows).toHaveLength(PAIRS * DAYS);
    expect(teachers.map((teacher) => w.inbox(teacher).length)).toEqual(teachers.map(() => DAYS));
    await second?.stop();
    await w.close();
  }, 240_000);
});
