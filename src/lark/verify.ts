import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { decrypt } from './decrypt.ts';

/** What an admitted push says about itself; `event` is still unread (see events.ts). */
export interface Envelope {
  header: {
    event_id: string;
    event_type: string;
    create_time: string;
    tenant_key?: string;
    app_id: string;
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
  /** The bytes as they came: the signature is over these, never over re-serialised JSON. */
  rawBody: Buffer;
  /** Lower-case names, as node gives them. */
  headers: Record<string, string | string[] | undefined>;
  /** Epoch milliseconds. */
  now: number;
  config: AdmitConfig;
}

const Encrypted = z.object({ encrypt: z.string().min(1) });
const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string(), token: z.string() });
const Event = z.object({
  header: z.looseObject({
    event_id: z.string().min(1),
    event_type: z.string().min(1),
    create_time: z.coerce.string(),
    token: z.string(),
    app_id: z.string(),
    tenant_key: z.string().nullish(),
  }),
  event: z.record(z.string(), z.unknown()),
});

/**
 * Decides whether a push came from our app. Only encrypted bodies are let in. With signature headers the signature
 * must match the raw bytes; without them nothing but an encrypted url_verification with the right token passes.
 * Every other push needs a timestamp in the window, the right token and the right app. Never throws; a refusal's
 * reason is safe to show.
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
  if (!event) return refuse(400, 'not a version 2.0 event');
  if (!same(event.token, config.verificationToken)) return refuse(403, 'wrong token');
  if (!same(event.envelope.header.app_id, config.appId)) return refuse(403, 'wrong app');
  return { ok: true, envelope: event.envelope };
}

/** A version 2.0 event, apart from its token; undefined for anything else. The long connection uses it too. */
export function readEnvelope(body: unknown): { envelope: Envelope; token: string } | undefined {
  const parsed = Event.safeParse(body);
  if (!parsed.success) return undefined;
  const { event_id, event_type, create_time, app_id, token } = parsed.data.header;
  const tenant_key = parsed.data.header.tenant_key ?? undefined;
  const header = { event_id, event_type, create_time, app_id, tenant_key };
  return { envelope: { header, event: parsed.data.event }, token };
}

/** Feishu's push signature: a plain SHA-256 over timestamp, nonce, Encrypt Key and the raw body, lower-case hex. */
export function sign(timestamp: string, nonce: string, encryptKey: string, rawBody: Buffer): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(rawBody)
    .digest('hex');
}

function refuse(status: 400 | 401 | 403, reason: string): Admission {
  return { ok: false, status, reason };
}

// Both sides are hashed first so that neither length nor content shows in the time taken.
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
