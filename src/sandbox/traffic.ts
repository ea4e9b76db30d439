/** What went between Feishu and the app, as tests and the page see it. Instants are epoch milliseconds. */
import type { CardJson } from './tenant.ts';

/** How one push went. `status` is absent when no answer came in 3 s or no connection was made. */
export interface Attempt {
  at: number;
  ms: number;
  status?: number;
  body?: string;
  error?: string;
  duplicate?: boolean;
}

export interface Delivery {
  eventId: string;
  eventType: string;
  /** The message the event is about, if any. */
  messageId?: string;
  body: Record<string, unknown>;
  attempts: Attempt[];
  ok: boolean;
  gaveUp: boolean;
  /** Why nothing was sent at all (a group message that does not mention the bot). */
  skipped?: string;
}

/** What a click did. `clientError` is the code that Feishu's client would show; nothing of the answer is applied then. */
export interface CallbackResult {
  status?: number;
  ms: number;
  eventId?: string;
  toast?: { type: string; content: string };
  card?: CardJson;
  clientError?: { code: number; msg: string };
  /** Names of required fields that were left empty or are too long: the client sends nothing. */
  missing?: string[];
  opened?: string;
  body?: string;
}

export interface ApiCall {
  at: number;
  method: string;
  path: string;
  route: string;
  status: number;
  code: number;
  ms: number;
  uuid?: string;
  body?: unknown;
  answer?: unknown;
  fault?: string;
}
