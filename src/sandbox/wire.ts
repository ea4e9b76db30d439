import { createCipheriv, createHash } from 'node:crypto';

/** Lowercase hex SHA-256 of the concatenated parts. */
export const sha256 = (...parts: (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/**
 * The body as Feishu encrypts it: base64(IV ‖ AES-256-CBC(plain)), key = SHA-256 of the Encrypt Key, PKCS7; `iv`: 16 new bytes.
 * Source: Feishu, "send notifications to developer's server"; pinned by its published vector in the tests.
 */
export function encrypt(plain: string, encryptKey: string, iv: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/** `X-Lark-Signature`: SHA-256(timestamp ‖ nonce ‖ key ‖ raw body), a plain hash, not an HMAC. */
export const pushSignature = (timestamp: string, nonce: string, encryptKey: string, raw: string | Uint8Array): string =>
  sha256(timestamp, nonce, encryptKey, raw);
