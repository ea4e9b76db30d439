/** Who and what is in the tenant, as tests and the page see it. Instants are epoch milliseconds. */

/** A person of the tenant, as in the address book. Only the page shows `school` and `role`. */
export interface SandboxPerson {
  openId: string;
  name: string;
  school?: string;
  role?: string;
  mobile?: string;
  email?: string;
  language?: string;
}

/** States of a person that can be switched; each changes how Feishu answers about them (error codes in brackets). */
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
  /** The people that the marks in the content stand for. */
  mentions?: { key: string; name: string }[];
  card?: CardJson;
  createTime: number;
  updateTime: number;
  updatedCount: number;
  recalled?: boolean;
  parentId?: string;
  rootId?: string;
  threadId?: string;
  uuid?: string;
  urgent?: string[];
  /** The emoji under it, and who put them there. */
  reactions?: { id: string; emoji: string; by: string }[];
  /** Sent by batch_send: cannot be patched, answered or made urgent. */
  batchId?: string;
}

export type CardJson = Record<string, unknown>;
