import { request } from 'node:http';
import { makeId, random, type SandboxState, strikes } from './state.ts';
import type { Attempt } from './traffic.ts';
import { encrypt, pushSignature, sha256 } from './wire.ts';

const ANSWER_TIMEOUT = 3000;
const DAY_SECONDS = 86_400;

/** A v2 envelope. The header's `create_time` is a string; callbacks carry microseconds, events milliseconds. */
export function envelope(
  state: SandboxState,
  eventType: string,
  event: object,
  o: { eventId?: string; micros?: boolean; at?: number } = {},
): Record<string, unknown> {
  const at = o.at ?? state.options.now();
  const header = {
    event_id: o.eventId ?? makeId(state, ''),
    token: state.options.verificationToken,
    create_time: `${at}${o.micros ? '000' : ''}`,
    event_type: eventType,
    tenant_key: state.tenantKey,
    app_id: state.options.appId,
  };
  return { schema: '2.0', header: sparse(state, header), event };
}

/** Headers that the official SDKs treat as optional, omitted at random. The event id stays: tests know a delivery by it. */
const OPTIONAL = ['token', 'create_time', 'tenant_key', 'app_id'];
function sparse<T extends object>({ options, headers }: SandboxState, header: T): T {
  if (options.sparseSeed === undefined) return header;
  const chance = Number.parseInt(sha256(`${options.sparseSeed}/${headers.count++}`).slice(0, 2), 16);
  const kept = Object.entries(header).filter(
    ([key]) => !((chance >> OPTIONAL.indexOf(key)) & 1) || !OPTIONAL.includes(key),
  );
  return Object.fromEntries(kept) as T;
}

/** Pushes a body once over the connection in use, signed as of `signedAt`; never throws. */
export async function pushOnce(state: SandboxState, body: object, signedAt = state.options.now()): Promise<Attempt> {
  const run = state.connection === 'socket' ? pushOverSocket(state, body) : pushOverHttp(state, body, signedAt);
  state.inFlight.add(run);
  try {
    return await run;
  } finally {
    state.inFlight.delete(run);
  }
}

async function pushOverSocket(state: SandboxState, body: object): Promise<Attempt> {
  const start = state.monotonic();
  const at = state.options.now();
  try {
    if (!state.overSocket) throw new Error('the sandbox has no long connection');
    const answer = await state.overSocket(JSON.stringify(body));
    return { at, ms: Math.round(state.monotonic() - start), ...answer };
  } catch (error) {
    return { at, ms: Math.round(state.monotonic() - start), error: (error as Error).message };
  }
}

async function pushOverHttp(state: SandboxState, body: object, signedAt: number): Promise<Attempt> {
  const { encryptKey } = state.options;
  const raw = wrap(state, body);
  const stale = strikes(state, state.faults, 'staleTimestamp') ? DAY_SECONDS : 0;
  const timestamp = String(Math.floor(signedAt / 1000) - stale);
  const nonce = String(Math.floor(random(state) * 2 ** 31));
  const right = pushSignature(timestamp, nonce, encryptKey, raw);
  const signature = strikes(state, state.faults, 'badSignature') ? sha256(right) : right;
  return postPush(state, raw, {
    'X-Lark-Request-Timestamp': timestamp,
    'X-Lark-Request-Nonce': nonce,
    'X-Lark-Signature': signature,
  });
}

/** The body as it is transmitted: encrypted, or in clear if no Encrypt Key is set. */
function wrap(state: SandboxState, body: object): string {
  const plain = JSON.stringify(body);
  const iv = Buffer.from(sha256(state.options.newId()), 'hex').subarray(0, 16);
  return state.options.encryptKey ? JSON.stringify({ encrypt: encrypt(plain, state.options.encryptKey, iv) }) : plain;
}

/** What the console does when an address is saved: sends a challenge, unsigned, that must be echoed within a second. */
export async function verifyUrl(state: SandboxState): Promise<Attempt & { verified: boolean }> {
  const challenge = state.options.newId();
  const attempt = await postPush(
    state,
    wrap(state, { challenge, token: state.options.verificationToken, type: 'url_verification' }),
    {},
  );
  const echoed = attempt.status === 200 && attempt.body?.includes(JSON.stringify(challenge)) === true;
  return { ...attempt, verified: echoed && attempt.ms <= 1000 };
}

/** POSTs bytes as Feishu does: its agent name, content type and 3 s; a refused connection is an attempt without status. */
export function postPush(
  state: SandboxState,
  raw: string | Uint8Array,
  headers: Record<string, string>,
): Promise<Attempt> {
  const start = state.monotonic();
  const at = state.options.now();
  return new Promise((resolve) => {
    const done = (more: Partial<Attempt>) => resolve({ at, ms: Math.round(state.monotonic() - start), ...more });
    if (!state.webhookUrl) return done({ error: 'no webhook address is set' });
    const outgoing = request(
      state.webhookUrl,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(state.options.answerTimeoutMs ?? ANSWER_TIMEOUT),
        headers: {
          'Content-Type': 'application/json;charset=utf-8',
          'Content-Length': Buffer.byteLength(raw),
          'User-Agent': 'Go-http-client/1.1',
          'Accept-Encoding': 'gzip',
          'X-Request-Id': state.options.newId(),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8').slice(0, 200_000) }),
        );
        answer.on('error', (error) => done({ error: error.message }));
      },
    );
    outgoing.on('error', (error) => done({ error: error.name === 'AbortError' ? 'no answer in time' : error.message }));
    outgoing.end(raw);
  });
}
