import { deliver } from './ladder.ts';
import { withMentions } from './mention.ts';
import { abroad, ids } from './people.ts';
import { envelope } from './push.ts';
import type { SayOptions } from './sandbox.ts';
import { chatOf, makeId, personOf, type SandboxState, storeMessage } from './state.ts';
import type { SandboxPerson } from './tenant.ts';
import type { Delivery } from './traffic.ts';

/** A person sends a message: it is stored in the conversation and sent to the bot (in groups only if it mentions the bot). */
export function sends(
  state: SandboxState,
  openId: string,
  messageType: string,
  content: Record<string, unknown>,
  o: SayOptions = {},
): Promise<Delivery> {
  const person = personOf(state, openId);
  const chat = chatOf(state, !o.chat || o.chat === 'p2p' ? person.chatId : o.chat);
  const createTime = o.createTime ?? state.options.now() - state.faults.lateMs;
  const group = chat.kind === 'group';
  const bot = group && o.mentionBot !== false;
  const outgoing = withMentions(state, messageType, content, { bot, unlisted: o.unlistedMentions });
  const parent = o.parentId ? state.messages.get(o.parentId) : undefined;
  const thread = parent ? { parentId: parent.messageId, rootId: parent.rootId ?? parent.messageId } : {};
  const message = storeMessage(state, {
    messageId: o.messageId ?? makeId(state, 'om_'),
    chatId: chat.chatId,
    from: openId,
    msgType: messageType,
    content: outgoing.content,
    ...(outgoing.mentions.length > 0 ? { mentions: outgoing.mentions } : {}),
    createTime,
    updateTime: createTime,
    ...thread,
  });
  const event = {
    sender: { sender_id: ids(person), sender_type: 'user', tenant_key: state.tenantKey },
    message: {
      message_id: message.messageId,
      ...(parent ? { root_id: thread.rootId, parent_id: thread.parentId } : {}),
      create_time: String(createTime),
      update_time: String(createTime),
      chat_id: chat.chatId,
      chat_type: chat.kind,
      message_type: messageType,
      content: JSON.stringify(outgoing.content),
      ...(outgoing.mentions.length > 0 ? { mentions: outgoing.mentions } : {}),
    },
  };
  const at = state.options.now() - state.faults.lateMs;
  const body = envelope(state, 'im.message.receive_v1', event, { eventId: o.eventId, at });
  if (group && !outgoing.ofBot) {
    const skipped = 'in a group the bot receives only messages that mention it';
    const eventId = (body.header as { event_id: string }).event_id;
    const eventType = 'im.message.receive_v1';
    return Promise.resolve({
      eventId,
      eventType,
      messageId: message.messageId,
      body,
      attempts: [],
      ok: false,
      gaveUp: false,
      skipped,
    });
  }
  return deliver(state, body, { messageId: message.messageId, untilFirst: o.untilFirst, chatKind: chat.kind });
}

export function sendsUpload(
  state: SandboxState,
  openId: string,
  kind: 'image' | 'file',
  bytes: Uint8Array,
  o: SayOptions & { fileName?: string } = {},
): Promise<Delivery> {
  const key = makeId(state, kind === 'image' ? 'img_v3_' : 'file_v3_');
  const name = o.fileName ?? (kind === 'image' ? 'image.png' : 'file.bin');
  const type = kind === 'image' ? imageType(bytes) : 'application/octet-stream';
  state.uploads.set(key, { bytes: Buffer.from(bytes), kind, name, type, by: openId });
  const content = kind === 'image' ? { image_key: key } : { file_key: key, file_name: name };
  return sends(state, openId, kind, content, o);
}

const MAGIC: [string, string][] = [
  ['89504e47', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
  ['52494646', 'image/webp'],
  ['424d', 'image/bmp'],
];

/** The type of an image by its first bytes; `application/octet-stream` for anything else. */
export function imageType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? 'application/octet-stream';
}

