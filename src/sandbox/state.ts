import { EventEmitter } from 'node:events';
import type { BaseState } from './base.ts';
import type { CalendarEvent } from './calendar.ts';
import { type AppConsole, createConsole } from './console.ts';
import type { Faults, Knob } from './faults.ts';
import type { Limits, SandboxOptions } from './options.ts';
import type { CardJson, ChatState, PersonState, SandboxMessage } from './tenant.ts';
import type { ApiCall, Delivery } from './traffic.ts';
import { sha256 } from './wire.ts';

export interface Upload {
  bytes: Buffer;
  kind: 'image' | 'file';
  name: string;
  type: string;
  /** Who uploaded it: the bot, or an open_id. */
  by: string;
}

/** Everything the sandbox remembers: one plain object, passed to every function. */
export interface SandboxState {
  options: SandboxOptions;
  tenantKey: string;
  connection: 'webhook' | 'socket';
  webhookUrl: string | undefined;
  monotonic: () => number;
  limits: Limits | false;
  app: AppConsole;
  people: Map<string, PersonState>;
  chats: Map<string, ChatState>;
  messages: Map<string, SandboxMessage>;
  uploads: Map<string, Upload>;
  /** Events of the app's own calendar. */
  events: Map<string, CalendarEvent>;
  /** Feishu Bases by their token. */
  bases: Map<string, BaseState>;
  /** uuid of a send → its message, or `undefined` while it is being sent. */
  uuids: Map<string, { at: number; messageId?: string }>;
  /** Update tokens created by clicks. */
  cardTokens: Map<string, { messageId: string; at: number; uses: number }>;
  /** Messages with unanswered clicks, and how many. */
  locked: Map<string, number>;
  /** Valid tenant tokens and their expiry. */
  tokens: Map<string, number>;
  marks: Map<string, number[]>;
  /** Counts the headers made so far: each is sparse at random. */
  headers: { count: number };
  monthly: Map<string, number>;
  calls: ApiCall[];
  deliveries: Delivery[];
  faults: Faults;
  inFlight: Set<Promise<unknown>>;
  waiting: Set<{ due: number; go: (again: boolean) => void }>;
  /** Sends one frame to a random client of the long connection; set by socket.ts. */
  overSocket: ((body: string) => Promise<{ status: number; body: string }>) | undefined;
  /** `change` with {kind, …}: the page listens. */
  bus: EventEmitter;
  closed: boolean;
}

const p2pChatId = (openId: string) => `oc_${sha256('p2p', openId).slice(0, 32)}`;

export function createState(options: SandboxOptions): SandboxState {
  const people = new Map<string, PersonState>();
  const chats = new Map<string, ChatState>();
  for (const person of options.people) {
    const chatId = p2pChatId(person.openId);
    const unionId = `on_${sha256('union', person.openId).slice(0, 32)}`;
    const state = { available: true, inContactRange: true, resigned: false, blocked: false, unread: 0 };
    people.set(person.openId, { ...person, unionId, chatId, ...state });
    chats.set(chatId, {
      chatId,
      kind: 'p2p',
      name: person.name,
      members: [person.openId],
      botIn: true,
      dissolved: false,
    });
  }
  const api = { rate429: false, status500: false, storeThenHangup: false, expireToken: false, delayMs: 0 };
  const bus = new EventEmitter();
  bus.setMaxListeners(0);
  return {
    options,
    tenantKey: options.tenantKey ?? sha256(options.appId).slice(0, 16),
    connection: options.connection ?? 'webhook',
    webhookUrl: options.webhookUrl,
    monotonic: options.monotonic ?? (() => performance.now()),
    limits:
      options.limits === false
        ? false
        : { perSecond: 50, perMinute: 1000, perReceiver: 5, perMessage: 5, ...options.limits },
    app: createConsole(options.begin ?? 'approved', options.connection ?? 'webhook', options.app),
    people,
    chats,
    messages: new Map(),
    uploads: new Map(),
    bases: new Map(),
    events: new Map(),
    uuids: new Map(),
    cardTokens: new Map(),
    locked: new Map(),
    tokens: new Map(),
    marks: new Map(),
    headers: { count: 0 },
    monthly: new Map(),
    calls: [],
    deliveries: [],
    faults: {
      twice: false,
      twiceNewEventId: false,
      callbackTwice: false,
      lateMs: 0,
      badSignature: false,
      staleTimestamp: false,
      hold: false,
      oldTimestampOnRetry: false,
      api,
    },
    inFlight: new Set(),
    waiting: new Set(),
    overSocket: undefined,
    bus,
    closed: false,
  };
}

/** A new id of Feishu's shape: the prefix and 32 hex digits. */
export const makeId = (state: SandboxState, prefix: string): string =>
  prefix + state.options.newId().replaceAll('-', '');

/** A number in [0, 1) from the injected ids, so that a run is repeatable. */
export const random = (state: SandboxState): number =>
  Number.parseInt(sha256(state.options.newId()).slice(0, 12), 16) / 2 ** 48;

/** Whether a fault applies now; a count decreases. */
export function strikes<K extends string>(state: SandboxState, faults: { [P in K]?: Knob }, name: K): boolean {
  const knob: Knob = faults[name] ?? false;
  if (typeof knob === 'boolean') return knob;
  if (knob >= 1) {
    faults[name] = knob - 1;
    return true;
  }
  return knob > 0 && random(state) < knob;
}

export function personOf(state: SandboxState, openId: string): PersonState {
  const person = state.people.get(openId);
  if (!person) throw new Error(`sandbox: nobody here has the open_id ${openId}`);
  return person;
}

export function chatOf(state: SandboxState, chatId: string): ChatState {
  const chat = state.chats.get(chatId);
  if (!chat) throw new Error(`sandbox: there is no chat ${chatId}`);
  return chat;
}

/** Stores a message in its conversation and notifies the page; `card` keeps the parsed card. */
export function storeMessage(
  state: SandboxState,
  message: Pick<SandboxMessage, 'chatId' | 'from' | 'msgType' | 'content'> & Partial<SandboxMessage>,
): SandboxMessage {
  const at = state.options.now();
  const stored: SandboxMessage = {
    messageId: makeId(state, 'om_'),
    createTime: at,
    updateTime: at,
    updatedCount: 0,
    ...message,
    ...(message.msgType === 'interactive' ? { card: message.content as CardJson } : {}),
  };
  state.messages.set(stored.messageId, stored);
  const chat = state.chats.get(stored.chatId);
  if (stored.from === 'bot' && chat?.kind === 'p2p')
    for (const openId of chat.members) personOf(state, openId).unread++;
  changed(state, 'message', stored);
  return stored;
}

export function replaceCard(state: SandboxState, message: SandboxMessage, card: CardJson): void {
  message.card = card;
  message.content = card;
  message.updatedCount++;
  message.updateTime = state.options.now();
  changed(state, 'message', message);
}

export const changed = (state: SandboxState, kind: string, what: unknown): boolean =>
  state.bus.emit('change', { kind, what });
