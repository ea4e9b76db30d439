import { checkCard } from './card-check.ts';
import { type Answer, type Call, fail } from './gate.ts';
import { overMessageLimit, overReceiverLimit } from './limits.ts';
import { changed, makeId, replaceCard, type State, storeMessage } from './state.ts';
import type { Card, ChatState, SandboxMessage } from './types.ts';

const UUID_LIFE = 3_600_000;
const FOURTEEN_DAYS = 14 * 86_400_000;
const MAX_TEXT_BODY = 150 * 1024;
const MAX_POST = 30 * 1024;
const TOKEN_LIFE = 30 * 60_000;
const TOKEN_USES = 2;

/** POST /im/v1/messages */
export function create(state: State, call: Call): Answer | Promise<Answer> {
  const chat = receiver(state, String(call.query.receive_id_type ?? ''), String(call.body.receive_id ?? ''));
  return 'code' in chat ? chat : send(state, call, chat);
}

/** POST /im/v1/messages/:id/reply */
export function reply(state: State, call: Call): Answer | Promise<Answer> {
  const parent = bySentId(state, call.params.id ?? '');
  if ('code' in parent) return parent;
  if (parent.recalled) return fail(230011, 'The message was recalled.');
  const chat = state.chats.get(parent.chatId) as ChatState;
  const thread = call.body.reply_in_thread === true ? { threadId: parent.threadId ?? makeId(state, 'omt_') } : {};
  return send(state, call, chat, { parentId: parent.messageId, rootId: parent.rootId ?? parent.messageId, ...thread });
}

/**
 * Stores one message of the bot. A uuid brings at most one message within an hour: a later call with it gets the
 * first message (undocumented; Feishu says only that one succeeds), a concurrent one 230049.
 */