export function recalls(state: SandboxState, openId: string, messageId: string): Promise<Delivery> {
  const message = state.messages.get(messageId);
  if (message?.from !== openId) throw new Error(`sandbox: ${openId} has sent no message ${messageId}`);
  message.recalled = true;
  state.bus.emit('change', { kind: 'message', what: message });
  const recall = {
    message_id: messageId,
    chat_id: message.chatId,
    recall_time: String(state.options.now()),
    recall_type: 'message_owner',
  };
  return deliver(state, envelope(state, 'im.message.recalled_v1', recall));
}

export function opensChat(state: SandboxState, openId: string): Promise<Delivery> {
  const person = personOf(state, openId);
  const last = [...state.messages.values()].findLast((message) => message.chatId === person.chatId);
  const event = {
    chat_id: person.chatId,
    operator_id: ids(person),
    ...(last ? { last_message_id: last.messageId, last_message_create_time: String(last.createTime) } : {}),
  };
  return deliver(state, envelope(state, 'im.chat.access_event.bot_p2p_chat_entered_v1', event));
}

/** The menu's event carries no chat and its own timestamp in seconds. */
export function clicksMenu(state: SandboxState, openId: string, key: string): Promise<Delivery> {
  const person = personOf(state, openId);
  const operator = { operator_name: person.name, operator_id: ids(person) };
  const timestamp = Math.floor(state.options.now() / 1000);
  return deliver(state, envelope(state, 'application.bot.menu_v6', { operator, event_key: key, timestamp }));
}

/** Marks the conversation as read; the bot receives which of its messages were new. */
export function reads(state: SandboxState, openId: string): Promise<Delivery> | undefined {
  const person = personOf(state, openId);
  if (person.unread === 0) return undefined;
  const sent = [...state.messages.values()].filter((m) => m.chatId === person.chatId && m.from === 'bot');
  const unread = sent.slice(-person.unread).map((message) => message.messageId);
  person.unread = 0;
  state.bus.emit('change', { kind: 'person', what: person });
  if (unread.length === 0) return undefined;
  const reader = { reader_id: ids(person), read_time: String(state.options.now()), tenant_key: state.tenantKey };
  return deliver(state, envelope(state, 'im.message.message_read_v1', { reader, message_id_list: unread }));
}

export function leaves(state: SandboxState, openId: string): Promise<Delivery> {
  const person = personOf(state, openId);
  person.resigned = true;
  const object = { ...ids(person), name: person.name, department_ids: [], status: { is_resigned: true } };
  const old = { department_ids: ['od-root'], open_id: openId };
  return deliver(state, envelope(state, 'contact.user.deleted_v3', { object, old_object: old }));
}

/** As documented, `old_object` holds only the changed fields. */
export function changes(state: SandboxState, openId: string, patch: Partial<SandboxPerson>): Promise<Delivery> {
  const person = personOf(state, openId);
  const wire = (from: Partial<SandboxPerson>) =>
    Object.fromEntries(
      (['name', 'mobile', 'email'] as const)
        .filter((key) => key in patch)
        .map((key) => [key, key === 'mobile' && from.mobile ? abroad(from.mobile) : (from[key] ?? '')]),
    );
  const old = wire(person);
  Object.assign(person, patch);
  const object = { ...ids(person), name: person.name, ...wire(person) };
  return deliver(state, envelope(state, 'contact.user.updated_v3', { object, old_object: old }));
}

export async function makesGroup(
  state: SandboxState,
  name: string,
  members: string[],
  o: { chatId?: string; announce?: boolean } = {},
): Promise<string> {
  const chatId = o.chatId ?? makeId(state, 'oc_');
  for (const member of members) personOf(state, member);
  state.chats.set(chatId, { chatId, kind: 'group', name, members: [...members], botIn: true, dissolved: false });
  state.bus.emit('change', { kind: 'chat', what: chatId });
  const first = members[0];
  if (o.announce && first) {
    const event = {
      chat_id: chatId,
      operator_id: ids(personOf(state, first)),
      external: false,
      operator_tenant_key: state.tenantKey,
      name,
      i18n_names: { zh_cn: name, en_us: '', ja_jp: '' },
    };
    await deliver(state, envelope(state, 'im.chat.member.bot.added_v1', event));
  }
  return chatId;
}
