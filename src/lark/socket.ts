import { type EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import { originOf } from './caller.ts';
import { createHttp, type HttpCall } from './http.ts';
import { LarkRefused } from './refusal.ts';
import { type Envelope, notOurs, readEnvelope } from './verify.ts';

export interface LarkSocketOptions {
  appId: string;
  appSecret: string;
  verificationToken: string;
  /** `feishu`, `lark` or an origin. */
  domain: string;
  timeoutMs: number;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY: for the request that asks where to connect, not for the connection. */
  proxies?: Record<string, string>;
  /**
   * The same dispatch as /webhook's. It returns the answer: `{}`, or a toast and card for a callback. If it throws,
   * Feishu sends the event again on its retry ladder; a callback is lost.
   */
  handle: (envelope: Envelope) => Promise<object>;
  log: { info: (facts: object, text: string) => void; warn: (facts: object, text: string) => void };
  /** In [0, 1): spreads the reconnections of several processes. */
  random: () => number;
}

export interface SocketStatus {
  /** Also false between connections: a process that relies on the socket alone is not ready then. */
  connected: boolean;
  /** Failed attempts since the last connection. */
  attempts: number;
  /** Why the last attempt failed, with the operator's advice if the code is known. */
  problem?: string;
}

export interface LarkSocket {
  start: () => void;
  status: () => SocketStatus;
  /** Lets running events finish and be acknowledged, then hangs up. Refuses new ones: another process gets them. */
  close: () => Promise<void>;
}

/** An attempt that is neither connected nor refused by then is abandoned. */
const ATTEMPT_MS = 20_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Feishu's gateway answers these for reasons that waiting does not cure. */
const HOPELESS = new Set([403, 514, 1000040350, 1000040351]);

/**
 * The long connection: events without a public address, each to one of the app's connections at random. The frames are the SDK's; we
 * decide when to reconnect, because the SDK gives up on "busy" (code 1) or after its retries, and waits up to 150 s between them.
 */
export function createLarkSocket(options: LarkSocketOptions): LarkSocket {
  const { appId, log } = options;
  // On such an id the SDK returns silently from start() and never connects.
  if (!/^cli_[0-9a-fA-F]{16}$/.test(appId))
    throw new Error('the long connection needs an app id of cli_ and 16 hex digits');
  const domain = originOf(options.domain);
  const http = createHttp({ origin: domain, timeoutMs: options.timeoutMs, proxies: options.proxies });
  const running = new Set<Promise<unknown>>();
  let client: WSClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let status: SocketStatus = { connected: false, attempts: 0 };

  async function invoke(body: unknown): Promise<object> {
    if (closed) throw new Error('closing');
    const read = readEnvelope(body);
    const refused = read ? notOurs(read, options) : 'not an event';
    if (!read || refused) {
      log.warn({ reason: refused }, 'an event over the long connection was refused');
      throw new Error(refused);
    }
    const work = options.handle(read.envelope);
    running.add(work);
    try {
      return (await work) ?? {};
    } catch (error) {
      const facts = {
        eventId: read.envelope.header.event_id,
        problem: error instanceof Error ? error.message : 'unknown',
      };
      log.warn(facts, 'an event over the long connection failed');
      throw error;
    } finally {
      running.delete(work);
    }
  }

  function connect(): void {
    let over = false;
    const fail = (problem: string, wait = waitFor(status.attempts)) => {
      if (over || closed) return;
      over = true;
      status = { connected: false, attempts: status.attempts + 1, problem };
      log.warn({ problem, attempts: status.attempts, waitMs: wait }, 'long connection lost');
      hangUp(attemptClient);
      clearTimeout(timer);
      timer = setTimeout(connect, wait);
    };
    const request = async (config: HttpCall) => {
      try {
        return await http.request(config);
      } catch (error) {
        const refusal = error instanceof LarkRefused ? error : undefined;
        const problem = [refusal?.message.replace(/^ /, 'endpoint ') ?? 'endpoint', refusal?.advice]
          .filter(Boolean)
          .join(' ');
        fail(problem, refusal && HOPELESS.has(refusal.code) ? LONGEST_WAIT_MS : undefined);
        throw error;
      }
    };
    const attemptClient = new WSClient({
      appId,
      appSecret: options.appSecret,
      domain,
      httpInstance: { request } as unknown as HttpInstance,
      // Its log lines carry event bodies and the address with its ticket.
      logger: { error() {}, warn() {}, info() {}, debug() {}, trace() {} },
      handshakeTimeoutMs: options.timeoutMs,
      wsConfig: { pingTimeout: 30 },
      onReady: () => {
        clearTimeout(timer);
        if (over || closed) return;
        status = { connected: true, attempts: 0 };
        log.info({}, 'long connection up');
      },
      onReconnecting: () => fail('connection dropped'),
      onError: (error) => fail(error.message),
    });
    client = attemptClient;
    timer = setTimeout(() => fail('no connection in time'), ATTEMPT_MS);
    void attemptClient.start({ eventDispatcher: { invoke } as unknown as EventDispatcher });
  }

  function waitFor(attempts: number): number {
    const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
    return Math.round(full * (0.5 + options.random() / 2));
  }

  return {
    start: () => {
      if (!client && !closed) connect();
    },
    status: () => status,
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.allSettled(running);
      // The acknowledgement is written after the handler's promise has settled.
      await new Promise((resolve) => setImmediate(resolve));
      status = { connected: false, attempts: status.attempts };
      // A forced end could lose acknowledgements that are still being written.
      client?.close();
    },
  };
}

// One turn later, because the SDK's callbacks go on to arm timers that close() must find. Its close() leaves an error sink on
// the socket, so that an abort during the handshake cannot kill the process (node-sdk issues 177 to 219).
function hangUp(client: WSClient): void {
  queueMicrotask(() => client.close({ force: true }));
}
