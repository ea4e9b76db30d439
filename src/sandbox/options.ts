/** The sandbox's start options. */
import type { AppSettings } from './console.ts';
import type { SandboxPerson } from './tenant.ts';

/** Feishu's documented limits per API and receiver; `false` disables them. `perMessage` counts updates of one card. */
export type Limits = { perSecond: number; perMinute: number; perReceiver: number; perMessage: number };

export interface SandboxOptions {
  appId: string;
  appSecret: string;
  encryptKey: string;
  verificationToken: string;
  tenantKey?: string;
  /** The address for events and callbacks; may be set later. */
  webhookUrl?: string;
  /** `socket`: events and callbacks use the long connection instead. */
  connection?: 'webhook' | 'socket';
  now: () => number;
  /** A new uuid, the source of every id, nonce and random choice. */
  newId: () => string;
  /** A clock in ms that never goes back, for rate limits and durations: `now` may stand still. */
  monotonic?: () => number;
  port?: number;
  host?: '127.0.0.1';
  people: SandboxPerson[];
  groups?: { chatId?: string; name: string; members: string[] }[];
  /** Feishu's retry ladder for events, in ms. */
  retryDelays?: number[];
  /** A push fails if no answer arrives in this time (Feishu: 3 s). */
  answerTimeoutMs?: number;
  limits?: Partial<Limits> | false;
  /** The most records of a Base table; absent: 20,000 as in the free edition. */
  baseRows?: number;
  /** Calls per calendar month before 99991403; absent: no quota. */
  monthlyQuota?: number;
  /** `created`: an app before any setting. Otherwise an app after the ten steps of docs/setup.md. */
  begin?: 'approved' | 'created';
  /** The app's settings that differ. A call without its scope gets 99991672; an event that is not subscribed is not sent. */
  app?: Partial<AppSettings>;
  /** Seed for omitting headers that Feishu's SDKs treat as optional; absent: headers are complete. */
  sparseSeed?: number;
  /** The product's clock knob; absent: the page hides it. */
  advance?: (ms: number) => Promise<void>;
  /** The bot's menu as people see it. */
  menu?: { key: string; name: string }[];
  /** The suggestions for the first minute on the page; absent: five steps that fit a school-pairing programme. */
  guide?: GuideStep[];
  /** Subscribed event types that merely looking at the page triggers (entering a chat, reading). */
  lookEvents?: ('im.chat.access_event.bot_p2p_chat_entered_v1' | 'im.message.message_read_v1')[];
}

/** One suggestion: a person's message, or a move of the clock. */
export interface GuideStep {
  zh: string;
  en: string;
  as?: string;
  say?: string;
  advance?: Advance;
}

export type Advance = 'day' | 'week' | 'month';
