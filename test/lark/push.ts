import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { sign } from '../../src/lark/verify.ts';

/** Makes pushes as the platform does, for tests of the receiving side. */
export const config = {
  encryptKey: 'test key',
  verificationToken: 'v-token',
  appId: 'cli_0123456789abcdef',
  timestampWindowSeconds: 28_800,
};
export const now = 1_795_000_000_000;

export function encrypt(plain: string, key = config.encryptKey): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function sealed(body: unknown, key?: string): Buffer {
  return Buffer.from(JSON.stringify({ encrypt: encrypt(JSON.stringify(body), key) }));
}

export function signedHeaders(rawBody: Buffer, at = now, key = config.encryptKey): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const nonce = '1234567';
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': sign(timestamp, nonce, key, rawBody),
  };
}

export function eventBody(eventType: string, event: unknown, header: Record<string, unknown> = {}) {
  return {
    schema: '2.0',
    header: {
      event_id: 'e1',
      event_type: eventType,
      create_time: String(now),
      token: config.verificationToken,
      app_id: config.appId,
      tenant_key: 'tk',
      ...header,
    },
    event,
  };
}
