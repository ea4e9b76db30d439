import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPace, feishuLimits, type PaceLimits, reserveInMemory, reserveInRedis } from '../../src/lark/pace.ts';
import { redisUrl } from '../support/services.ts';

/** The most events inside any span of `ms`. */
function mostWithin(ms: number, times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! > ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

type Call = { method: string; chat: string | undefined; at: number };

/** Plays calls against a pace whose clock and sleep are ours. Returns when each had its turn, in that order. */
async function play(calls: Call[], limits: PaceLimits = feishuLimits): Promise<Call[]> {
  let now = 0;
  const wakes: { at: number; wake: () => void }[] = [];
  const sleep = (ms: number) => new Promise<void>((resolve) => wakes.push({ at: now + ms, wake: resolve }));
  const pace = createPace({ kind: 'memory', monotonic: () => now, sleep, limits });
  const started: Call[] = [];
  for (const call of calls)
    wakes.push({
      at: call.at,
      wake: () => void pace.turn(call.method, call.chat).then(() => started.push({ ...call, at: now })),
    });
  while (wakes.length > 0) {
    wakes.sort((a, b) => a.at - b.at);
    const { at, wake } = wakes.shift()!;
    now = Math.max(now, at);
    wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return started;
}

const timesOf = (calls: Call[], by: 'method' | 'chat') =>
  [...Map.groupBy(calls, (call) => call[by])]
    .filter(([key]) => key !== undefined)
    .map(([, group]) => group.map(({ at }) => at));

test('every sliding second, minute and chat stays within its limit for any calls at any time', async () => {
  const call = fc.record({
    method: fc.constantFrom('create', 'reply'),
    chat: fc.option(fc.constantFrom('oc_1', 'oc_2'), { nil: undefined }),
    at: fc.integer({ min: 0, max: 3_000 }),
  });
  const limits = fc.record({
    perSecond: fc.integer({ min: 1, max: 60 }),
    perMinute: fc.integer({ min: 30, max: 120 }),
    perChatPerSecond: fc.integer({ min: 1, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 150 }), limits, async (calls, limits) => {
      const started = await play(calls, limits);
      expect(started).toHaveLength(calls.length);
      for (const times of timesOf(started, 'method')) {
        expect(mostWithin(1_000, times)).toBeLessThanOrEqual(limits.perSecond);
        expect(mostWithin(60_000, times)).toBeLessThanOrEqual(limits.perMinute);
      }
      for (const times of timesOf(started, 'chat'))
        expect(mostWithin(1_000, times)).toBeLessThanOrEqual(limits.perChatPerSecond);
    }),
    { numRuns: 60 },
  );
});

test('a long broadcast stays close to the ceiling and never over it', async () => {
  const all = Array.from({ length: 3_000 }, () => ({ method: 'create', chat: undefined, at: 0 }));
  const times = (await play(all)).map(({ at }) => at);
  expect(mostWithin(1_000, times)).toBeLessThanOrEqual(50);
  expect(mostWithin(60_000, times)).toBeLessThanOrEqual(1_000);
  expect(times.at(-1)).toBeLessThan(3_000 * 60 * 1.05);
});

test('a handful of replies is sent at once, and one busy chat does not delay the others', async () => {
  const burst = await play(Array.from({ length: 20 }, (_, i) => ({ method: 'reply', chat: `oc_${i}`, at: 0 })));
  expect(burst.at(-1)!.at).toBeLessThan(500);
  const busy = Array.from({ length: 20 }, () => ({ method: 'reply', chat: 'oc_busy', at: 0 }));
  const mixed = await play([...busy, { method: 'reply', chat: 'oc_other', at: 100 }]);
  expect(mixed.find(({ chat }) => chat === 'oc_other')!.at).toBeLessThan(200);
});

test('methods do not share a limit', async () => {
  const started = await play(['a', 'b', 'c'].map((method) => ({ method, chat: undefined, at: 5 })));
  expect(started.map(({ at }) => at)).toEqual([5, 5, 5]);
});

test('turn waits for its place', async () => {
  const pace = createPace({
    kind: 'memory',
    monotonic: () => performance.now(),
    limits: { ...feishuLimits, perSecond: 100 },
  });
  const began = performance.now();
  const times = await Promise.all(
    Array.from({ length: 8 }, () => pace.turn('create').then(() => performance.now() - began)),
  );
  // Timers of neighbouring milliseconds may fire in either order.
  expect(Math.max(...times)).toBeGreaterThanOrEqual(70);
});

describe.runIf(redisUrl)('on Redis', () => {
  const open = () => {
    const redis = new Redis(redisUrl!);
    const prefix = `{jiedui_test_${randomBytes(6).toString('hex')}}`;
    onTestFinished(async () => {
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length) await redis.del(...keys);
      redis.disconnect();
    });
    return { redis, prefix };
  };

  test('the script decides as the function does', async () => {
    const { redis, prefix } = open();
    let run = 0;
    const step = fc.record({
      after: fc.integer({ min: 0, max: 300 }),
      ahead: fc.constantFrom(0, 100, 10_000),
      chat: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const next = new Map<string, number>();
        const keyPrefix = `${prefix}${run++}`;
        let now = 1_700_000_000_000;
        for (const { after, ahead, chat } of steps) {
          now += after;
          const all = [
            { key: 's:m', every: 20.4, slack: 0 },
            { key: 'm:m', every: 62.5, slack: 3 },
            ...(chat ? [{ key: `c:${chat}`, every: 204, slack: 0 }] : []),
          ];
          const local = reserveInMemory(next, now, all, ahead);
          const shared = await reserveInRedis(redis, keyPrefix, all, ahead, now);
          expect(shared.ours).toBe(local.ours);
          expect(shared.waitMs).toBeCloseTo(local.waitMs, 1);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('several processes share the count of one reader; each counts alone while Redis is away', async () => {
    const { redis, prefix } = open();
    const away = { eval: () => Promise.reject(new Error('away')) };
    const [one, other, alone] = [redis, redis, away].map((redis) =>
      createPace({ kind: 'redis', redis, prefix, monotonic: () => performance.now() }),
    );
    const allowance = { burst: 30, everyMs: 60_000 };
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 ? one! : other!).admit('reader', allowance)),
    );
    expect(waits.filter((ms) => ms === 0)).toHaveLength(30);
    expect(Math.max(...waits)).toBeGreaterThan(59_000);
    expect(await other!.admit('another', allowance)).toBe(0);
    for (let i = 0; i < 30; i++) expect(await alone!.admit('reader', allowance)).toBe(0);
    expect(await alone!.admit('reader', allowance)).toBeGreaterThan(0);
  });

  test('several processes share one limit', async () => {
    const { redis, prefix } = open();
    const limits = { perSecond: 200, perMinute: 12_000, perChatPerSecond: 5 };
    const paces = [1, 2, 3].map(() =>
      createPace({ kind: 'redis', redis, prefix, monotonic: () => performance.now(), limits }),
    );
    const times = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        await paces[i % 3]!.turn('create');
        return performance.now();
      }),
    );
    const took = Math.max(...times) - Math.min(...times);
    expect(took).toBeGreaterThan((59 * 1_000) / 200 - 20);
    expect(took).toBeLessThan(2_000);
  });
});
