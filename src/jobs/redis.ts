import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';

/** For a name with two addresses, or a cluster, the reason of a refusal is nested inside the error. */
export function failureOf(error: unknown): string {
  type Refusal = { message?: string; code?: string; errors?: Error[]; lastNodeError?: Error };
  const { message, code, errors, lastNodeError } = error as Refusal;
  return lastNodeError?.message || message || errors?.[0]?.message || code || String(error);
}

/** Growing pauses between attempts, at most five seconds. */
export const backoffMs = (attempt: number): number => Math.min(200 * 2 ** Math.min(attempt, 6), 5_000);

/**
 * One connection that reconnects as long as the process lives. Without `enableOfflineQueue` commands fail at once while the server is
 * away. `url`: redis://, rediss:// or redis-cluster://host:port,host:port.
 */
export async function connectRedis(url: string, options: { enableOfflineQueue: boolean }): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import('ioredis');
  const redisOptions = { ...options, maxRetriesPerRequest: null, connectTimeout: 5_000 };
  if (!url.startsWith('redis-cluster://')) return new Redis(url, { ...redisOptions, retryStrategy: backoffMs });
  const nodes = url.slice('redis-cluster://'.length).split(',');
  return new Cluster(
    nodes.map((node) => `redis://${node}`),
    { ...options, clusterRetryStrategy: backoffMs, redisOptions },
  );
}

/** Logs once when the server goes away and once when it is back. Returns the last reason while it is away. */
export function logOutages(redis: Redis | Cluster, log: Logger): () => string | undefined {
  let downReason: string | undefined;
  redis.on('error', (error: Error) => {
    if (!downReason) log.warn({ reason: failureOf(error) }, 'REDIS_URL: the server does not answer; trying again');
    downReason = failureOf(error);
  });
  redis.on('ready', () => {
    if (downReason) log.info('REDIS_URL: the server answers');
    downReason = undefined;
  });
  return () => downReason;
}
