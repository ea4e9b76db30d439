import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { addRow, editRow, newBase, newTable } from './base.ts';
import { clicks } from './callback.ts';
import { changes, clicksMenu, leaves, makesGroup, opensChat, reads, recalls, sends, sendsUpload } from './events.ts';
import { gate } from './gate.ts';
import { deliver, retryNow, untilQuiet } from './ladder.ts';
import { METHODS } from './open-api.ts';
import type { SandboxOptions } from './options.ts';
import { mountPage } from './page-api.ts';
import { envelope, postPush, verifyUrl } from './push.ts';
import type { Sandbox } from './sandbox.ts';
import { acceptSockets } from './socket.ts';
import { changed, chatOf, createState, makeId, personOf, type SandboxState } from './state.ts';
import type { SandboxMessage } from './tenant.ts';

/**
 * Starts a small, faithful Feishu on loopback, with a page at `/`. It refuses what Feishu's documents say is refused, and takes the
 * stricter reading if they are silent. SandboxOptions supplies the clock and random numbers.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const state = createState(options);
  for (const group of options.groups ?? [])
    await makesGroup(state, group.name, group.members, { chatId: group.chatId });

  const app = express();
  app.disable('x-powered-by');
  mountOpenApi(app, state);
  const server = createServer(app);
  const socket = acceptSockets(state, app, server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sandbox: Sandbox = {
    url,
    setWebhookUrl: (to) => {
      state.webhookUrl = to;
    },
    setConnection: (connection) => {
      state.connection = connection;
      const way = connection === 'socket' ? 'websocket' : 'webhook';
      state.app.draft.way = way;
      if (state.app.online) state.app.online.way = way;
    },
    says: (openId, text, o) => sends(state, openId, 'text', { text }, o),
    sendsImage: (openId, bytes, o) => sendsUpload(state, openId, 'image', bytes, o),
    sendsFile: (openId, bytes, o) => sendsUpload(state, openId, 'file', bytes, o),
    sendsRaw: (openId, messageType, content, o) => sends(state, openId, messageType, content, o),
    recalls: async (openId, messageId) => recalls(state, openId, messageId),
    opensChat: async (openId) => opensChat(state, openId),
    clicksMenu: async (openId, key) => clicksMenu(state, openId, key),
    reads: async (openId) => reads(state, openId),
    leaves: async (openId) => leaves(state, openId),
    changes: async (openId, patch) => changes(state, openId, patch),
    clicks: (openId, messageId, which, form) => clicks(state, openId, messageId, which, form),
    push: (event, o = {}) => {
      const complete = 'schema' in event || 'header' in event || 'uuid' in event;
      const body = complete
        ? event
        : envelope(state, o.eventType ?? 'im.message.receive_v1', event, { eventId: o.eventId });
      return deliver(state, body, { untilFirst: o.untilFirst, anyway: true });
    },
    verifiesUrl: () => verifyUrl(state),
    pushBytes: (body, headers = {}) => postPush(state, body, headers),
    messages: (id) => conversation(state, id),
    message: (messageId) => state.messages.get(messageId),
    person: (openId) => personOf(state, openId),
    chat: (chatId) => chatOf(state, chatId),
    makesGroup: (name, members, o) => makesGroup(state, name, members, o),
    calendarOf: (openId) => [...state.events.values()].filter((event) => event.attendees.includes(openId)),
    bases: () => [...state.bases.values()],
    makesBase: (name, access, inWiki) => {
      const base = newBase(state, name, access, inWiki);
      newTable(state, base, '数据表', [{ name: '文本', type: 1, options: [] }]);
      return base;
    },
    addsTable: (base, name, fields, rows) => {
      const named = fields.map((field) => ({ name: field, type: 1, options: [] }));
      const table = newTable(state, base, name, named);
      for (const row of rows) addRow(state, table, Object.fromEntries(row.map((cell, i) => [fields[i], cell])));
      return table;
    },
    editsBase: (table, recordId, cells) => editRow(state, table, recordId, cells),
    calls: state.calls,
    deliveries: state.deliveries,
    faults: state.faults,
    app: state.app,
    retryNow: () => retryNow(state),
    settle: () => untilQuiet(state),
    connections: socket.count,
    dropConnections: socket.drop,
    async close() {
      state.closed = true;
      for (const waiter of [...state.waiting]) waiter.go(false);
      state.bus.emit('close');
      socket.drop();
      socket.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  mountPage(app, state, sandbox);
  app.use(answerError);
  return sandbox;
}

/** A body that is too big or not JSON gets the reason, not a page with a stack trace. */
const answerError: ErrorRequestHandler = (error: Error & { status?: number }, _req, res, _next) => {
  res.status(error.status ?? 500).json({ code: 9499, msg: error.message, error: error.message });
};

function mountOpenApi(app: Express, state: SandboxState): void {
  app.use('/open-apis', express.raw({ type: () => true, limit: '40mb' }));
  for (const method of METHODS) {
    const verb = method.http.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
    app[verb](method.route, (req, res) => gate(state, method, req, res));
  }
  app.use('/open-apis', (req, res) => {
    const at = state.options.now();
    state.calls.push({ at, method: req.method, path: req.path, route: '', status: 404, code: 0, ms: 0 });
    changed(state, 'call', state.calls.at(-1));
    res.status(404).set('X-Tt-Logid', makeId(state, '')).type('text/plain').send('404 page not found');
  });
}

/** The messages of a person's chat with the bot, or of a group, oldest first. */
function conversation(state: SandboxState, id: string): SandboxMessage[] {
  const chatId = state.people.get(id)?.chatId ?? chatOf(state, id).chatId;
  return [...state.messages.values()].filter((message) => message.chatId === chatId);
}
