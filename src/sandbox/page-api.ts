import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Express, type Response } from 'express';
import type { TableState } from './base.ts';
import { clicksMenu, opensChat, reads, recalls } from './events.ts';
import { guideFor } from './guide.ts';
import { retryNow } from './ladder.ts';
import type { Advance } from './options.ts';
import { onlyThisPage } from './page-guard.ts';
import type { Sandbox, Which } from './sandbox.ts';
import { personOf, type SandboxState } from './state.ts';
import type { Delivery } from './traffic.ts';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const library = (path: string) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const LIBRARIES: Record<string, string> = {
  'preact.js': library('preact/dist/preact.mjs'),
  'hooks.js': library('preact/hooks/dist/hooks.mjs'),
  'htm.js': library('htm/dist/htm.mjs'),
  'vchart.js': library('@visactor/vchart/build/index.min.js'),
};
const ZONE = 'Asia/Shanghai';
const LOG = 200;

/** Serves the page at `/` and what it needs under `/_sandbox`, for this machine only. */
export function mountPage(app: Express, state: SandboxState, sandbox: Sandbox): void {
  app.use(['/_sandbox', '/page'], onlyThisPage);
  app.get('/', onlyThisPage, (_req, res) => sendIndex(res));
  app.use('/page', express.static(PAGE, { index: false }));
  for (const [name, file] of Object.entries(LIBRARIES))
    app.get(`/page/lib/${name}`, (_req, res) => res.type('text/javascript').sendFile(file));

  const api = express.Router();
  api.use(express.json({ limit: '45mb' }));
  app.use('/_sandbox', api);
  mountReads(api, state, sandbox);
  mountDeeds(api, state, sandbox);
  api.use((_req, res) => res.status(404).json({ error: 'no such path' }));
}

