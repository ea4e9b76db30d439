import type { Request, Response } from 'express';
import { granted } from './console.ts';
import { overApiLimit } from './limits.ts';
import { type Answer, type Call, fail, type Method } from './method.ts';
import { changed, makeId, type SandboxState, strikes } from './state.ts';
import { checkToken } from './token.ts';
import type { ApiCall } from './traffic.ts';

const KEPT_BODIES = 5000;

/** Runs one API method after all checks before it (faults, limits, token, quota, scope) and logs the call. */
export async function gate(state: SandboxState, method: Method, req: Request, res: Response): Promise<void> {
  const start = state.monotonic();
  const raw = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const entry: ApiCall = {
    at: state.options.now(),
    method: req.method,
    path: req.path,
    route: method.route,
    status: 0,
    code: 0,
    ms: 0,
  };
  state.calls.push(entry);
  // Long runs keep the figures of old calls, not their bodies.
  const old = state.calls.at(-KEPT_BODIES);
  if (old) old.body = old.answer = undefined;
  const pause = async () => {
    if (state.faults.api.delayMs > 0 && matches(state, method, req))
      await new Promise((resolve) => setTimeout(resolve, state.faults.api.delayMs));
  };
  const contentType = String(req.headers['content-type'] ?? '');
  const body = contentType.includes('json') ? parse(raw) : {};
  if (body && typeof body.uuid === 'string' && body.uuid) entry.uuid = body.uuid;
  entry.body = method.open ? undefined : body;

  const answer =
    body === undefined
      ? fail(9499, 'invalid json')
      : (before(state, method, req, entry) ??
        (await guarded(state, method, {
          params: req.params as Record<string, string>,
          query: req.query as Record<string, string>,
          body,
          raw,
          contentType,
          pause,
        })));

  const hangsUp = answer.code === 0 && strikesHere(state, method, req, 'storeThenHangup');
  entry.ms = Math.round(state.monotonic() - start);
  entry.code = answer.code;
  if (hangsUp) {
    entry.fault = 'storeThenHangup';
    changed(state, 'call', entry);
    res.socket?.destroy();
    return;
  }
  entry.status = answer.status ?? (answer.code === 0 ? 200 : 400);
  if (!method.open && !answer.bytes) entry.answer = answer.data ?? answer.msg;
  changed(state, 'call', entry);
  send(state, res, entry.status, answer);
}

async function guarded(state: SandboxState, method: Method, call: Call): Promise<Answer> {
  if (!method.pausesItself) await call.pause();
  return method.run(state, call);
}

function send(state: SandboxState, res: Response, status: number, answer: Answer): void {
  const logId = makeId(state, '').toUpperCase();
  res.status(status).set({ 'X-Tt-Logid': logId, 'X-Request-Id': logId, ...answer.headers });
  if (answer.bytes) {
    res.set('Content-Type', answer.bytes.type).end(answer.bytes.content);
    return;
  }
  const error = {
    log_id: logId,
    troubleshooter: `排查建议查看(Troubleshooting suggestions): https://open.feishu.cn/search?log_id=${logId}`,
  };
  const body = answer.body ?? {
    code: answer.code,
    msg: answer.msg ?? 'success',
    ...(answer.code === 0 ? { data: answer.data ?? {} } : { error }),
  };
  res.set('Content-Type', 'application/json; charset=utf-8').end(JSON.stringify(body));
}

/** Everything that can refuse a call before its method runs, in the gateway's order. */
function before(state: SandboxState, method: Method, req: Request, entry: ApiCall): Answer | undefined {
  const { api } = state.faults;
  if (strikesHere(state, method, req, 'rate429')) {
    entry.fault = 'rate429';
    return limited({ 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' });
  }
  if (strikesHere(state, method, req, 'status500')) {
    entry.fault = 'status500';
    return fail(2200, 'internal error', 500);
  }
  const overLimit = overApiLimit(state, `${method.http} ${method.route}`);
  if (overLimit) return limited(overLimit);
  if (method.open) return undefined;
  if (api.expireToken) {
    api.expireToken = false;
    state.tokens.clear();
  }
  const refused = checkToken(state, String(req.headers.authorization ?? ''));
  if (refused) return refused;
  if (!method.free && overQuota(state)) return fail(99991403, 'This month’s API call quota has been exceeded.');
  if (method.scopes && !granted(state, method.scopes))
    return fail(99991672, `Access denied. One of the following scopes is required: [${method.scopes.join(', ')}].`);
  if (api.refuse && api.refuse.times > 0 && matches(state, method, req)) {
    api.refuse.times--;
    return fail(api.refuse.code, api.refuse.msg ?? `refused on request, code ${api.refuse.code}`);
  }
  return undefined;
}

const limited = (headers: Record<string, string>): Answer => ({
  code: 99991400,
  msg: 'request trigger frequency limit',
  status: 429,
  headers,
});

/** A free tenant has one monthly call quota for all its own apps together. */
function overQuota(state: SandboxState): boolean {
  const { monthlyQuota, now } = state.options;
  const month = Temporal.Instant.fromEpochMilliseconds(now())
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDate()
    .toString()
    .slice(0, 7);
  const used = state.monthly.get(month) ?? 0;
  if (monthlyQuota !== undefined && used >= monthlyQuota) return true;
  state.monthly.set(month, used + 1);
  return false;
}

function matches(state: SandboxState, method: Method, req: Request): boolean {
  const { match } = state.faults.api;
  return match === undefined ? !method.open : new RegExp(match).test(`${req.method} ${req.path}`);
}

const strikesHere = (
  state: SandboxState,
  method: Method,
  req: Request,
  name: 'rate429' | 'status500' | 'storeThenHangup',
): boolean => matches(state, method, req) && strikes(state, state.faults.api, name);

function parse(raw: Buffer): Record<string, unknown> | undefined {
  if (raw.length === 0) return {};
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
