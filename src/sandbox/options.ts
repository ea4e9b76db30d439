/** What the sandbox is started with. */
import type { AppSettings } from './console.ts';
import type { SandboxPerson } from './tenant.ts';

/** Feishu's documented limits per API and receiver; `false` switches them off. `perMessage` counts updates of one card. */
export type Limits = { perSecond: number; perMinute: number; perReceiver: number; perMessage: number };

export interface SandboxOptions {
  appId: string;
  appSecret: string;
  encryptKey: string;
  verificationToken: string;
  tenantKey?: string;
  /** Where events and callbacks go; may be set later. */
  webhookUrl?: string;
  /** `socket`: events and callbacks go over the long connection instead. */
  connection?: 'webhook' | 'socket';
  now: () => number;
  /** A new uuid; every id, nonce and random choice is made from it. */
  newId: () => string;
  /** A clock that only runs forward, in ms, for rate limits and durations: `now` may stand still. */
  monotonic?: () => number;
  port?: number;
  host?: '127.0.0.1';
  people: SandboxPerson[];
  groups?: { chatId?: string; name: string; members: string[] }[];
  /** Feishu's retry ladder for events, in ms. */
  retryDelays?: number[];
  /** A push fails without an answer in this time (Feishu: 3 s). */
  answerTimeoutMs?: number;
  limits?: Partial<Limits> | false;
  /** Records that a Base table may hold; absent: 20,000 as in the free edition. */
  baseRows?: number;
  /** Calls per calendar month before 99991403; absent: no quota. */
  monthlyQuota?: number;
  /** `created`: an app of which nothing is set yet. Otherwise it is as after the ten steps of docs/setup.md. */
  begin?: 'approved' | 'created';
  /** What of the app's settings differs. A call without its scope gets 99991672, an event that is not subscribed stays out. */
  app?: Partial<AppSettings>;
  /** Headers lack what Feishu's SDKs take as optional, by chance from this seed; absent: they are whole. */
  sparseSeed?: number;
  /** The product's clock knob; absent: the page hides it. */
  advance?: (ms: number) => Promise<void>;
  /** The bot's menu as people see it. */
  menu?: { key: string; name: string }[];
  /** What the page offers as a first minute; absent: five steps that fit a school-pairing programme. */
  guide?: GuideStep[];
  /** Event types that merely looking at the page causes and that the app has subscribed (entering a chat, reading). */
  lookEvents?: ('im.chat.access_event.bot_p2p_chat_entered_v1' | 'im.message.message_read_v1')[];
}

/** One suggestion: said by a person, or a move of the clock. */
export interface GuideStep {
  zh: string;
  en: string;
  as?: string;
  say?: string;
  advance?: Advance;
}

export type Advance = 'day' | 'week' | 'month';
