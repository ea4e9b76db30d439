/** The queue's connections to its backend. */
import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { backoffMs, connectRedis, failureOf, logOutages } from './redis.ts';

/** How BullMQ reaches its backend. */
export type Wiring = {
  /** The connection for adding, and the one for working. */
  adding: never;
  working: never;
  prefix: string;
  redis: Redis | Cluster;
  /** Throws when the backend does not answer. */
  ping(): Promise<unknown>;
  /** The reason of the last failure. */
  why(): string | undefined;
  close(): void;
};

/** Two connections: adding fails at once while Redis is away (the sweep adds again), workers wait for its return. */
export async function wireRedis(url: string, prefix: string, log: Logger): Promise<Wiring> {
  const adding = await connectRedis(url, { enableOfflineQueue: false });
  const working = await connectRedis(url, { enableOfflineQueue: true });
  const why = logOutages(adding, log);
  working.on('error', () => {});
  return {
    adding: adding as never,
    working: working as never,
    prefix,
    redis: adding,
    ping: () => adding.ping(),
    why,
    close: () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}

/** Rejects after `ms`. The work itself goes on: its outcome no longer matters to the caller. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Pings with growing pauses until it succeeds or about `withinMs` have passed; then throws the last reason, under the setting's name. */
export async function untilAnswered(wiring: Wiring, withinMs: number): Promise<void> {
  for (let attempt = 0, waited = 0; ; attempt++) {
    try {
      await within(2_000, wiring.ping());
      return;
    } catch (error) {
      if (waited >= withinMs) throw new Error(`REDIS_URL: ${wiring.why() ?? failureOf(error)}`);
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
      waited += backoffMs(attempt);
    }
  }
}
