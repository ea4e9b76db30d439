/** What the sandbox offers. Instants are epoch milliseconds. */
import type { BaseState, TableState } from './base.ts';
import type { CalendarEvent } from './calendar.ts';
import type { AppConsole } from './console.ts';
import type { Faults } from './faults.ts';
import type { ChatState, PersonState, SandboxMessage, SandboxPerson } from './tenant.ts';
import type { ApiCall, Attempt, CallbackResult, Delivery } from './traffic.ts';

export interface SayOptions {
  /** `p2p` (default) or the id of a group. */
  chat?: string;
  /** In a group: put the @ mention before the text (default true). */
  mentionBot?: boolean;
  /** A rich text whose mentions stand in its content alone. */
  unlistedMentions?: boolean;
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
  /** What stands in somebody's calendar because the app has asked them in. */
  calendarOf(openId: string): CalendarEvent[];
  /** Feishu Bases, in the order in which they were made. */
  bases(): BaseState[];
  /** Somebody makes a Base, as a wiki's page or not, and lets the app in or does not. */
  makesBase(name: string, access: boolean, inWiki?: boolean): BaseState;
  /** Somebody adds a table with these text fields and rows to a Base. */
  addsTable(base: BaseState, name: string, fields: string[], rows: string[][]): TableState;
  /** Somebody changes cells of a Base row, or deletes it where there are none. */
  editsBase(table: TableState, recordId: string, cells: Record<string, unknown> | undefined): void;
  calls: ApiCall[];
  deliveries: Delivery[];
  faults: Faults;
  /** The app in the developer console. */
  app: AppConsole;
  /** Pushes that wait for their next try go out at once; resolves when those tries are over. */
  retryNow(): Promise<number>;
  /** No delivery is in flight (waiting for a retry is not in flight). */
  settle(): Promise<void>;
  /** Socket mode: how many clients are connected, and cutting them all. */
  connections(): number;
  dropConnections(): void;
  close(): Promise<void>;
}
