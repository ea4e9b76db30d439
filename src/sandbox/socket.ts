import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import { changed, makeId, random, type SandboxState } from './state.ts';

const MAX_CONNECTIONS = 50;
const SERVICE = 1;
/** The most one frame holds; a longer event is split. */
const FRAGMENT = 64 * 1024;
/** In seconds, as the endpoint returns it; short, because loopback needs no long waits. */
const CLIENT_CONFIG = { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 30 };

type Answer = { status: number; body: string };

/** Adds the long connection: `POST /callback/ws/endpoint` returns an address; each client there gets a random share. */
export function acceptSockets(state: SandboxState, app: Express, server: Server) {
  const clients = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, { client: WebSocket; done: (answer: Answer | Error) => void }>();

  app.post('/callback/ws/endpoint', express.json({ type: () => true }), (req, res) => {
    const { AppID, AppSecret } = (req.body ?? {}) as { AppID?: string; AppSecret?: string };
    const refuse = (code: number, msg: string) => res.json({ code, msg, data: {} });
    if (AppID !== state.options.appId || AppSecret !== state.options.appSecret)
      return refuse(514, 'app_id or app_secret is invalid');
    if (clients.size >= MAX_CONNECTIONS) return refuse(1000040350, 'the number of connections exceeds the limit');
    const ticket = makeId(state, '');
    tickets.add(ticket);
    const url = `ws://${req.headers.host}/ws/v2?fpid=493&aid=552564&device_id=${ticket.slice(0, 16)}&access_key=${ticket}&service_id=${SERVICE}`;
    return res.json({ code: 0, msg: '', data: { URL: url, ClientConfig: CLIENT_CONFIG } });
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (req, raw, head) => {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== '/ws/v2' || !tickets.delete(url.searchParams.get('access_key') ?? '')) return raw.destroy();
    sockets.handleUpgrade(req, raw, head, (client) => {
      clients.add(client);
      changed(state, 'connections', clients.size);
      client.on('error', () => client.terminate());
      client.on('close', () => {
        clients.delete(client);
        for (const [id, wait] of waiting)
          if (wait.client === client) wait.done(new Error(`the connection closed before ${id} was answered`));
        changed(state, 'connections', clients.size);
      });
      client.on('message', (data: Buffer) => receive(client, data));
    });
  });

  function receive(client: WebSocket, data: Buffer): void {
    let frame: Frame;
    try {
      frame = decodeFrame(data);
    } catch {
      client.terminate();
      return;
    }
    if (frame.method === 0 && frame.headers.type === 'ping')
      client.send(
        encodeFrame({ ...frame, headers: { type: 'pong' }, payload: Buffer.from(JSON.stringify(CLIENT_CONFIG)) }),
      );
    const wait = waiting.get(frame.headers.message_id ?? '');
    if (frame.method === 1 && wait?.client === client) wait.done(readAck(frame.payload));
  }

  state.overSocket = (body) => {
    const all = [...clients];
    const client = all[Math.floor(random(state) * all.length)];
    if (!client) return Promise.reject(new Error('no client is connected'));
    const id = makeId(state, '');
    return new Promise((resolve, reject) => {
      const done = (answer: Answer | Error) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      const timer = setTimeout(() => done(new Error('no answer in time')), state.options.answerTimeoutMs ?? 3000);
      waiting.set(id, { client, done });
      const payload = Buffer.from(body, 'utf8');
      const sum = Math.max(1, Math.ceil(payload.length / FRAGMENT));
      for (let seq = 0; seq < sum; seq++) {
        // Card callbacks also travel as `event`: the official client drops frames of type `card`.
        const headers = { type: 'event', message_id: id, sum: String(sum), seq: String(seq), trace_id: id };
        const part = payload.subarray(seq * FRAGMENT, (seq + 1) * FRAGMENT);
        client.send(encodeFrame({ seqId: 0n, logId: 0n, service: SERVICE, method: 1, headers, payload: part }));
      }
    });
  };

  return {
    count: () => clients.size,
    drop: () => {
      for (const client of clients) client.terminate();
    },
    close: () => sockets.close(),
  };
}

/** The client answers with the same frame, its payload `{code, data: base64 of the answer}`. */
function readAck(payload: Uint8Array): Answer {
  try {
    const { code, data } = JSON.parse(Buffer.from(payload).toString('utf8')) as { code: number; data?: string };
    return { status: code, body: data ? Buffer.from(data, 'base64').toString('utf8') : '' };
  } catch {
    return { status: 500, body: '' };
  }
}
