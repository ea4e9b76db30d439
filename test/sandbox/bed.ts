import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AESCipher, Client } from '@larksuiteoapi/node-sdk';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';

export const APP = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'secret-of-the-sandbox',
  encryptKey: 'test key',
  verificationToken: 'verify-me',
};

export const PEOPLE = [
  { openId: 'ou_zhao', name: '赵一帆', school: '云县民族中学', role: '教师', mobile: '13800000001' },
  { openId: 'ou_qian', name: '钱二梅', school: '万佑学校', role: '联络员', email: 'qian@example.com' },
];

/** What the product behind a push receives, decrypted with the SDK's own cipher. */
export interface Seen {
  headers: IncomingHttpHeaders;
  raw: string;
  event: { header: Record<string, string>; event: Record<string, unknown> };
}

/** A product that answers as instructed: `[status, body]`, or nothing at all for `undefined`. */
export async function startProduct(answer: (seen: Seen, nth: number) => [number, string] | undefined) {
  const seen: Seen[] = [];
  const cipher = new AESCipher(APP.encryptKey);
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const one = { headers: req.headers, raw, event: JSON.parse(cipher.decrypt(JSON.parse(raw).encrypt)) };
      seen.push(one);
      const reply = answer(one, seen.length);
      if (reply) res.writeHead(reply[0], { 'Content-Type': 'application/json' }).end(reply[1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ids that count up, so that the same run has the same ids. */
export function counter(): () => string {
  let n = 0;
  return () => `00000000-0000-7000-8000-${(++n).toString(16).padStart(12, '0')}`;
}

/** A clock set by hand. */
export function handClock(at = 1_793_000_000_000) {
  const clock = { at, now: () => clock.at };
  return clock;
}

export const startBed = (more: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSandbox({ ...APP, people: PEOPLE, now: handClock().now, newId: counter(), ...more });

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** The official client against the sandbox, with its own token cache. */
export function sdkClient(url: string, appSecret = APP.appSecret): Client {
  const store = new Map<string, { value: unknown; until: number }>();
  const cache = {
    get: async (key: string | symbol) => store.get(String(key))?.value,
    set: async (key: string | symbol, value: unknown, until?: number) =>
      Boolean(store.set(String(key), { value, until: until ?? 0 })),
  };
  return new Client({ appId: APP.appId, appSecret, domain: url, logger: silent, cache } as never);
}

/** A small valid card. */
export const card = (...elements: object[]) => ({ schema: '2.0', body: { elements } });
export const button = (text: string, value: object, more: object = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: text },
  behaviors: [{ type: 'callback', value }],
  ...more,
});
