/** The sandbox's interface. Instants are epoch milliseconds. */
import type { BaseState, TableState } from './base.ts';
import type { CalendarEvent } from './calendar.ts';
import type { AppConsole } from './console.ts';
import type { Faults } from './faults.ts';
import type { ChatState, PersonState, SandboxMessage, SandboxPerson } from './tenant.ts';
import type { ApiCall, Attempt, CallbackResult, Delivery } from './traffic.ts';

export interface SayOptions {
  /** `p2p` (default) or the id of a group. */
  chat?: string;
  /** In a group: puts the @ mention before the text (default true). */
  mentionBot?: boolean;
  /** A rich text whose mentions appear only in its content. */
  unlistedMentions?: boolean;
  createTime?: number;
  messageId?: string;
  eventId?: string;
  /** The message that this one replies to. */
  parentId?: string;
  /** Resolve after the first attempt instead of after success or the end of the ladder. */
  untilFirst?: boolean;
}

/** Identifies a card's element by any of these; `option`, `options`, `input`, `checked` are the chosen values. */
export interface Which {
  /** The element's place in the card, such as `body.elements[0].columns[1].elements[0]`; the page uses it. */
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
  /** Any v2 event: `event` gets a correct header unless it has its own `schema`/`header`. */
  push(
    event: Record<string, unknown>,
    opts?: { eventType?: string; eventId?: string; untilFirst?: boolean },
  ): Promise<Delivery>;
  /** Does what the console does when the address is saved: is the challenge echoed within a second? */
  verifiesUrl(): Promise<Attempt & { verified: boolean }>;
  /** Sends exactly these bytes with these headers, for pushes that must be refused. */
  pushBytes(body: string | Uint8Array, headers?: Record<string, string>): Promise<Attempt>;
  /** The conversation as this person, or the members of this group, see it, in order. */
  messages(openIdOrChatId: string): SandboxMessage[];
  message(messageId: string): SandboxMessage | undefined;
  person(openId: string): PersonState;
  chat(chatId: string): ChatState;
  /** Makes a group with the bot in it; with `announce` the bot is notified. */
  makesGroup(name: string, members: string[], opts?: { chatId?: string; announce?: boolean }): Promise<string>;
  /** The events in a person's calendar to which the app has invited them. */
  calendarOf(openId: string): CalendarEvent[];
  /** Feishu Bases, in order of creation. */
  bases(): BaseState[];
  /** A person makes a Base, with or without access for the app; `inWiki`: as a wiki page. */
  makesBase(name: string, access: boolean, inWiki?: boolean): BaseState;
  /** A person adds a table with these text fields and rows to a Base. */
  addsTable(base: BaseState, name: string, fields: string[], rows: string[][]): TableState;
  /** A person changes cells of a Base row, or deletes the row if `cells` is undefined. */
  editsBase(table: TableState, recordId: string, cells: Record<string, unknown> | undefined): void;
  calls: ApiCall[];
  deliveries: Delivery[];
  faults: Faults;
  /** The app in the developer console. */
  app: AppConsole;
  /** Sends pushes that wait for their next try at once; resolves when those tries are over. */
  retryNow(): Promise<number>;
  /** Resolves when no delivery is in flight (one that waits for a retry is not in flight). */
  settle(): Promise<void>;
  /** Socket mode: counts the connected clients, and disconnects them all. */
  connections(): number;
  dropConnections(): void;
  close(): Promise<void>;
}
