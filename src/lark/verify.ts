import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { decrypt } from './decrypt.ts';

/** What an admitted push says about itself; `event` is still unread (see events.ts). */
export interface Envelope {
  header: {
    /** If the platform gave none, derived from the event, so that every repetition has the same one. */
    event_id: string;
    event_type: string;
    create_time?: string;
    tenant_key?: string;
  };
  event: Record<string, unknown>;
}

export interface AdmitConfig {
  encryptKey: string;
  verificationToken: string;
  appId: string;
  /** Largest distance, either way, between the signed timestamp and now. */
  timestampWindowSeconds: number;
}

export type Admission =
  | { ok: true; envelope: Envelope; challenge?: undefined }
  | { ok: true; challenge: string; envelope?: undefined }
  | { ok: false; status: 400 | 401 | 403; reason: string };

export interface Push {
  /** The bytes as received: the signature covers these, never re-serialised JSON. */
  rawBody: Buffer;
  /** Lower-case names, as in Node. */
  headers: Record<string, string | string[] | undefined>;
  /** Epoch milliseconds. */
  now: number;
  config: AdmitConfig;
}

const Encrypted = z.object({ encrypt: z.string().min(1) });
const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string(), token: z.string() });
const Event = z.object({
  header: z.looseObject({
    event_type: z.string().min(1),
    // The official SDKs treat these as optional, and events of clicks over the long connection were seen without some.
    event_id: z.string().nullish(),
    create_time: z.union([z.string(), z.number()]).nullish(),
    token: z.string().nullish(),
    app_id: z.string().nullish(),
    tenant_key: z.string().nullish(),
  }),
  event: z.record(z.string(), z.unknown()),
});
/** An event of the first version, which the bot does not need; it arrives if the console subscribed to both. */
const Old = z.looseObject({
  uuid: z.string().min(1),
  token: z.string().nullish(),
  event: z.looseObject({ type: z.string().min(1), app_id: z.string().nullish() }),
});

/**
 * Decides whether a push came from our app: encrypted, the signature of the raw bytes, a timestamp in the window, the right token and
 * app; only a url_verification may come without signature headers. Never throws; the reason of a refusal is safe to show.
 */
export function admit(push: Push): Admission {
  const { rawBody, headers, now, config } = push;
  if (!config.encryptKey || !config.verificationToken) return refuse(403, 'encrypt key or token not configured');
  const outer = Encrypted.safeParse(json(rawBody.toString('utf8')));
  if (!outer.success) return refuse(400, 'body is not an encrypted push');

  const timestamp = headers['x-lark-request-timestamp'];
  const nonce = headers['x-lark-request-nonce'];
  const signature = headers['x-lark-signature'];
  const signed = [timestamp, nonce, signature].some((h) => h !== undefined);
  if (signed) {
    if (typeof timestamp !== 'string' || typeof nonce !== 'string' || typeof signature !== 'string')
      return refuse(401, 'signature headers incomplete');
    if (!same(signature, sign(timestamp, nonce, config.encryptKey, rawBody))) return refuse(401, 'wrong signature');
  }

  const body = open(outer.data.encrypt, config.encryptKey);
  if (body === undefined) return refuse(400, 'body cannot be decrypted');
  const challenge = Challenge.safeParse(body);
  if (challenge.success) {
    if (!same(challenge.data.token, config.verificationToken)) return refuse(403, 'wrong token');
    return { ok: true, challenge: challenge.data.challenge };
  }

  if (!signed) return refuse(401, 'signature headers missing');
  if (!inWindow(timestamp as string, now, config.timestampWindowSeconds)) return refuse(401, 'timestamp out of window');
  const event = readEnvelope(body);
  if (!event) return refuse(400, 'not an event');
  const foreign = notOurs(event, config);
  return foreign ? refuse(403, foreign) : { ok: true, envelope: event.envelope };
}

/** What an event says about its origin, as far as it says so. */
export interface Origin {
  token?: string;
  appId?: string;
}

/** Why an event is not for this app, by its own fields; undefined if none of them speaks against it. */
export function notOurs(
  { token, appId }: Origin,
  config: Pick<AdmitConfig, 'verificationToken' | 'appId'>,
): string | undefined {
  if (token !== undefined && !same(token, config.verificationToken)) return 'wrong token';
  return appId !== undefined && !same(appId, config.appId) ? 'wrong app' : undefined;
}

/** An event and, separately, its origin; undefined for anything else. The long connection uses it too. */
export function readEnvelope(body: unknown): (Origin & { envelope: Envelope }) | undefined {
  const parsed = Event.safeParse(body);
  if (parsed.success) {
    const { event_type, event_id, create_time, tenant_key, token, app_id } = parsed.data.header;
    const { event } = parsed.data;
    const header = {
      event_id: event_id || `of-${createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 40)}`,
      event_type,
      create_time: create_time == null ? undefined : String(create_time),
      tenant_key: tenant_key ?? undefined,
    };
    return { envelope: { header, event }, token: token ?? undefined, appId: app_id ?? undefined };
  }
  const old = Old.safeParse(body);
  if (!old.success) return undefined;
  const { uuid, token, event } = old.data;
  const header = { event_id: uuid, event_type: `version 1.0: ${event.type}` };
  return { envelope: { header, event }, token: token ?? undefined, appId: event.app_id ?? undefined };
}

/** Feishu's push signature: a plain SHA-256 over timestamp, nonce, Encrypt Key and raw body, in lower-case hex. */
export function sign(timestamp: string, nonce: string, encryptKey: string, rawBody: Buffer): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(rawBody)
    .digest('hex');
}

function refuse(status: 400 | 401 | 403, reason: string): Admission {
  return { ok: false, status, reason };
}

// Both sides are hashed first, so that the time taken reveals neither length nor content.
function same(a: string, b: string): boolean {
  const digest = (s: string) => createHash('sha256').update(s, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}

function inWindow(timestamp: string, now: number, windowSeconds: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= windowSeconds;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function open(encrypted: string, encryptKey: string): unknown {
  try {
    return json(decrypt(encrypted, encryptKey));
  } catch {
    return undefined;
  }
}
