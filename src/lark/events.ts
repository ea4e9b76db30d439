import type { z } from 'zod';
import type { EventHeader, LarkEvent } from './event.ts';
import { BotAdded, CardAction, Entered, Menu, Message, Read, Recalled, User } from './event-shapes.ts';
import { mentionsIn, readContent } from './message.ts';
import type { Envelope } from './verify.ts';

/**
 * Reads an admitted envelope into an event that the bot understands; extra fields pass, unknown types become `ignored`.
 * `botOpenId` (from `client.botInfo`) distinguishes a mention of this bot from another's; without it any bot's counts.
 */
export function parseEvent(envelope: Envelope, botOpenId?: string): LarkEvent {
  const { event_id, event_type, create_time, tenant_key } = envelope.header;
  const base: EventHeader = { eventId: event_id, createTime: toMillis(create_time), tenantKey: tenant_key };
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

type Own<E> = E extends unknown ? Omit<E, keyof EventHeader> : never;
type Outcome = { success: true; data: LarkEvent } | { success: false; error: z.ZodError };
type Reader = (base: EventHeader, event: unknown, botOpenId?: string) => Outcome;

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
    const listed = (m.mentions ?? []).map(({ key, name, id, mentioned_type: type }) => {
      const openId = id?.open_id ?? undefined;
      return { key, openId, name, bot: type === 'bot' || (openId !== undefined && openId === botOpenId) };
    });
    const written = mentionsIn(m.message_type, m.content).map((at) => ({ ...at, bot: at.openId === botOpenId }));
    const mentions = [...listed, ...written];
    const botMentions = mentions.filter((at) => at.bot && (botOpenId === undefined || at.openId === botOpenId));
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
      mentionsBot: botMentions.length > 0,
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

// Pickers answer in the user's zone with the offset appended: `2026-11-19 +0800`.
function withoutOffset<T>(value: T): T {
  if (typeof value !== 'string') return value;
  return value.replace(/^([\d-]+|[\d:]+|[\d-]+ [\d:]+) [+-]\d{4}$/, '$1') as T;
}
