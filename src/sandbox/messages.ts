import { cardRefused, sentContent } from './content.ts';
import { overMessageLimit } from './limits.ts';
import { type Answer, type Call, fail } from './method.ts';
import { asData, bySentId } from './send.ts';
import { changed, replaceCard, type SandboxState } from './state.ts';

const FOURTEEN_DAYS = 14 * 86_400_000;

/** PATCH /im/v1/messages/:id: replaces one of the bot's cards, for 14 days. */
export function patch(state: SandboxState, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.recalled) return fail(230011, 'The message was recalled.');
  if (message.from !== 'bot' || !message.card || message.batchId)
    return fail(230001, 'Your request contains an invalid request parameter, ext=message can NOT be patched.');
  if (state.options.now() - message.createTime > FOURTEEN_DAYS)
    return fail(230031, 'The message is older than 14 days.');
  if (overMessageLimit(state, message.messageId)) return fail(230020, 'This operation triggers the frequency limit.');
  if (state.locked.has(message.messageId)) return cardRefused(11310, 'card action is lock');
  const content = sentContent(state, 'interactive', call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  replaceCard(state, message, content);
  return { code: 0, data: {} };
}

/** PUT /im/v1/messages/:id: edits one of the bot's texts or posts. */
export function edit(state: SandboxState, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.from !== 'bot' || message.card || message.recalled)
    return fail(230001, 'Your request contains an invalid request parameter, ext=message can NOT be edited.');
  const content = sentContent(state, message.msgType, call.body.content, call.raw.length);
  if ('code' in content) return content as Answer;
  Object.assign(message, { content, updateTime: state.options.now(), updatedCount: message.updatedCount + 1 });
  changed(state, 'message', message);
  return { code: 0, data: asData(state, message) };
}

/** DELETE /im/v1/messages/:id: recalls one of the bot's messages. */
export function remove(state: SandboxState, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message;
  if (message.from !== 'bot') return fail(230026, 'No permission to recall this message.');
  message.recalled = true;
  changed(state, 'message', message);
  return { code: 0, data: {} };
}

/** GET /im/v1/messages/:id */
export function get(state: SandboxState, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  return 'code' in message ? message : { code: 0, data: { items: [asData(state, message)] } };
}

/** PATCH /im/v1/messages/:id/urgent_app */
export function urgent(state: SandboxState, call: Call): Answer {
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
