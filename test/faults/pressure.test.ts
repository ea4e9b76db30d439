import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Busy, createIntakeLimit } from '../../src/intake-limit.ts';
import { type World, world } from '../support/world.ts';

describe('the gate', () => {
  const setup = () => {
    const clock = { ms: 0 };
    const outcomes: string[] = [];
    const gate = createIntakeLimit(
      () => clock.ms,
      (_type, outcome) => outcomes.push(outcome),
    );
    const held = Promise.withResolvers<void>();
    const hold = (n: number) => Array.from({ length: n }, () => gate.pass('message', () => held.promise));
    return { clock, outcomes, gate, held, hold };
  };

  it('admits a burst as long as it makes progress', async () => {
    const { gate, held, hold } = setup();
    const work = hold(300);
    expect(gate.open()).toBe(true);
    held.resolve();
    await Promise.all(work);
  });

  it('shuts when the admitted ones have waited for two seconds, and opens when they are done', async () => {
    const { clock, gate, held, hold, outcomes } = setup();
    const work = hold(10);
    clock.ms = 2_000;
    expect(gate.open()).toBe(false);
    await expect(gate.pass('message', async () => 1)).rejects.toBeInstanceOf(Busy);
    held.resolve();
    await Promise.all(work);
    expect(await gate.pass('message', async () => 1)).toBe(1);
    expect(outcomes.filter((o) => o === 'refused')).toHaveLength(1);
  });

  it('admits no more than it can serve in two seconds at its recent pace', async () => {
    const { clock, gate, held, hold } = setup();
    for (let i = 0; i < 200; i++)
      await gate.pass('message', async () => {
        clock.ms += 50;
      });
    const work = hold(40);
    expect(gate.open()).toBe(false);
    held.resolve();
    await Promise.all(work);
    expect(gate.open()).toBe(true);
  });

  it('does not shut for a few slow ones', () => {
    const { clock, gate, hold } = setup();
    void hold(9);
    clock.ms = 60_000;
    expect(gate.open()).toBe(true);
  });

  it('never holds more than five hundred', async () => {
    const { gate, held, hold } = setup();
    const work = hold(500);
    await expect(gate.pass('message', async () => 1)).rejects.toBeInstanceOf(Busy);
    held.resolve();
    await Promise.all(work);
  });

  it('settles only after work that continues beyond its answer', async () => {
    const { gate, held } = setup();
    gate.follow(held.promise);
    const order: string[] = [];
    const settled = gate.settled().then(() => order.push('settled'));
    held.promise.then(() => order.push('done'));
    held.resolve();
    await settled;
    expect(order).toEqual(['done', 'settled']);
  });
});

describe('the store is slower than the pushes', () => {
  let w: World;
  beforeAll(async () => {
    w = await world({ sandbox: { retryDelays: [200, 500, 1_000, 2_000, 4_000] } });
  });
  afterAll(() => w.close());

  it('says that it is not ready, refuses at once, and accepts everything on the next attempt', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    // The embedded store runs one transaction at a time, so while this one is open, all others wait.
    const blocking = w.core.ctx.db.transaction().execute(() => released);
    const say = (n: number) => w.sandbox.says(w.openId('陈志远'), `9月${n}日到万佑上了一节七年级语文`);
    const first = Array.from({ length: 12 }, (_, i) => say(i + 1));
    const readiness = async () => (await (await fetch(`${w.app.url}/readyz`)).json()) as { intake: boolean };
    await expect.poll(async () => (await readiness()).intake, { timeout: 10_000 }).toBe(false);
    const refused = say(13);
    const attempt = () => w.sandbox.deliveries.at(-1)!.attempts[0];
    await expect.poll(() => attempt()?.status).toBe(503);
    expect(attempt()!.ms).toBeLessThan(1_000);
    release();
    await blocking;
    const all = await Promise.all([...first, refused]);
    expect(all.every((d) => d.ok)).toBe(true);
    await w.quiet();
    expect(w.inbox('陈志远')).toHaveLength(13);
    expect(await readiness()).toEqual({ store: true, queue: true, intake: true });
  });
});

describe('the process is stopped while events are under way', () => {
  it('finishes what it has accepted', async () => {
    const w = await world();
    const sent = w.sandbox.says(w.openId('陈志远'), '昨天到万佑上了一节七年级语文');
    await expect.poll(() => w.sandbox.deliveries.length).toBe(1);
    await Promise.all([sent, w.app.stopServing()]);
    await w.core.ctx.intake.settled();
    const rows = await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    const { ok } = await sent;
    expect(rows).toHaveLength(ok ? 1 : 0);
    await w.close();
  });
});
