import { z } from 'zod';
import { type Content, type Mention, readContent } from './message.ts';
import type { Envelope } from './verify.ts';

/** Present on every event. `createTime` is epoch milliseconds; 0 where the platform gave none. */
interface Base {
  eventId: string;
  createTime: number;
  tenantKey?: string;
}
export interface MessageEvent extends Base {
  type: 'message';
  messageId: string;
  /** The message this one replies to. */
  parentId?: string;
  rootId?: string;
  chatId: string;
  chatType: 'p2p' | 'group';
  sender: { openId: string; bot: boolean };
  /** When the person pressed send (epoch ms): the "now" of a reading, however late the event came. */
  sentAt: number;
  content: Content;
  mentions: Mention[];
  mentionsBot: boolean;
}
export interface CardActionEvent extends Base {
  type: 'card_action';
  openId: string;
  messageId: string;
  chatId: string;
  /** For `updateCardByToken`: 30 minutes, two uses, only after the callback was answered. */
  updateToken: string;
  /** The pressed button's value, `{action, …ids, v?}`; untrusted: any member of the chat can press, cards go stale. */
  value: Record<string, unknown>;
  /** Untrusted answers of the form around the button: dates are `YYYY-MM-DD`, the rest are strings as typed. */
  form: Record<string, string | string[] | boolean>;
  /** The answer of a component outside a form. */
  option?: string;
}
export type LarkEvent =
  | MessageEvent
  | CardActionEvent
  | (Base & { type: 'recalled'; messageId: string; chatId: string; recalledAt: number; by: string })
  | (Base & { type: 'read'; openId: string; messageIds: string[]; readAt: number })
  | (Base & { type: 'p2p_entered'; openId: string; chatId: string })
  | (Base & { type: 'menu'; openId: string; eventKey: string })
  | (Base & { type: 'bot_added'; openId?: string; chatId: string; external: boolean })
  | (Base & { type: 'user_deleted'; openId: string })
  | (Base & { type: 'user_updated'; openId: string; name?: string; mobile?: string; email?: string; resigned: boolean })
  | (Base & { type: 'ignored'; eventType: string })
  /** A known type whose content does not fit: the door answers 400. */
  | (Base & { type: 'malformed'; eventType: string; problem: string });

/**
 * Reads an admitted envelope into what the bot understands; extra fields are let through, unknown types are
 * `ignored`. `botOpenId` (from `client.botInfo`) tells our own mention from another bot's; without it any bot's counts.
 */
export function parseEvent(envelope: Envelope, botOpenId?: string): LarkEvent {
  const { event_id, event_type, create_time, tenant_key } = envelope.header;
  const base: Base = { eventId: event_id, createTime: toMillis(create_time), tenantKey: tenant_key };
  const reader = readers[event_type];
  if (!reader) return { ...base, type: 'ignored', eventType: event_type };
  const read = reader(base, envelope.event, botOpenId);
  if (read.success) return read.data;
  const problem = read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  return { ...base, type: 'malformed', eventType: event_type, problem };
}

/** Epoch milliseconds of a platform time: seconds (10 digits), milliseconds (13) and microseconds (16) all occur. */
export function toMillis(time: string | number | null | undefined): number {
  const digits = String(time ?? '');
  if (!/^\d{1,17}$/.test(digits)) return 0;
  if (digits.length >= 15) return Math.floor(Number(digits) / 1000);
  return digits.length <= 11 ? Number(digits) * 1000 : Number(digits);
}

const Id = z.looseObject({ open_id: z.string().min(1) });
const maybe = z.string().nullish();
const time = z.union([z.string(), z.number()]).nullish();

const Message = z.object({
  sender: z.object({ sender_id: z.looseObject({ open_id: maybe }).nullish(), sender_type: z.string() }),
  message: z.object({
    message_id: z.string().min(1),
    parent_id: maybe,
    root_id: maybe,
    create_time: time,
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string(),
          name: z.string().default(''),
          id: z.looseObject({ open_id: maybe }).nullish(),
          mentioned_type: maybe,
        }),
      )
      .nullish(),
  }),
});
const FormValue = z.union([z.string(), z.array(z.string()), z.boolean(), z.number().transform(String)]).catch('');
const CardAction = z.object({
  operator: Id,
  token: z.string(),
  action: z.object({
    value: z.record(z.string(), z.unknown()).catch({}),
    form_value: z.record(z.string(), FormValue).nullish(),
    option: maybe,
    input_value: maybe,
  }),
  context: z.object({ open_message_id: z.string(), open_chat_id: z.string().default('') }),
});
const Recalled = z.object({ message_id: z.string(), chat_id: z.string(), recall_time: time, recall_type: maybe });
const Read = z.object({
  reader: z.object({ reader_id: Id, read_time: time }),
  message_id_list: z.array(z.string()),
});
const Entered = z.object({ chat_id: z.string(), operator_id: Id });
const Menu = z.object({ operator: z.object({ operator_id: Id }), event_key: z.string() });
const BotAdded = z.object({
  chat_id: z.string(),
  operator_id: z.looseObject({ open_id: maybe }).nullish(),
  external: z.boolean().nullish(),
});
const User = z.object({
  object: z.looseObject({
    open_id: z.string().min(1),
    name: maybe,
    mobile: maybe,
    email: maybe,
    status: z.looseObject({ is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() }).nullish(),
  }),
});

