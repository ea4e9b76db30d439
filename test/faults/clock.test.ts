import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type World, words, world } from '../support/world.ts';
import { seeded, soak } from './soak.ts';

/*
 * The program reads the time in one place (`app/clock.ts`), so a jumping clock is simulated there, without a library that changes
 * the system's clock under a process; a separate clock that never jumps measures durations.
 */
const TEACHERS = ['陆甲', '陆乙', '陆丙'];
const JUMPS = soak ? 60 : 6;

describe('the clock jumps', () => {
  let w: World;
  beforeAll(async () => {
    w = await world({ programme: lessonsProgramme(TEACHERS), at: '2026-11-12T10:00', overrides: unhurried });
    await w.app.tick();
  });
  afterAll(() => w.close());
  const runs = () => w.core.ctx.db.selectFrom('run').select(['job', 'instant', 'state']).orderBy('instant').execute();

  it('forward and back by hours and days: each report is recorded and answered once', async () => {
    const random = seeded(7);
    for (let i = 0; i < JUMPS; i++) {
      const hours = Math.round(random() * 60) - 30;
      await w.move({ hours });
      const day = Temporal.PlainDate.from('2026-09-01').add({ days: i });
      const report = `${day.month}月${day.day}日到乙校上了一节语文`;
      const before = w.inbox('陆甲').length;
      expect((await w.sandbox.says(w.openId('陆甲'), report)).ok).toBe(true);
      await w.app.tick();
      await w.app.sweep();
      await expect.poll(() => w.inbox('陆甲').filter((m) => m.parentId).length, { timeout: 10_000 }).toBe(i + 1);
      expect(
        words(
          w
            .inbox('陆甲')
            .slice(before)
            .find((m) => m.parentId),
        ),
      ).toContain('已记录');
      await w.move({ hours: -hours });
    }
    const made = await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    expect(made).toHaveLength(JUMPS);
  });

  it('a notice planned by a clock that ran ahead is sent once, when its real time comes', async () => {
    await w.move({ hours: 2 });
    w.sandbox.faults.api.status500 = true;
    w.sandbox.faults.api.match = 'POST .*/reply$';
    const before = w.inbox('陆乙').length;
    await w.sandbox.says(w.openId('陆乙'), '9月2日到乙校上了一节语文');
    await expect.poll(() => w.sandbox.calls.at(-1)?.status).toBe(500);
    w.sandbox.faults.api.status500 = false;
    await w.move({ hours: -2 });
    await w.app.sweep();
    expect(w.inbox('陆乙')).toHaveLength(before);
    await w.advance({ hours: 2, minutes: 1 });
    expect(w.inbox('陆乙')).toHaveLength(before + 1);
  });

  it('a week forward sends one morning, and going back sends none twice', async () => {
    const earlier = await delivered(w);
    await w.advance({ days: 7 });
    const once = await delivered(w);
    expect(once).not.toEqual(earlier);
    for (const [name, days] of Object.entries(once))
      expect(days.length - (earlier[name]?.length ?? 0)).toBeLessThanOrEqual(1);
    const ran = (await runs()).length;
    await w.advance({ days: -6 });
    await w.advance({ days: 6 });
    expect(await delivered(w)).toEqual(once);
    const all = await runs();
    expect(new Set(all.map((r) => `${r.job} ${r.instant}`)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(ran);
  });
});

describe("the machine's own time zone", () => {
  const before = process.env.TZ;
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  /** Three days around the night on which New York sets its clocks back: what people see, and what ran when. */
  async function story(zone: string): Promise<unknown> {
    process.env.TZ = zone;
    const w = await world({ programme: lessonsProgramme(TEACHERS), at: '2026-10-31T23:00', overrides: unhurried });
    await w.app.tick();
    await w.says('陆甲', '昨天到乙校上了一节语文');
    for (let i = 0; i < 6; i++) await w.advance({ hours: 12 });
    await w.says('陆乙', '上周四到乙校上了一节语文');
    const activities = w.core.ctx.db.selectFrom('activity').select(['date', 'kind']).orderBy('date').execute();
    const runs = w.core.ctx.db.selectFrom('run').select(['job', 'instant', 'state']).orderBy('instant').orderBy('job');
    const seen = {
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      activities: await activities,
      runs: await runs.execute(),
      cards: TEACHERS.map((name) => w.inbox(name).map(words)),
      reminders: await delivered(w),
    };
    await w.close();
    return seen;
  }

  it('does not affect dates, jobs or cards, even while its clocks are set back', async () => {
    const newYork = (await story('America/New_York')) as { zone: string; activities: { date: string }[] };
    expect(newYork.zone).toBe('America/New_York');
    expect(newYork.activities.map((a) => a.date)).toEqual(['2026-10-29', '2026-10-30']);
    expect({ ...newYork, zone: 'Asia/Shanghai' }).toEqual(await story('Asia/Shanghai'));
  });

  it.each(['America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai'])(
    'a programme in %s has each job once on every local day of the year',
    (zone) => {
      const day = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
      const from = Temporal.ZonedDateTime.from(`2026-09-01T12:00[${zone}]`).epochMilliseconds;
      for (const job of Object.values(jobs)) {
        const due = new Set<number>();
        for (let hour = 0; hour < 365 * 24; hour++) due.add(job.latestDue(from + hour * 3_600_000, zone)!);
        const days = [...due].map((ms) => day(ms).toString());
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(job.name === 'weekly-summary' ? 52 : 365);
      }
    },
  );
});
