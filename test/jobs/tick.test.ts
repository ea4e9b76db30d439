import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Core, openCore } from '../../src/app/core.ts';
import { readConfig } from '../../src/config.ts';
import type { Job } from '../../src/jobs/job.ts';
import { tick } from '../../src/jobs/tick.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

const HOUR = 3_600_000;
const START = 500_000 * HOUR;
const AT_ONCE = 6;

describe.each(backends)('several processes tick at the same time (%s)', (backend) => {
  let test: TestStore;
  let core: Core;
  let now = START;
  const ran: string[] = [];
  /** Hourly; many jobs, so that processes collide. */
  const hourly = (name: string): Job => ({
    name,
    latestDue: (at) => at - (at % HOUR),
    run: async (_ctx, instant) => `${ran.push(`${name} ${instant}`)}`,
  });
  const jobs = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`job-${i}`, hourly(`job-${i}`)]));
  const all = () => Promise.all(Array.from({ length: AT_ONCE }, () => tick(core.ctx, jobs)));

  beforeAll(async () => {
    const read = readConfig({});
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    test = await testStore(backend);
    core = await openCore(read.config, { store: test.store, log: pino({ level: 'silent' }), now: () => now });
  });
  afterAll(() => test.drop());

  it('instants before the store knew a job are never run, even an hour later', async () => {
    await all();
    now += HOUR / 2;
    await all();
    expect(ran).toEqual([]);
    const rows = await core.ctx.db.selectFrom('run').select('state').distinct().execute();
    expect(rows).toEqual([{ state: 'superseded' }]);
  });

  it('each instant runs once', async () => {
    now += HOUR;
    await all();
    await all();
    expect(ran.toSorted()).toEqual(
      Object.keys(jobs)
        .map((name) => `${name} ${START + HOUR}`)
        .toSorted(),
    );
  });
});
