/** What the sandbox offers and takes: the shapes that tests and the page see. Instants are epoch milliseconds. */

/** A person of the tenant, as the address book knows them. `school` and `role` are only shown on the page. */
export interface SandboxPerson {
  openId: string;
  name: string;
  school?: string;
  role?: string;
  mobile?: string;
  email?: string;
  language?: string;
}

/** Switchable states of a person; each one changes how Feishu answers about them (error codes in brackets). */
export interface PersonState extends SandboxPerson {
  unionId: string;
  chatId: string;
  /** In the app's availability range [230013]. */
  available: boolean;
  /** In the app's contact data range [41050, and no id from batch_get_id]. */
  inContactRange: boolean;
  /** Left the school [230013]. */
  resigned: boolean;
  /** Stopped the bot's messages [230053]. */
  blocked: boolean;
  unread: number;
}

export interface ChatState {
  chatId: string;
  kind: 'p2p' | 'group';
  name: string;
  members: string[];
  /** The bot is a member [230002]. */
  botIn: boolean;
  dissolved: boolean;
}

export interface SandboxMessage {
  messageId: string;
  chatId: string;
  from: string;
  msgType: string;
  content: Record<string, unknown>;
  card?: Card;
  createTime: number;
  updateTime: number;
  updatedCount: number;
  recalled?: boolean;
  parentId?: string;
  rootId?: string;
  threadId?: string;
  uuid?: string;
  urgent?: string[];
  /** Came by batch_send: cannot be patched, answered or made urgent. */
  batchId?: string;
}

export type Card = Record<string, unknown>;

/** How one push went. `status` is absent when no answer came in 3 s or no connection was made. */
export interface Attempt {
  at: number;
  ms: number;
  status?: number;
  body?: string;
  error?: string;
  duplicate?: boolean;
}

export interface Delivery {
  eventId: string;
  eventType: string;
  /** The message the event is about, if any. */
  messageId?: string;
  body: Record<string, unknown>;
  attempts: Attempt[];
  ok: boolean;
  gaveUp: boolean;
  /** Why nothing was sent at all (a group message that does not mention the bot). */
  skipped?: string;
}

/** What a click did. `clientError` is the code that Feishu's client would show; nothing of the answer is applied then. */
export interface CallbackResult {
  status?: number;
  ms: number;
  eventId?: string;
  toast?: { type: string; content: string };
  card?: Card;
  clientError?: { code: number; msg: string };
  /** Names of required fields that were left empty or are too long: the client sends nothing. */
  missing?: string[];
  opened?: string;
  body?: string;
}

export interface ApiCall {
  at: number;
  method: string;
  path: string;
  route: string;
  status: number;
  code: number;
  ms: number;
  uuid?: string;
  body?: unknown;
  answer?: unknown;
  fault?: string;
}

/** `true`: always; a whole number: that many times, counting down; a fraction below 1: with that probability. */
export type Knob = boolean | number;

export interface Faults {
  /** The same event once more after success. */
  twice: Knob;
  /** Once more under a new event id (im.message only: same message id). */
  twiceNewEventId: Knob;
  /** A click sends two callbacks, as with an old card URL still configured. */
  callbackTwice: Knob;
  /** Events arrive this long after they were written: `create_time` lies back by it. */
  lateMs: number;
  badSignature: Knob;
  /** The signed timestamp is a day old. */
  staleTimestamp: Knob;
  /** The event is not sent at first but with the next retries: what is said after it arrives before it. */
  hold: Knob;
  /** Retries carry the first try's timestamp (whether Feishu signs afresh is not documented; it is said to). */
  oldTimestampOnRetry: boolean;
  api: {
    /** Regular expression over `METHOD /path`; the faults below strike only there. Absent: everywhere but the token endpoint. */
    match?: string;
    rate429: Knob;
    status500: Knob;
    /** The call takes effect, the answer never comes. */
    storeThenHangup: Knob;
    /** Before the next call all tokens become invalid (once). */
    expireToken: boolean;
    delayMs: number;
    /** Refuse with this business code, HTTP 400. */
    refuse?: { code: number; times: number };
  };
}

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
  /** Calls per calendar month before 99991403; absent: no quota. */
  monthlyQuota?: number;
  /** Granted scopes; absent: all. A call without its scope gets 99991672. */
  scopes?: string[];
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

