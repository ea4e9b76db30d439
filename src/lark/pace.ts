/**
 * Keeps calls to Feishu under its limits across all processes: each key holds the time at which its next call may start (GCRA). Our own
 * code, because rate-limiter-flexible counts fixed windows, so that up to twice the limit can start inside a sliding second.
 */

/** What Feishu allows: per app and API method, and per chat or user (shared by all methods). */
export type PaceLimits = { perSecond: number; perMinute: number; perChatPerSecond: number };

/** https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control and the page of im/v1/messages. */
export const feishuLimits: PaceLimits = { perSecond: 50, perMinute: 1_000, perChatPerSecond: 5 };

export type Pace = {
  /** Resolves when the call may start: first come, first served, unless the chat itself must wait. */
  turn(method: string, chatId?: string): Promise<void>;
  /** Holds all calls of this method for so long, because Feishu said so. */
  hold(method: string, ms: number): Promise<void>;
  /**
   * Counts a request by `who` against one of the program's own allowances. Returns 0 if it is within the allowance, otherwise the
   * milliseconds until it will be. All processes share the count; while Redis is away each counts for itself.
   */
  admit(who: string, allowance: Allowance): Promise<number>;
};

/** `burst` requests at once, and one more every `everyMs`. */
export type Allowance = { burst: number; everyMs: number };

/** The part of ioredis that the pacer uses; `prefix` needs a hash tag on a cluster. */
type RedisLike = { eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown> };

export type PaceHome = ({ kind: 'memory' } | { kind: 'redis'; redis: RedisLike; prefix: string }) & {
  monotonic: () => number;
  /** Resolves after so many milliseconds of that clock. */
  sleep?: (ms: number) => Promise<void>;
  limits?: PaceLimits;
};

/** Milliseconds between two calls; `slack` calls may come early after a quiet time. */
type Spacing = { key: string; every: number; slack: number };

/**
 * Spaces a second strictly, with 2 % to spare for the way to Feishu. Lets 1.2 % of a minute go early, so that a handful of
 * replies need not queue, and spaces the rest so that any 60 seconds stay within the limit.
 */
function spacings(limits: PaceLimits, method: string, chatId: string | undefined): Spacing[] {
  const early = Math.floor(limits.perMinute * 0.012);
  return [
    { key: `s:${method}`, every: 1_020 / limits.perSecond, slack: 0 },
    { key: `m:${method}`, every: 60_000 / (limits.perMinute - early - 1), slack: Math.max(early - 1, 0) },
    ...(chatId === undefined ? [] : [{ key: `c:${chatId}`, every: 1_020 / limits.perChatPerSecond, slack: 0 }]),
  ];
}

/** The wait in milliseconds, and whether the slot after it is now ours. */
type Reservation = { waitMs: number; ours: boolean };
type Reserve = (spacings: Spacing[], ahead: number) => Promise<Reservation>;

/**
 * The method's keys (the first two) say when the call may start. A chat that must wait longer reserves nothing, or it would hold
 * the places of all others; neither does a start more than `ahead` milliseconds away.
 */
export function reserveInMemory(next: Map<string, number>, now: number, all: Spacing[], ahead: number): Reservation {
  const startOf = ({ key, every, slack }: Spacing) => (next.get(key) ?? 0) - every * slack;
  const start = Math.max(now, ...all.slice(0, 2).map(startOf));
  const chat = Math.max(start, ...all.slice(2).map(startOf));
  if (chat > start) return { waitMs: chat - now, ours: false };
  if (start - now > ahead) return { waitMs: start - now, ours: false };
  for (const { key, every } of all) next.set(key, Math.max(start, next.get(key) ?? 0) + every);
  return { waitMs: start - now, ours: true };
}

/** The same, as a script. KEYS as in `spacings`; ARGV: now (empty: the server's clock), ahead, then every and slack per key. */
const script = `
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('time')
  now = t[1] * 1000 + t[2] / 1000
end
local start, chat, held = now, 0, {}
for i, key in ipairs(KEYS) do
  held[i] = tonumber(redis.call('get', key) or '0')
  local at = held[i] - ARGV[1 + 2 * i] * ARGV[2 + 2 * i]
  if i <= 2 then start = math.max(start, at) else chat = math.max(chat, at) end
end
if chat > start then return { string.format('%.3f', chat - now), 0 } end
if start - now > tonumber(ARGV[2]) then return { string.format('%.3f', start - now), 0 } end
for i, key in ipairs(KEYS) do
  local at = math.max(start, held[i]) + ARGV[1 + 2 * i]
  redis.call('set', key, string.format('%.3f', at), 'px', math.ceil(at - now) + 1000)
end
return { string.format('%.3f', start - now), 1 }`;

/** Takes one round trip. `now` is for tests; without it the server's clock counts, which all processes share. */
export async function reserveInRedis(
  redis: RedisLike,
  prefix: string,
  all: Spacing[],
  ahead: number,
  now?: number,
): Promise<Reservation> {
  const keys = all.map(({ key }) => `${prefix}:pace:${key}`);
  const args = all.flatMap(({ every, slack }) => [every, slack]);
  const [wait, ours] = (await redis.eval(script, keys.length, ...keys, now ?? '', ahead, ...args)) as [string, number];
  return { waitMs: Number(wait), ours: ours === 1 };
}

/** Postpones the next start of a method, for all processes. */
const holdScript = `
local t = redis.call('time')
local at = t[1] * 1000 + t[2] / 1000 + ARGV[1]
if at > tonumber(redis.call('get', KEYS[1]) or '0') then
  redis.call('set', KEYS[1], string.format('%.3f', at), 'px', math.ceil(ARGV[1]) + 1000)
end`;

/** A process that woke this late has lost its slot to the calls after it. */
const tooLateMs = 100;
/** Bounds how much a dead process can hold, and how long a chat's key lives. */
const farAheadMs = 3_600_000;

/** Opens the pacer. `monotonic` is a clock in milliseconds that never goes back. Rejects while Redis is away. */
export function createPace(home: PaceHome): Pace {
  const limits = home.limits ?? feishuLimits;
  const sleep = home.sleep ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const next = new Map<string, number>();
  const reserve: Reserve = async (all, ahead) => {
    if (home.kind === 'redis') return reserveInRedis(home.redis, home.prefix, all, ahead);
    const now = home.monotonic();
    if (next.size > 10_000) for (const [key, at] of next) if (at < now) next.delete(key);
    return reserveInMemory(next, now, all, ahead);
  };
  return {
    async hold(method, ms) {
      const key = `s:${method}`;
      if (home.kind === 'redis') await home.redis.eval(holdScript, 1, `${home.prefix}:pace:${key}`, ms);
      else next.set(key, Math.max(next.get(key) ?? 0, home.monotonic() + ms));
    },
    async admit(who, { burst, everyMs }) {
      const spacing = [{ key: `a:${who}`, every: everyMs, slack: burst - 1 }];
      const { waitMs, ours } = await reserve(spacing, 0).catch(() =>
        reserveInMemory(next, home.monotonic(), spacing, 0),
      );
      return ours ? 0 : waitMs;
    },
    async turn(method, chatId) {
      for (;;) {
        const { waitMs, ours } = await reserve(spacings(limits, method, chatId), farAheadMs);
        const due = home.monotonic() + waitMs;
        if (waitMs > 0) await sleep(Math.ceil(waitMs));
        if (ours && home.monotonic() - due < tooLateMs) return;
      }
    },
  };
}