type Own<E> = E extends unknown ? Omit<E, keyof Base> : never;
type Outcome = { success: true; data: LarkEvent } | { success: false; error: z.ZodError };
type Reader = (base: Base, event: unknown, botOpenId?: string) => Outcome;

function reader<T>(schema: z.ZodType<T>, make: (event: T, botOpenId?: string) => Own<LarkEvent>): Reader {
  return (base, event, botOpenId) => {
    const parsed = schema.safeParse(event);
    if (!parsed.success) return parsed;
    return { success: true, data: { ...base, ...make(parsed.data, botOpenId) } as LarkEvent };
  };
}

const readers: Record<string, Reader | undefined> = {
  __proto__: null as unknown as undefined,
  'im.message.receive_v1': reader(Message, ({ sender, message: m }, botOpenId) => {
    const mentions = (m.mentions ?? []).map((at) => {
      const openId = at.id?.open_id ?? undefined;
      const bot = at.mentioned_type === 'bot' || (openId !== undefined && openId === botOpenId);
      return { key: at.key, openId, name: at.name, bot };
    });
    const ours = mentions.filter((at) => at.bot && (botOpenId === undefined || at.openId === botOpenId));
    return {
      type: 'message',
      messageId: m.message_id,
      parentId: m.parent_id || undefined,
      rootId: m.root_id || undefined,
      chatId: m.chat_id,
      chatType: m.chat_type === 'p2p' ? 'p2p' : 'group',
      sender: { openId: sender.sender_id?.open_id ?? '', bot: sender.sender_type !== 'user' },
      sentAt: toMillis(m.create_time),
      content: readContent(m.message_type, m.content, mentions),
      mentions,
      mentionsBot: ours.length > 0,
    };
  }),
  'card.action.trigger': reader(CardAction, ({ operator, token, action, context }) => ({
    type: 'card_action',
    openId: operator.open_id,
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    updateToken: token,
    value: action.value,
    form: Object.fromEntries(Object.entries(action.form_value ?? {}).map(([name, v]) => [name, withoutOffset(v)])),
    option: withoutOffset(action.option ?? action.input_value ?? undefined),
  })),
  'im.message.recalled_v1': reader(Recalled, (e) => ({
    type: 'recalled',
    messageId: e.message_id,
    chatId: e.chat_id,
    recalledAt: toMillis(e.recall_time),
    by: e.recall_type ?? '',
  })),
  'im.message.message_read_v1': reader(Read, (e) => ({
    type: 'read',
    openId: e.reader.reader_id.open_id,
    messageIds: e.message_id_list,
    readAt: toMillis(e.reader.read_time),
  })),
  'im.chat.access_event.bot_p2p_chat_entered_v1': reader(Entered, (e) => ({
    type: 'p2p_entered',
    openId: e.operator_id.open_id,
    chatId: e.chat_id,
  })),
  'application.bot.menu_v6': reader(Menu, (e) => ({
    type: 'menu',
    openId: e.operator.operator_id.open_id,
    eventKey: e.event_key,
  })),
  'im.chat.member.bot.added_v1': reader(BotAdded, (e) => ({
    type: 'bot_added',
    openId: e.operator_id?.open_id ?? undefined,
    chatId: e.chat_id,
    external: e.external ?? false,
  })),
  'contact.user.deleted_v3': reader(User, ({ object }) => ({ type: 'user_deleted', openId: object.open_id })),
  'contact.user.updated_v3': reader(User, ({ object }) => ({
    type: 'user_updated',
    openId: object.open_id,
    name: object.name ?? undefined,
    mobile: object.mobile ?? undefined,
    email: object.email ?? undefined,
    resigned: Boolean(object.status?.is_resigned || object.status?.is_exited),
  })),
};

// Pickers answer in the user's zone with an offset behind: `2026-11-19 +0800`.
function withoutOffset<T>(value: T): T {
  if (typeof value !== 'string') return value;
  return value.replace(/^([\d-]+|[\d:]+|[\d-]+ [\d:]+) [+-]\d{4}$/, '$1') as T;
}
