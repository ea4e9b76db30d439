import { type Answer, fail } from './method.ts';
import { random, type SandboxState } from './state.ts';
import { sha256 } from './wire.ts';

/** Feishu's answer to a call without a valid tenant token, or undefined. */
export function checkToken(state: SandboxState, authorization: string): Answer | undefined {
  const token = /^Bearer (.+)$/.exec(authorization)?.[1];
  if (!token)
    return fail(99991661, 'Missing access token for authorization. Please make a request with token attached.');
  if (!/^[tu]-/.test(token))
    return fail(99991671, 'Invalid access token, please check: token must start with t- or u-.');
  const until = state.tokens.get(token);
  if (until === undefined || until <= state.options.now())
    return fail(99991663, 'Invalid access token for authorization. Please make a request with token attached.');
  return undefined;
}

/** The tenant token: the same one while it has 30 minutes left, else a new one in addition, each valid for two hours. */
export function tenantToken(state: SandboxState, body: Record<string, unknown>): Answer {
  if (body.app_id !== state.options.appId)
    return { code: 10003, body: { code: 10003, msg: 'invalid param' }, status: 400 };
  if (body.app_secret !== state.options.appSecret)
    return { code: 10014, body: { code: 10014, msg: 'app secret invalid' }, status: 400 };
  const at = state.options.now();
  let [token, until] = [...state.tokens].find(([, end]) => end - at >= 30 * 60_000) ?? [];
  if (!token || !until) {
    token = `t-${sha256(state.options.newId(), String(random(state))).slice(0, 38)}`;
    until = at + 7200_000;
    state.tokens.set(token, until);
  }
  return {
    code: 0,
    body: { code: 0, msg: 'ok', tenant_access_token: token, expire: Math.floor((until - at) / 1000) },
  };
}
