import { checkContent } from './content.ts';
import { type Answer, type Call, fail } from './method.ts';
import { makeId, type SandboxState, storeMessage } from './state.ts';
import type { CardJson } from './tenant.ts';

/** POST /message/v4/batch_send/: to up to 200 people; its errors use HTTP 200. */
export function batchSend(state: SandboxState, call: Call): Answer {
  const { body } = call;
  const openIds = Array.isArray(body.open_ids) ? body.open_ids.map(String) : [];
  const no = (code: number, msg: string) => fail(code, msg, 200);
  if (openIds.length === 0 || openIds.length > 200) return no(10003, 'open_ids: 1 to 200');
  const type = String(body.msg_type ?? '');
  const content = type === 'interactive' ? body.card : body.content;
  if (typeof content !== 'object' || content === null) return no(10003, 'content is an object, card for interactive');
  const refused = checkContent(state, type, content as CardJson, call.raw.length);
  if (refused) return no(refused.code, refused.msg ?? '');
  const batchId = makeId(state, 'bm-');
  const reach = (openId: string) => state.people.get(openId)?.available && !state.people.get(openId)?.resigned;
  for (const openId of openIds.filter(reach))
    storeMessage(state, {
      chatId: state.people.get(openId)?.chatId ?? '',
      from: 'bot',
      msgType: type,
      content: content as CardJson,
      batchId,
    });
  const data = {
    message_id: batchId,
    invalid_open_ids: openIds.filter((id) => !reach(id)),
    invalid_department_ids: [],
    invalid_user_ids: [],
  };
  return { code: 0, msg: 'ok', data };
}
