/** A method of the Open API in the sandbox. */
import type { SandboxState } from './state.ts';

/** What an API method answers: business codes other than 0 are sent as HTTP 400 unless `status` says otherwise. */
export interface Answer {
  code: number;
  msg?: string;
  data?: unknown;
  status?: number;
  headers?: Record<string, string>;
  /** Replaces the usual body: the token endpoint has no `data`. */
  body?: Record<string, unknown>;
  bytes?: { type: string; content: Buffer };
}

/** The parts of a request that a method reads. `body` is parsed JSON (`{}` if empty), `raw` the bytes. */
export interface Call {
  params: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
  raw: Buffer;
  contentType: string;
  /** The knob `delayMs`: methods with a uuid wait only after they have reserved it. */
  pause: () => Promise<void>;
}

export interface Method {
  http: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  route: string;
  /** Any one of these suffices; absent: needs no scope. */
  scopes?: string[];
  /** Needs no token (the token endpoint itself). */
  open?: boolean;
  /** Contact, auth and bot calls do not count towards the monthly quota. */
  free?: boolean;
  pausesItself?: boolean;
  run: (state: SandboxState, call: Call) => Answer | Promise<Answer>;
}

export const fail = (code: number, msg: string, status?: number): Answer => ({
  code,
  msg,
  ...(status ? { status } : {}),
});
