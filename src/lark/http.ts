import axios, { type AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { LarkRefused, retryOf } from './refusal.ts';

/**
 * The HTTP client under the SDK. The SDK's own has no timeout, prints failed requests with their secrets, and lets
 * `code ≠ 0` at HTTP 200 pass as success; here every failure leaves as a LarkRefused before the SDK sees it.
 * No proxy for a loopback domain, or HTTP_PROXY would swallow the sandbox's calls.
 */
export function createHttp(domain: string, timeoutMs: number): AxiosInstance {
  const http = axios.create({
    timeout: timeoutMs,
    maxRedirects: 0,
    maxContentLength: 10 * 1024 * 1024,
    maxBodyLength: 40 * 1024 * 1024,
    ...(isLoopback(domain) ? { proxy: false as const } : {}),
  });
  // With a limit axios hands a stream out inside a generator that cannot be destroyed while it stalls; the reader of
  // the stream has its own limit.
  http.interceptors.request.use((config) => {
    if (config.responseType === 'stream') config.maxContentLength = -1;
    return config;
  });
  http.interceptors.response.use(
    (response) => {
      if (response.config.responseType !== 'stream') {
        const code = codeOf(response.data);
        // Something between us and the platform answered: whether the call went through is open.
        if (code === undefined)
          throw new LarkRefused({
            method: '',
            code: 0,
            status: response.status,
            retry: 'unknown_outcome',
            detail: 'no code',
          });
        if (code !== 0) throw refused(code, response.status, response.data, response.headers);
      }
      // The SDK's contract for a custom instance: the body, or body and headers where it asks for them.
      const wantsHeaders = (response.config as InternalAxiosRequestConfig & { $return_headers?: boolean })
        .$return_headers;
      return wantsHeaders ? { data: response.data, headers: response.headers } : response.data;
    },
    async (error: AxiosError) => {
      if (!error.response) throw transport(error);
      const { status, headers, config } = error.response;
      const data = config?.responseType === 'stream' ? await drain(error.response.data) : error.response.data;
      throw refused(codeOf(data) ?? 0, status, data, headers);
    },
  );
  return http;
}

export function isLoopback(domain: string): boolean {
  const host = URL.canParse(domain) ? new URL(domain).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

function refused(code: number, status: number, body: unknown, headers: unknown): LarkRefused {
  const header = (name: string) => {
    const value = (headers as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  };
  const msg = (body as { msg?: unknown } | null)?.msg;
  return new LarkRefused({
    method: '',
    code,
    status,
    logId: header('x-tt-logid'),
    detail: typeof msg === 'string' ? msg.slice(0, 300) : undefined,
    ...retryOf(code, status, header('x-ogw-ratelimit-reset')),
  });
}

// Where the connection was never made nothing can have been done; any later break leaves that open.
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function transport(error: AxiosError): LarkRefused {
  const detail = error.code ?? 'no answer';
  if (NOT_SENT.has(detail))
    return new LarkRefused({ method: '', code: 0, status: 0, detail, retry: 'after', retryAfterSeconds: 5 });
  return new LarkRefused({ method: '', code: 0, status: 0, detail, retry: 'unknown_outcome' });
}

function codeOf(body: unknown): number | undefined {
  const code = (body as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}

async function drain(stream: unknown): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > 64 * 1024) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
