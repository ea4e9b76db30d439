import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doChore } from '../../src/bot/intake/do-chore.ts';
import type { Ctx } from '../../src/context.ts';
import { runnable } from '../../src/jobs/index.ts';
import { addDays } from '../../src/plan/dates.ts';
import { CHORE_LEASE_MS, planChore } from '../../src/store/chores.ts';
import { sentAbout, sentTo } from '../../src/store/reminders.ts';
import { forgetOld, keptSince } from '../../src/store/retention.ts';
import { transact } from '../../src/store/transaction.ts';
import { lessonsProgramme, unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const DAY = 86_400_000;

describe.each(backends)('at night, on %s', (backend) => {
  let w: World;
  beforeEach(async () => {
    const programme = lessonsProgramme(['吴一', '吴二']);
    w = await world({ backend, at: '2026-11-12T08:50', programme, overrides: unhurried });
  });
  afterEach(() => w.close());
  const night = async () => {
    await runnable.housekeeping!.run(w.app.ctx, w.now());
    await w.quiet();
  };

  it('duties follow the holidays of a new version of the program', async () => {
    const { db } = w.core.ctx;
    const bodies = () => db.selectFrom('obligation').select(['id', 'body']).orderBy('id').execute();
    await night();
    const right = await bodies();
    // As an older version left it, whose calendar excused a person.
    const [first] = right;
    const body = JSON.stringify({ ...JSON.parse(first!.body), waived: { by: [] } });
    await db.updateTable('obligation').set({ body }).where('id', '=', first!.id).execute();
    await night();
    expect(await bodies()).not.toEqual(right);
    await db.updateTable('store_fact').set({ value: 'older' }).where('name', 'like', 'calendar of %').execute();
    await night();
    expect(await bodies()).toEqual(right);
  });

  it('old updates, reminders, answers and runs are deleted, except each job’s last run', async () => {
    const { db } = w.core.ctx;
    const now = w.now();
    const run = (job: string, daysAgo: number) => ({
      ...{ job, instant: now - daysAgo * DAY, state: 'done', started_at: now, finished_at: now },
    });
    await db.deleteFrom('run').execute();
    await db
      .insertInto('run')
      .values([run('weekly', 70), run('weekly', 3), run('yearly', 300), run('yearly', 90)])
      .execute();
    const answer = (day: string, text: string) => ({
      ...{ programme_id: 'p', person_id: 'a', obligation_id: 'o', day, answer: text, planned_for: null, reason: null },
    });
    const today = '2026-11-12';
    await db
      .insertInto('check_in')
      .values([answer(addDays(today, -500), 'done'), answer(addDays(today, -501), 'help'), answer(today, 'done')])
      .execute();
    await transact(db, (trx) => forgetOld(trx, now));
    // The rows of the program's own start may still be pending.
    const runsOfJobs = db.selectFrom('run').select(['job', 'instant']).where('job', 'in', ['weekly', 'yearly']);
    const runs = await runsOfJobs.orderBy('job').execute();
    expect(runs.map((r) => `${r.job} ${(now - Number(r.instant)) / DAY}`)).toEqual(['weekly 3', 'yearly 90']);
    const answers = await db.selectFrom('check_in').select(['day', 'answer']).orderBy('day').execute();
    expect(answers.map((a) => a.answer)).toEqual(['help', 'done']);
    expect(keptSince('reminder', now)).toBe(now - 800 * DAY);
  });

  it('a morning reads the reminders of one term back, and older ones only for older duties', async () => {
    const { db } = w.core.ctx;
    const row = (day: string, subject: string) => ({
      ...{
        identity: `due-soon|a|${subject}|${day}`,
        programme_id: 'p',
        person_id: 'a',
        kind: 'due-soon',
        subject,
        day,
      },
      ...{ notice_id: 'n', body: '{}' },
    });
    const days = Array.from({ length: 100 }, (_, i) => addDays('2026-11-12', -7 * i));
    await db
      .insertInto('reminder')
      .values(days.map((day, i) => row(day, `duty${i % 10}`)))
      .execute();
    const recent = addDays('2026-11-12', -210);
    expect((await sentTo(db, 'p', ['a'], recent)).size).toBe(31);
    expect(await sentAbout(db, 'p', ['duty3'], recent)).toHaveLength(7);
  });

  it('a chore that takes longer than its lease is not taken over', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      const { promise: download, resolve } = Promise.withResolvers<never>();
      const ctx: Ctx = { ...w.app.ctx, lark: { ...w.app.ctx.lark, download: () => download } };
      const body = {
        upload: 'u',
        openId: w.openId('周联络'),
        programmeId: 'x',
        messageId: 'om',
        fileKey: 'f',
        fileName: 'a.xlsx',
      };
      await transact(ctx.db, (trx) => planChore(trx, { id: 'c', identity: 'c', kind: 'read_workbook', body }, w.now()));
      const lease = async () =>
        Number(
          (await ctx.db.selectFrom('chore').select('lease_until').where('id', '=', 'c').executeTakeFirstOrThrow())
            .lease_until,
        );
      const doing = doChore(ctx, 'c');
      await expect.poll(lease, { timeout: 10_000 }).toBe(w.now() + CHORE_LEASE_MS);
      await w.move({ seconds: 50 });
      vi.advanceTimersByTime(CHORE_LEASE_MS / 3);
      await expect.poll(lease, { timeout: 10_000 }).toBe(w.now() + CHORE_LEASE_MS);
      await w.move({ seconds: 30 });
      expect(await doChore(ctx, 'c')).toEqual({ retryInMs: CHORE_LEASE_MS - 30_000 });
      resolve(Promise.reject(new Error('over')) as never);
      await expect(doing).rejects.toThrow('over');
    } finally {
      vi.useRealTimers();
    }
  });
});