export interface SayOptions {
  /** `p2p` (default) or the id of a group. */
  chat?: string;
  /** In a group: put the @ mention before the text (default true). */
  mentionBot?: boolean;
  createTime?: number;
  messageId?: string;
  eventId?: string;
  /** The message this one answers. */
  parentId?: string;
  /** Resolve after the first attempt instead of after success or the end of the ladder. */
  untilFirst?: boolean;
}

/** Which element of a card is operated, by any of these; `option`, `options`, `input`, `checked` are what was chosen. */
export interface Which {
  /** The element's place in the card, as `body.elements[0].columns[1].elements[0]`: what the page knows. */
  path?: string;
  name?: string;
  text?: string;
  value?: Record<string, unknown>;
  option?: string;
  options?: string[];
  input?: string;
  checked?: boolean;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the product's LARK_DOMAIN, and the page. */
  url: string;
  setWebhookUrl(url: string): void;
  setConnection(connection: 'webhook' | 'socket'): void;
  says(openId: string, text: string, opts?: SayOptions): Promise<Delivery>;
  sendsImage(openId: string, bytes: Uint8Array, opts?: SayOptions): Promise<Delivery>;
  sendsFile(openId: string, bytes: Uint8Array, opts?: SayOptions & { fileName?: string }): Promise<Delivery>;
  sendsRaw(openId: string, messageType: string, content: Record<string, unknown>, opts?: SayOptions): Promise<Delivery>;
  recalls(openId: string, messageId: string): Promise<Delivery>;
  opensChat(openId: string): Promise<Delivery>;
  clicksMenu(openId: string, key: string): Promise<Delivery>;
  reads(openId: string): Promise<Delivery | undefined>;
  leaves(openId: string): Promise<Delivery>;
  changes(openId: string, patch: Partial<SandboxPerson>): Promise<Delivery>;
  clicks(
    openId: string,
    messageId: string,
    which: Which,
    form?: Record<string, string | string[]>,
  ): Promise<CallbackResult>;
  /** Any v2 event: `event` is sent with a right header unless it brings its own `schema`/`header`. */
  push(
    event: Record<string, unknown>,
    opts?: { eventType?: string; eventId?: string; untilFirst?: boolean },
  ): Promise<Delivery>;
  /** What the console does when the address is saved: is the challenge echoed within a second? */
  verifiesUrl(): Promise<Attempt & { verified: boolean }>;
  /** Exactly these bytes, signed as given: for what must be refused. */
  pushBytes(body: string | Uint8Array, headers?: Record<string, string>): Promise<Attempt>;
  /** The conversation as this person, or the members of this group, see it, in order. */
  messages(openIdOrChatId: string): SandboxMessage[];
  message(messageId: string): SandboxMessage | undefined;
  person(openId: string): PersonState;
  chat(chatId: string): ChatState;
  /** Makes a group with the bot in it; the bot hears of it when `announce`. */
  makesGroup(name: string, members: string[], opts?: { chatId?: string; announce?: boolean }): Promise<string>;
  calls: ApiCall[];
  deliveries: Delivery[];
  faults: Faults;
  /** Pushes that wait for their next try go out at once; resolves when those tries are over. */
  retryNow(): Promise<number>;
  /** No delivery is in flight (waiting for a retry is not in flight). */
  settle(): Promise<void>;
  /** Socket mode: how many clients are connected, and cutting them all. */
  connections(): number;
  dropConnections(): void;
  close(): Promise<void>;
}
