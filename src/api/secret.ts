import { createHash, randomBytes } from 'node:crypto';

/** A new token. Its prefix identifies it to people and to scanners for leaked secrets. */
export const newSecret = (): string => `jiedui_${randomBytes(32).toString('base64url')}`;

/** The stored form of a token. The token is as random as the hash itself, so nothing slower is needed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 40);