async function send(state: State, call: Call, chat: ChatState, thread: Partial<SandboxMessage> = {}): Promise<Answer> {
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

function store(state: State, call: Call, chat: ChatState, more: Partial<SandboxMessage>): Answer {
  const refused = refusal(state, chat);
  if (refused) return refused;
  if (overReceiverLimit(state, chat.chatId)) return fail(230020, 'This operation triggers the frequency limit.');
  const content = readContent(state, String(call.body.msg_type ?? ''), call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  const message = storeMessage(state, {
    chatId: chat.chatId,
    from: 'bot',
    msgType: String(call.body.msg_type),
    content,
    ...more,
  });
  return { code: 0, data: asData(state, message) };
}

/** Why the bot may not write into this chat, if so. */
function refusal(state: State, chat: ChatState): Answer | undefined {
  if (chat.dissolved) return fail(232009, 'Your request specifies a chat which has already been dissolved.');
  if (!chat.botIn) return fail(230002, 'The bot can not be outside the group.');
  if (chat.kind === 'group') return undefined;
  const person = state.people.get(chat.members[0] ?? '');
  if (!person?.available || person.resigned) return fail(230013, 'Bot has NO availability to this user.');
  return person.blocked ? fail(230053, 'The user has stopped the bot from sending messages.') : undefined;
}

/** The chat of a receiver; people are found by every id type that Feishu knows. */
function receiver(state: State, type: string, id: string): ChatState | Answer {
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

function bySentId(state: State, id: string): SandboxMessage | Answer {
  if (!id.startsWith('om_')) return fail(99992354, 'The request contains invalid message_id.');
  return (
    state.messages.get(id) ??
    fail(230001, 'Your request contains an invalid request parameter, ext=invalid message_id.')
  );
}

const badContent = (why: string) =>
  fail(230001, `Your request contains an invalid request parameter, ext=invalid message content. ${why}`);

/** Parses and checks the `content` string of a send. */
function readContent(state: State, type: string, raw: unknown, bodyBytes: number): Record<string, unknown> | Answer {
  if (typeof raw !== 'string') return badContent('content is no string');
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(raw);
  } catch {
    return type === 'interactive' ? cardRefused(200621, 'parse card json err') : badContent('validate content fail');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return badContent('validate content fail');
  return checkContent(state, type, content, raw, bodyBytes) ?? content;
}

export function checkContent(
  state: State,
  type: string,
  content: Record<string, unknown>,
  raw: string,
  bodyBytes: number,
): Answer | undefined {
  if (type === 'text') {
    if (bodyBytes > MAX_TEXT_BODY) return fail(230025, 'The length of the message content reaches its limit.');
    return typeof content.text === 'string' && content.text !== '' ? undefined : badContent('text is empty');
  }
  if (type === 'interactive') return cardAnswer(content);
  if (type === 'post') {
    if (Buffer.byteLength(raw) > MAX_POST) return fail(230025, 'The length of the message content reaches its limit.');
    const locale = content.zh_cn ?? content.en_us ?? content.ja_jp;
    return Array.isArray((locale as Card | undefined)?.content)
      ? undefined
      : badContent('post needs zh_cn, en_us or ja_jp');
  }
  const key = { image: 'image_key', file: 'file_key', audio: 'file_key', media: 'file_key', sticker: 'file_key' }[type];
  if (!key) return fail(230001, 'Your request contains an invalid request parameter, ext=invalid msg_type.');
  const upload = state.uploads.get(String(content[key] ?? ''));
  if (!upload) return badContent(`${key} is unknown`);
  if (upload.by !== 'bot') return fail(230017, 'Bot is not the owner of the resource.');
  return (upload.kind === 'image') === (type === 'image')
    ? undefined
    : fail(230055, 'The file and the message type do not match.');
}

const cardRefused = (sub: number, msg: string): Answer =>
  fail(230099, `Failed to create card content, ext=ErrCode: ${sub}; ErrMsg: ${msg}; `);

/** The answer to a card that Feishu would not take, or undefined. */
export function cardAnswer(card: unknown): Answer | undefined {
  const [fault] = checkCard(card);
  if (!fault) return undefined;
  if (fault.code === 230025) return fail(230025, `The length of the message content reaches its limit. ${fault.msg}`);
  return cardRefused(fault.sub ?? 200621, `${fault.msg}; ErrorValue: ${fault.path}`);
}

/** PATCH /im/v1/messages/:id: replaces a card of the bot, for 14 days. */
export function patch(state: State, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.recalled) return fail(230011, 'The message was recalled.');
  if (message.from !== 'bot' || !message.card || message.batchId)
    return fail(230001, 'Your request contains an invalid request parameter, ext=message can NOT be patched.');
  if (state.options.now() - message.createTime > FOURTEEN_DAYS)
    return fail(230031, 'The message is older than 14 days.');
  if (overMessageLimit(state, message.messageId)) return fail(230020, 'This operation triggers the frequency limit.');
  if (state.locked.has(message.messageId)) return cardRefused(11310, 'card action is lock');
  const content = readContent(state, 'interactive', call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  replaceCard(state, message, content);
  return { code: 0, data: {} };
}

/** PUT /im/v1/messages/:id: edits a text or post of the bot. */
export function edit(state: State, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.from !== 'bot' || message.card || message.recalled)
    return fail(230001, 'Your request contains an invalid request parameter, ext=message can NOT be edited.');
  const content = readContent(state, message.msgType, call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  Object.assign(message, { content, updateTime: state.options.now(), updatedCount: message.updatedCount + 1 });
  changed(state, 'message', message);
  return { code: 0, data: asData(state, message) };
}

/** DELETE /im/v1/messages/:id: recalls what the bot sent. */
export function remove(state: State, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.from !== 'bot') return fail(230026, 'No permission to recall this message.');
  message.recalled = true;
  changed(state, 'message', message);
  return { code: 0, data: {} };
}

/** GET /im/v1/messages/:id */
export function get(state: State, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  return 'code' in message ? message : { code: 0, data: { items: [asData(state, message)] } };
}

/** PATCH /im/v1/messages/:id/urgent_app */
export function urgent(state: State, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.from !== 'bot' || message.batchId) return fail(230012, 'The operator is not the sender.');
  const asked = Array.isArray(call.body.user_id_list) ? call.body.user_id_list.map(String) : [];
  const members = state.chats.get(message.chatId)?.members ?? [];
  const [valid, invalid] = [asked.filter((id) => members.includes(id)), asked.filter((id) => !members.includes(id))];
  if (asked.length > 200 || valid.length === 0)
    return fail(230001, 'Your request contains an invalid request parameter, ext=user_id_list.');
  message.urgent = [...new Set([...(message.urgent ?? []), ...valid])];
  changed(state, 'message', message);
  return { code: 0, data: { invalid_user_id_list: invalid } };
}

/** POST /interactive/v1/card/update: the delayed update by a click's token, after the click was answered. */
export function delayedUpdate(state: State, call: Call): Answer {
  const token = state.cardTokens.get(String(call.body.token ?? ''));
  if (!token) return fail(300020, 'token format is invalid');
  if (state.options.now() - token.at > TOKEN_LIFE) return fail(300030, 'token is expired');
  if (token.uses >= TOKEN_USES) return fail(300040, 'token was used too often');
  const message = state.messages.get(token.messageId);
  if (!message || message.recalled) return fail(200000, 'the message was recalled');
  if (state.locked.has(message.messageId)) return fail(10002, 'card action is lock: the callback is not answered yet');
  const [fault] = checkCard(call.body.card);
  if (fault) return fail(11311, `${fault.path}: ${fault.msg}`);
  token.uses++;
  replaceCard(state, message, call.body.card as Card);
  return { code: 0, msg: 'ok' };
}

/** POST /message/v4/batch_send/: to up to 200 people; its errors come as HTTP 200. */
export function batchSend(state: State, call: Call): Answer {
  const { body } = call;
  const asked = Array.isArray(body.open_ids) ? body.open_ids.map(String) : [];
  const no = (code: number, msg: string) => fail(code, msg, 200);
  if (asked.length === 0 || asked.length > 200) return no(10003, 'open_ids: 1 to 200');
  const type = String(body.msg_type ?? '');
  const content = type === 'interactive' ? body.card : body.content;
  if (typeof content !== 'object' || content === null) return no(10003, 'content is an object, card for interactive');
  const refused = checkContent(state, type, content as Card, JSON.stringify(content), call.raw.length);
  if (refused) return no(refused.code, refused.msg ?? '');
  const batchId = makeId(state, 'bm-');
  const reach = (openId: string) => state.people.get(openId)?.available && !state.people.get(openId)?.resigned;
  for (const openId of asked.filter(reach))
    storeMessage(state, {
      chatId: state.people.get(openId)?.chatId ?? '',
      from: 'bot',
      msgType: type,
      content: content as Card,
      batchId,
    });
  const data = {
    message_id: batchId,
    invalid_open_ids: asked.filter((id) => !reach(id)),
    invalid_department_ids: [],
    invalid_user_ids: [],
  };
  return { code: 0, msg: 'ok', data };
}

function asData(state: State, message: SandboxMessage): Record<string, unknown> {
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
