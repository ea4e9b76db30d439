import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import { EXPIRED_TOKEN } from './codes.ts';
import { createHttp } from './http.ts';
import type { LarkUpload } from './outgoing.ts';
import { LarkRefused } from './refusal.ts';
import { createTokenSource } from './token.ts';
import type { Exchange } from './trace.ts';

export interface LarkClientOptions {
  appId: string;
  appSecret: string;
  /** `feishu`, `lark` or an origin such as the sandbox's. */
  domain: string;
  timeoutMs: number;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  proxies?: Record<string, string>;
  /** Epoch milliseconds; decides when a token is renewed. */
  now: () => number;
  /** Called once per API call that went out (the token's too), e.g. to count the monthly quota. */
  onCall?: (method: string, refusal?: LarkRefused) => void;
  /** Called with every call exactly as it was sent, including secrets. */
  onExchange?: (exchange: Exchange) => void;
}

/** The origin of a domain setting, without a trailing slash (the SDK does not strip it). */
export function originOf(domain: string): string {
  if (domain === 'feishu') return 'https://open.feishu.cn';
  if (domain === 'lark') return 'https://open.larksuite.com';
  return domain.replace(/\/+$/, '');
}

export type Caller = ReturnType<typeof createCaller>;

/** Makes one call with a token; an expired token is renewed and the call repeated once. Throws LarkRefused. */
export function createCaller(options: LarkClientOptions) {
  const domain = originOf(options.domain);
  const http = createHttp({
    origin: domain,
    timeoutMs: options.timeoutMs,
    proxies: options.proxies,
    onExchange: options.onExchange,
  });
  let loading: ReturnType<typeof load> | undefined;
  /** The official client takes as much memory as a whole store: it is loaded for the first call that needs it. */
  async function load() {
    const { Client, withTenantToken } = await import('@larksuiteoapi/node-sdk');
    const sdk = new Client({
      appId: options.appId,
      appSecret: options.appSecret,
      domain,
      httpInstance: http as unknown as HttpInstance,
      disableTokenCache: true,
      // Failures arrive here as LarkRefused anyway; the SDK's own log lines have leaked tokens before.
      logger: { error() {}, warn() {}, info() {}, debug() {}, trace() {} },
    });
    return { sdk, withTenantToken };
  }

  async function attempt<T>(method: string, run: () => Promise<T>): Promise<T> {
    try {
      const answer = await run();
      options.onCall?.(method);
      return answer;
    } catch (error) {
      const refusal = asRefusal(method, error);
      options.onCall?.(method, refusal);
      throw refusal;
    }
  }

  async function call<T>(method: string, run: (token: string) => Promise<T>): Promise<T> {
    const token = await tokens.get();
    try {
      return await attempt(method, () => run(token));
    } catch (error) {
      if (!(error instanceof LarkRefused && EXPIRED_TOKEN.has(error.code))) throw error;
      tokens.forget(token);
      const renewed = await tokens.get();
      return attempt(method, () => run(renewed));
    }
  }

  type Official = Awaited<ReturnType<typeof load>>;
  /** The same by a typed function of the official client. */
  async function official<T>(
    method: string,
    run: (sdk: Official['sdk'], as: ReturnType<Official['withTenantToken']>) => Promise<T>,
  ): Promise<T> {
    loading ??= load();
    const { sdk, withTenantToken } = await loading;
    return call(method, (token) => run(sdk, withTenantToken(token)));
  }

  const tokens = createTokenSource(() => {
    const app = { app_id: options.appId, app_secret: options.appSecret };
    const url = `${domain}/open-apis/auth/v3/tenant_access_token/internal`;
    return attempt('token', () => http.request({ url, method: 'POST', data: app }));
  }, options.now);

  /** A request to a path that the SDK has no typed function for, or an inadequate one. */
  function request<T>(token: string, method: string, path: string, data?: unknown): Promise<T> {
    const authorization = { Authorization: `Bearer ${token}` };
    return http.request({ method, url: `${domain}${path}`, data, headers: authorization });
  }

  // The SDK's multipart parts for a Buffer have no file name, which the platform has refused; node's FormData has one.
  async function upload(method: string, path: string, field: string, file: LarkUpload, extra: Record<string, string>) {
    const form = new FormData();
    for (const [name, value] of Object.entries(extra)) form.append(name, value);
    form.append(field, new Blob([new Uint8Array(file.data)]), file.name);
    const answer = await call(method, (token) => request<{ data: Record<string, string> }>(token, 'POST', path, form));
    return answer.data;
  }

  return { call, official, request, upload };
}

function asRefusal(method: string, error: unknown): LarkRefused {
  if (error instanceof LarkRefused) return error.method ? error : new LarkRefused({ ...facts(error), method });
  const detail = error instanceof Error ? error.name : 'unknown';
  return new LarkRefused({ method, code: 0, status: 0, retry: 'unknown_outcome', detail });
}

function facts(e: LarkRefused) {
  const { code, status, retry, retryAfterSeconds, logId, detail } = e;
  return { code, status, retry, retryAfterSeconds, logId, detail };
}

// The SDK puts path parameters into the URL unescaped; an id from outside must not change the path.
export function segment(method: string, id: string): string {
  if (/^[\w-]{1,200}$/.test(id)) return id;
  throw new LarkRefused({ method, code: 0, status: 0, retry: 'never', detail: 'bad id' });
}
