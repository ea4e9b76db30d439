import type { Logger } from 'pino';
import type { PaceLimits } from '../jobs/pace.ts';
import type { Store } from '../store/db.ts';

/** What a test or the sandbox puts in place of the real thing. */
export interface Overrides {
  now?: () => number;
  newId?: () => string;
  log?: Logger;
  store?: Store;
  /** Where the sandbox plays Feishu; it brings the app's credentials with it. */
  sandbox?: { url: string; appSecret: string; encryptKey: string; verificationToken: string };
  /** Keeps Redis keys of several installations apart. */
  queuePrefix?: string;
  /** How often lost work is looked for, ms. */
  sweepEveryMs?: number;
  timeoutMs?: number;
  /** Opens a store that belongs to another app, to give it to this one. */
  anyApp?: boolean;
  /** Makes an empty embedded store also beside what an earlier one has left, to restore into it. */
  anew?: boolean;
  /** Feishu's limits, where a test or benchmark scales them. */
  paceLimits?: PaceLimits;
  /** How long an unreachable server is waited for at start, ms. */
  startWithinMs?: number;
}

/** Wire name of the sandbox's app; the official client wants one of this shape. */
export const SANDBOX_APP_ID = 'cli_5a4db0c0ffee0001';
/** `startWithinMs` and `timeoutMs` where nothing is put in their place. */
export const START_WITHIN_MS = 60_000;
export const LARK_TIMEOUT_MS = 10_000;