/** Serves the page with a policy that allows only its own files; the import map is allowed by its hash. */
function sendIndex(res: Response): void {
  const html = readFileSync(`${PAGE}index.html`, 'utf8');
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  res
    .set({
      'Content-Security-Policy': `default-src 'self'; script-src 'self' 'sha256-${hash}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(html);
}

function mountReads(api: express.Router, state: SandboxState, sandbox: Sandbox): void {
  const { options } = state;
  api.get('/state', (_req, res) => {
    const last = new Map<string, number>();
    for (const message of state.messages.values()) last.set(message.chatId, message.createTime);
    res.json({
      now: options.now(),
      canAdvance: options.advance !== undefined,
      connection: state.connection,
      connections: sandbox.connections(),
      people: [...state.people.values()].map((person) => ({ ...person, last: last.get(person.chatId) ?? 0 })),
      groups: [...state.chats.values()].filter((chat) => chat.kind === 'group'),
      menu: options.menu ?? [],
      guide: options.guide ?? guideFor(options.people, options.advance !== undefined),
      faults: state.faults,
      waiting: state.waiting.size,
    });
  });
  api.get('/messages/:chat', (req, res) => {
    if (!state.chats.has(req.params.chat)) return void res.status(404).json({ error: 'no such chat' });
    res.json([...state.messages.values()].filter((message) => message.chatId === req.params.chat));
  });
  api.get('/bases', (_req, res) => {
    const shown = ({ tableId, name, fields, rows }: TableState) => {
      const first = [...rows.values()].slice(0, LOG);
      return { tableId, name, fields, count: rows.size, rows: first };
    };
    res.json(
      sandbox.bases().map(({ name, access, tables }) => ({ name, access, tables: [...tables.values()].map(shown) })),
    );
  });
  api.get('/log', (_req, res) => {
    res.json({ deliveries: state.deliveries.slice(-LOG), calls: state.calls.slice(-LOG), totals: totals(state) });
  });
  api.get('/upload/:key', (req, res) => {
    const upload = state.uploads.get(req.params.key);
    if (!upload) return void res.status(404).end();
    const image = upload.kind === 'image' && upload.type.startsWith('image/');
    res.set({ 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'" });
    if (!image) res.attachment(upload.name);
    res.type(image ? upload.type : 'application/octet-stream').send(upload.bytes);
  });
  api.get('/stream', (_req, res) => {
    res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    res.flushHeaders();
    const tell = (change: { kind: string }) => res.write(`data: ${JSON.stringify({ kind: change.kind })}\n\n`);
    state.bus.on('change', tell);
    res.on('close', () => state.bus.off('change', tell));
  });
}

/** The counts under the inspector: retries, and proof that nothing was lost. */
function totals(state: SandboxState) {
  const events = state.deliveries.filter((one) => one.eventType !== 'card.action.trigger' && !one.skipped);
  const retries = (one: Delivery) => Math.max(0, one.attempts.filter((a) => !a.duplicate).length - 1);
  return {
    events: events.length,
    taken: events.filter((one) => one.ok).length,
    retried: events.reduce((sum, one) => sum + retries(one), 0),
    duplicates: events.reduce((sum, one) => sum + one.attempts.filter((a) => a.duplicate).length, 0),
    lost: events.filter((one) => one.gaveUp).length,
    calls: state.calls.length,
    faulty: state.calls.filter((call) => call.fault !== undefined).length,
  };
}

function mountDeeds(api: express.Router, state: SandboxState, sandbox: Sandbox): void {
  const deed = <Body>(path: string, run: (body: Body) => unknown) =>
    api.post(path, async (req, res) => {
      if (!req.is('application/json')) return void res.status(415).json({ error: 'application/json please' });
      try {
        res.json((await run((req.body ?? {}) as Body)) ?? {});
      } catch (error) {
        res.status(400).json({ error: (error as Error).message });
      }
    });

  deed('/say', ({ person, chat, text, mention, parent }: { [key: string]: string }) =>
    sandbox.says(String(person), String(text ?? ''), {
      chat: chat ?? 'p2p',
      mentionBot: mention !== 'no',
      parentId: parent,
      untilFirst: true,
    }),
  );
  deed('/image', ({ person, chat, base64, parent }: { [key: string]: string }) =>
    sandbox.sendsImage(String(person), Buffer.from(String(base64), 'base64'), {
      chat: chat ?? 'p2p',
      parentId: parent,
      untilFirst: true,
    }),
  );
  deed('/file', ({ person, chat, base64, parent, name }: { [key: string]: string }) =>
    sandbox.sendsFile(String(person), Buffer.from(String(base64), 'base64'), {
      chat: chat ?? 'p2p',
      parentId: parent,
      fileName: String(name ?? 'file.bin'),
      untilFirst: true,
    }),
  );
  deed('/click', (body: { person: string; message: string; which: Which; form?: Record<string, string | string[]> }) =>
    sandbox.clicks(body.person, body.message, body.which, body.form),
  );
  // These return at the first try, and a wrong name or message fails before anything is pushed.
  deed('/recall', ({ person, message }: { [key: string]: string }) => {
    void recalls(state, String(person), String(message));
  });
  deed('/menu', ({ person, key }: { [key: string]: string }) => {
    void clicksMenu(state, String(person), String(key));
  });
  deed('/base', ({ table, record, cells }: { table: string; record: string; cells?: Record<string, unknown> }) => {
    const found = sandbox.bases().flatMap((base) => base.tables.get(table) ?? []);
    if (!found[0]) throw new Error('no such table');
    sandbox.editsBase(found[0], record, cells);
  });
  deed('/look', ({ person }: { [key: string]: string }) => {
    const one = personOf(state, String(person));
    const { lookEvents = [] } = state.options;
    if (lookEvents.includes('im.message.message_read_v1')) void reads(state, one.openId);
    else if (one.unread > 0) {
      one.unread = 0;
      state.bus.emit('change', { kind: 'person' });
    }
  });
  deed('/enter', ({ person }: { [key: string]: string }) => {
    const event = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    if (state.options.lookEvents?.includes(event)) void opensChat(state, String(person));
  });
  deed('/person', ({ openId, ...more }: { [key: string]: unknown }) => {
    const person = personOf(state, String(openId)) as unknown as Record<string, unknown>;
    for (const key of ['available', 'inContactRange', 'resigned', 'blocked'])
      if (typeof more[key] === 'boolean') person[key] = more[key];
    state.bus.emit('change', { kind: 'person' });
  });
  deed('/faults', ({ api: more, ...faults }: { api?: object }) => {
    Object.assign(state.faults.api, more);
    Object.assign(state.faults, faults);
    state.bus.emit('change', { kind: 'faults' });
  });
  deed('/drop', () => sandbox.dropConnections());
  deed('/retry', () => void retryNow(state));
  deed('/advance', async ({ by }: { by?: Advance }) => {
    if (!state.options.advance) throw new Error('this clock cannot be moved');
    await state.options.advance(distance(state.options.now(), by ?? 'day'));
    void retryNow(state, true);
    state.bus.emit('change', { kind: 'clock' });
  });
}

/** The first days of the months that begin with a public holiday of some days. */
const AFTER_HOLIDAY: Record<number, number> = { 1: 4, 5: 6, 10: 9 };

/**
 * The milliseconds to the next day, week or first working day of the next school month at 10:00, after the morning's messages.
 * February, July and August are holidays.
 */
export function distance(now: number, by: Advance): number {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(ZONE);
  if (by === 'day') return local.add({ days: 1 }).epochMilliseconds - now;
  if (by === 'week') return local.add({ weeks: 1 }).epochMilliseconds - now;
  let day = local.toPlainDate().with({ day: 1 }).add({ months: 1 });
  while ([2, 7, 8].includes(day.month)) day = day.add({ months: 1 });
  day = day.with({ day: AFTER_HOLIDAY[day.month] ?? 1 });
  while (day.dayOfWeek > 5) day = day.add({ days: 1 });
  return day.toZonedDateTime({ timeZone: ZONE, plainTime: '10:00' }).epochMilliseconds - now;
}
