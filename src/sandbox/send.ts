import { sentContent } from './content.ts';
import { overReceiverLimit } from './limits.ts';
import { type Answer, type Call, fail } from './method.ts';
import { makeId, type SandboxState, storeMessage } from './state.ts';
import type { CardJson, ChatState, SandboxMessage } from './tenant.ts';

const UUID_LIFE = 3_600_000;

/** POST /im/v1/messages */
export function create(state: SandboxState, call: Call): Answer | Promise<Answer> {
  const chat = receiver(state, String(call.query.receive_id_type ?? ''), String(call.body.receive_id ?? ''));
  return 'code' in chat ? chat : send(state, call, chat);
}

/** POST /im/v1/messages/:id/reply */
export function replyToMessage(state: SandboxState, call: Call): Answer | Promise<Answer> {
  const parent = bySentId(state, call.params.id ?? '');
  if ('code' in parent) return parent;
  if (parent.recalled) return fail(230011, 'The message was recalled.');
  const chat = state.chats.get(parent.chatId) as ChatState;
  const thread = call.body.reply_in_thread === true ? { threadId: parent.threadId ?? makeId(state, 'omt_') } : {};
  return send(state, call, chat, { parentId: parent.messageId, rootId: parent.rootId ?? parent.messageId, ...thread });
}

/**
 * Stores one message of the bot. A uuid sends at most one message within an hour: a later call with it gets the
 * first message (undocumented; Feishu says only that one succeeds), a concurrent one 230049.
 */
async function send(
  state: SandboxState,
  call: Call,
  chat: ChatState,
  thread: Partial<SandboxMessage> = {},
): Promise<Answer> {
  const { body } = call;
  const uuid = typeof body.uuid === 'string' && body.uuid !== '' ? body.uuid : undefined;
  if (uuid && uuid.length > 50)
    return fail(230001, 'Your request contains an invalid request parameter, ext=uuid is longer than 50.');
  const known = uuid ? state.uuids.get(uuid) : undefined;
  if (known && state.options.now() - known.at < UUID_LIFE) {
    const first = known.messageId ? state.messages.get(known.messageId) : undefined;
    return first ? { code: 0, data: asData(state, first) } : fail(230049, 'The message is being sent.');
  }
  if (uuid) state.uuids.set(uuid, { at: state.options.now() });
  await call.pause();
  const answer = store(state, call, chat, { ...thread, ...(uuid ? { uuid } : {}) });
  const data = answer.data as { message_id?: string } | undefined;
  if (uuid && answer.code === 0 && data?.message_id)
    state.uuids.set(uuid, { at: state.options.now(), messageId: data.message_id });
  if (uuid && answer.code !== 0) state.uuids.delete(uuid);
  return answer;
}

function store(state: SandboxState, call: Call, chat: ChatState, more: Partial<SandboxMessage>): Answer {
  const refused = refusal(state, chat);
  if (refused) return refused;
  if (overReceiverLimit(state, chat.chatId)) return fail(230020, 'This operation triggers the frequency limit.');
  const content = sentContent(state, String(call.body.msg_type ?? ''), call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  const message = storeMessage(state, {
    chatId: chat.chatId,
    from: 'bot',
    msgType: String(call.body.msg_type),
    content: withFileName(state, content),
    ...more,
  });
  return { code: 0, data: asData(state, message) };
}

/** A file's message contains the file's name. */
function withFileName(state: SandboxState, content: CardJson): CardJson {
  const upload = state.uploads.get(String(content.file_key ?? ''));
  return upload ? { ...content, file_name: upload.name } : content;
}

/** Feishu's answer if the bot may not write into this chat. */
function refusal(state: SandboxState, chat: ChatState): Answer | undefined {
  if (chat.dissolved) return fail(232009, 'Your request specifies a chat which has already been dissolved.');
  if (!chat.botIn) return fail(230002, 'The bot can not be outside the group.');
  if (chat.kind === 'group') return undefined;
  const person = state.people.get(chat.members[0] ?? '');
  if (!person?.available || person.resigned) return fail(230013, 'Bot has NO availability to this user.');
  return person.blocked ? fail(230053, 'The user has stopped the bot from sending messages.') : undefined;
}

/** The chat of a receiver; people are found by every id type that Feishu has. */
function receiver(state: SandboxState, type: string, id: string): ChatState | Answer {
  if (type === 'chat_id')
    return (
      state.chats.get(id) ?? fail(230001, 'Your request contains an invalid request parameter, ext=invalid receive_id.')
    );
  const by = { open_id: 'openId', union_id: 'unionId', email: 'email' }[type];
  if (!by && type !== 'user_id') return fail(99992402, 'field validation failed: receive_id_type');
  if (type === 'open_id' && !id.startsWith('ou_')) return fail(99992351, 'The request contains invalid open_id.');
  const person = by ? [...state.people.values()].find((p) => p[by as 'openId'] === id) : undefined;
  if (!person)
    return type === 'open_id'
      ? fail(99992361, 'open_id cross app')
      : fail(230001, 'Your request contains an invalid request parameter, ext=invalid receive_id.');
  return state.chats.get(person.chatId) as ChatState;
}

/** A message by its id, or Feishu's answer to a wrong one. */
export function bySentId(state: SandboxState, id: string): SandboxMessage | Answer {
  if (!id.startsWith('om_')) return fail(99992354, 'The request contains invalid message_id.');
  return (
    state.messages.get(id) ??
    fail(230001, 'Your request contains an invalid request parameter, ext=invalid message_id.')
  );
}

/** A message as the API describes it. */
export function asData(state: SandboxState, message: SandboxMessage): Record<string, unknown> {
  const fromBot = message.from === 'bot';
  return {
    message_id: message.messageId,
    ...(message.rootId ? { root_id: message.rootId, parent_id: message.parentId } : {}),
    ...(message.threadId ? { thread_id: message.threadId } : {}),
    msg_type: message.msgType,
    create_time: String(message.createTime),
    update_time: String(message.updateTime),
    deleted: message.recalled === true,
    updated: message.updatedCount > 0,
    chat_id: message.chatId,
    sender: {
      id: fromBot ? state.options.appId : message.from,
      id_type: fromBot ? 'app_id' : 'open_id',
      sender_type: fromBot ? 'app' : 'user',
      tenant_key: state.tenantKey,
    },
    body: { content: JSON.stringify(message.content) },
  };
}
