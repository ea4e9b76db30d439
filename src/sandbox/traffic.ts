/** The traffic between Feishu and the app, as tests and the page see it. Instants are epoch milliseconds. */
import type { CardJson } from './tenant.ts';

/** One push. `status` is absent if no answer arrived in 3 s or no connection was made. */
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
  /** Why nothing was sent (a group message that does not mention the bot). */
  skipped?: string;
}

/** The result of a click. `clientError` is the code that Feishu's client would show; the answer is then not applied. */
export interface CallbackResult {
  status?: number;
  ms: number;
  eventId?: string;
  toast?: { type: string; content: string };
  card?: CardJson;
  clientError?: { code: number; msg: string };
  /** Names of required fields that are empty or too long: the client sends nothing. */
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
