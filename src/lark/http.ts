import * as plain from 'node:http';
import * as tls from 'node:https';
import { LarkRefused, retryOf } from './refusal.ts';
import type { Exchange } from './trace.ts';

/** A call as the SDK makes it. `$return_headers`: the answer is body and headers instead of the body alone. */
export interface HttpCall {
  url: string;
  method: string;
  headers?: Record<string, string>;
  params?: Record<string, unknown>;
  /** An object goes out as JSON. */
  data?: unknown;
  responseType?: string;
  $return_headers?: boolean;
}

export interface HttpOptions {
  /** The origin that every call goes to. */
  origin: string;
  /** How long the connection may be silent. */
  timeoutMs: number;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY. A loopback origin never uses them: they would swallow the sandbox's calls. */
  proxies?: Record<string, string>;
  /** Called after every answered call, for `doctor --trace`. */
  onExchange?: (exchange: Exchange) => void;
}

/** How long an idle connection is kept for the next call; Feishu keeps it longer. */
const IDLE_MS = 20_000;
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_OF_A_REFUSAL = 64 * 1024;

/**
 * The HTTP client under the SDK: Node's own, with kept-alive connections. The SDK's client has no timeout, prints failed requests
 * with their secrets, and lets `code ≠ 0` at HTTP 200 pass as success; here every failure leaves as a LarkRefused.
 */
export function createHttp({ origin, timeoutMs, proxies, onExchange }: HttpOptions) {
  const { protocol, hostname, port, pathname } = new URL(origin);
  const base = pathname.replace(/\/$/, '');
  const { Agent, request } = protocol === 'https:' ? tls : plain;
  const host = hostname.replace(/^\[|\]$/g, '');
  const agent = new Agent({
    keepAlive: true,
    timeout: IDLE_MS,
    ...(isLoopback(host) || !proxies ? {} : { proxyEnv: proxies }),
  });

  async function send({ url, method, headers, params, data }: HttpCall): Promise<plain.IncomingMessage> {
    const query = params && Object.keys(params).length > 0 ? `?${new URLSearchParams(entriesOf(params))}` : '';
    const { body, type } = await bodyOf(method, data);
    const { promise, resolve, reject } = Promise.withResolvers<plain.IncomingMessage>();
    const call = request({
      ...{ agent, protocol, host, port, method, timeout: timeoutMs },
      path: base + url.slice(origin.length) + query,
      headers: { ...headers, ...(body ? { 'content-type': type, 'content-length': body.length } : {}) },
    });
    call.on('timeout', () => call.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    call.on('error', reject);
    call.on('response', resolve);
    call.end(body);
    return promise;
  }

  /** The parsed body of the answer, or its stream if the call asked for one. Throws only LarkRefused. */
  async function ask(call: HttpCall): Promise<unknown> {
    try {
      const answer = await send(call);
      const { statusCode: status = 0, headers } = answer;
      const succeeded = status >= 200 && status < 300;
      if (succeeded && call.responseType === 'stream') return { data: answer, headers };
      const data = parsed(await upTo(succeeded ? MOST_BYTES : MOST_OF_A_REFUSAL, answer));
      const body = call.data instanceof FormData ? undefined : call.data;
      onExchange?.({
        what: 'call',
        method: call.method,
        path: call.url.slice(origin.length),
        body,
        status,
        answer: data,
      });
      const code = codeOf(data);
      if (!succeeded || code) throw refused(code ?? 0, status, data, headers);
      // Something between us and the platform answered, so the call may or may not have gone through.
      if (code === undefined)
        throw new LarkRefused({ method: '', code: 0, status, retry: 'unknown_outcome', detail: 'no code' });
      return call.$return_headers ? { data, headers } : data;
    } catch (error) {
      throw error instanceof LarkRefused ? error : transport(error as { code?: string });
    }
  }

  return { request: ask as <T>(call: HttpCall) => Promise<T> };
}

const entriesOf = (params: Record<string, unknown>): [string, string][] =>
  Object.entries(params).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null)
      .map((one): [string, string] => [name, String(one)]),
  );

async function bodyOf(method: string, data: unknown): Promise<{ body?: Buffer; type?: string }> {
  if (method.toUpperCase() === 'GET' || data === undefined) return {};
  if (!(data instanceof FormData))
    return { body: Buffer.from(JSON.stringify(data)), type: 'application/json; charset=utf-8' };
  const form = new Response(data);
  return { body: Buffer.from(await form.arrayBuffer()), type: form.headers.get('content-type') ?? undefined };
}

/** The text of an answer, if it ends within `most` bytes. */
async function upTo(most: number, answer: plain.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw Object.assign(new Error('too long'), { code: 'ETOOLONG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function refused(code: number, status: number, body: unknown, headers: plain.IncomingHttpHeaders): LarkRefused {
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const msg = (body as { msg?: unknown } | null | undefined)?.msg;
  return new LarkRefused({
    method: '',
    code,
    status,
    logId: header('x-tt-logid'),
    detail: typeof msg === 'string' ? msg.slice(0, 300) : undefined,
    ...retryOf(code, status, header('x-ogw-ratelimit-reset'), typeof msg === 'string' ? msg : ''),
  });
}

// If the connection was never made, nothing can have been done; any later break leaves that open.
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function transport({ code: detail = 'no answer' }: { code?: string }): LarkRefused {
  if (NOT_SENT.has(detail))
    return new LarkRefused({ method: '', code: 0, status: 0, detail, retry: 'after', retryAfterSeconds: 5 });
  return new LarkRefused({ method: '', code: 0, status: 0, detail, retry: 'unknown_outcome' });
}

function codeOf(body: unknown): number | undefined {
  const code = (body as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}
