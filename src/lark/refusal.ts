import { CODES } from './codes.ts';

/** What to do about a refused call. */
export type Retry =
  /** The same call fails again. */
  | 'never'
  /** Nothing was done; wait for `retryAfterSeconds`. */
  | 'after'
  /** Only this chat or card is busy, so delay only its own job. */
  | 'receiver'
  /** Fails until an administrator fixes the app (a scope, an approval): retry with long pauses, but not for ever. */
  | 'app'
  /** It may have been done; repeat only with the same uuid. */
  | 'unknown_outcome';

export interface RefusalFacts {
  /** The client function, e.g. `send`. */
  method: string;
  /** Feishu's code; 0 if there was no answer to read one from. */
  code: number;
  /** HTTP status; 0 if there was none. */
  status: number;
  retry: Retry;
  retryAfterSeconds?: number;
  /** Feishu's X-Tt-Logid, which their support asks for. */
  logId?: string;
  /** A short platform message or transport code, never a request, so never a secret. */
  detail?: string;
}

/** The one error of the Feishu client. It keeps no request, header or cause: those hold tokens and the app secret. */
export class LarkRefused extends Error implements RefusalFacts {
  readonly method: string;
  readonly code: number;
  readonly status: number;
  readonly retry: Retry;
  readonly retryAfterSeconds?: number;
  readonly logId?: string;
  readonly detail?: string;
  /** What the operator should do, in Chinese; empty for unknown codes. */
  readonly advice: string;
  /** The bot cannot reach the person at all: they left, are outside the availability range, or have stopped it. */
  readonly unreachable: boolean;
  /** The card itself was refused: send the text fallback instead. */
  readonly badCard: boolean;
  /** The words were refused, and would be as text too: send something neutral instead. */
  readonly badContent: boolean;

  constructor(facts: RefusalFacts) {
    const known = CODES[facts.code];
    super(
      `${facts.method} refused: code ${facts.code}, HTTP ${facts.status}${facts.detail ? `, ${facts.detail}` : ''}`,
    );
    this.name = 'LarkRefused';
    this.method = facts.method;
    this.code = facts.code;
    this.status = facts.status;
    this.retry = facts.retry;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.logId = facts.logId;
    this.detail = facts.detail;
    this.advice = known?.advice ?? '';
    this.unreachable = known?.about === 'person';
    this.badCard = known?.about === 'card' && facts.retry === 'never';
    this.badContent = known?.about === 'content';
  }
}

/** A card cannot be replaced while a person is pressing it; the code is the same as for any bad card. */
const LOCKED = /card action is lock/;

/** What a code means for the next attempt. `reset` is the header x-ogw-ratelimit-reset, `message` the platform's message. */
export function retryOf(
  code: number,
  status: number,
  reset?: string,
  message = '',
): Pick<RefusalFacts, 'retry' | 'retryAfterSeconds'> {
  if (code === 230099 && LOCKED.test(message)) return { retry: 'receiver' };
  const known = CODES[code];
  if (known?.retry === 'after' || status === 429)
    return { retry: 'after', retryAfterSeconds: seconds(reset, known?.seconds ?? 1) };
  if (known) return { retry: known.retry };
  return { retry: status >= 500 ? 'unknown_outcome' : 'never' };
}

function seconds(header: string | undefined, fallback: number): number {
  const n = Number(header);
  return header !== undefined && Number.isFinite(n) && n > 0 ? Math.min(Math.ceil(n), 3600) : fallback;
}
