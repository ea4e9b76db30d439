import { createDecipheriv, createHash } from 'node:crypto';

/**
 * Opens the `encrypt` field of a Feishu push: base64 of a 16-byte IV followed by AES-256-CBC (PKCS7) under
 * SHA-256 of the app's Encrypt Key. Throws on any other text; callers turn that into a refusal.
 */
export function decrypt(encrypted: string, encryptKey: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  const key = createHash('sha256').update(encryptKey, 'utf8').digest();
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}
