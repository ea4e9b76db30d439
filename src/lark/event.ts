import type { Mention, MessageContent } from './message.ts';

/** Present on every event. `createTime` is epoch milliseconds; 0 if the platform gave none. */
export interface EventHeader {
  eventId: string;
  createTime: number;
  tenantKey?: string;
}
export interface MessageEvent extends EventHeader {
  type: 'message';
  messageId: string;
  /** The message this one replies to. */
  parentId?: string;
  rootId?: string;
  chatId: string;
  chatType: 'p2p' | 'group';
  sender: { openId: string; bot: boolean };
  /** When the person pressed send (epoch ms): the "now" of a reading, however late the event arrives. */
  sentAt: number;
  content: MessageContent;
  mentions: Mention[];
  mentionsBot: boolean;
}
export interface CardActionEvent extends EventHeader {
  type: 'card_action';
  openId: string;
  messageId: string;
  chatId: string;
  /** For `updateCardByToken`: valid for 30 minutes and two uses, and only after the callback was answered. */
  updateToken: string;
  /** The pressed button's value, `{action, …ids, v?}`; untrusted: any member of the chat can press, and cards go stale. */
  value: Record<string, unknown>;
  /** Untrusted answers of the form around the button: dates are `YYYY-MM-DD`, the rest are strings as typed. */
  form: Record<string, string | string[] | boolean>;
  /** The answer of a component outside a form. */
  option?: string;
}
export type LarkEvent =
  | MessageEvent
  | CardActionEvent
  | (EventHeader & { type: 'recalled'; messageId: string; chatId: string; recalledAt: number; by: string })
  | (EventHeader & { type: 'read'; openId: string; messageIds: string[]; readAt: number })
  | (EventHeader & { type: 'p2p_entered'; openId: string; chatId: string })
  | (EventHeader & { type: 'menu'; openId: string; eventKey: string })
  | (EventHeader & { type: 'bot_added'; openId?: string; chatId: string; external: boolean })
  | (EventHeader & { type: 'user_deleted'; openId: string })
  | (EventHeader & {
      type: 'user_updated';
      openId: string;
      name?: string;
      mobile?: string;
      email?: string;
      resigned: boolean;
    })
  | (EventHeader & { type: 'ignored'; eventType: string })
  /** A known type whose content does not fit; the webhook answers 400. */
  | (EventHeader & { type: 'malformed'; eventType: string; problem: string });
