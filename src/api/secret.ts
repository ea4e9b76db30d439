import { createHash, randomBytes } from 'node:crypto';

/** A new token. Its first letters tell people, and those who look for leaked secrets, what it is. */
export const newSecret = (): string => `jiedui_${randomBytes(32).toString('base64url')}`;

/** What is kept of a token. It is as random as the hash itself, so nothing slower is needed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 40);
