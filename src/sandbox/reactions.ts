import { type Answer, type Call, fail } from './method.ts';
import { bySentId } from './send.ts';
import { changed, makeId, type SandboxState } from './state.ts';

/** Some of the documented types; they are case-sensitive. Source: Feishu, "emoji types of reactions". */
const EMOJI =
  'OK THUMBSUP THANKS MUSCLE FINGERHEART APPLAUSE FISTBUMP JIAYI DONE SMILE BLUSH LAUGH HEART PARTY Get LGTM OnIt';

/** POST /im/v1/messages/:id/reactions: puts the bot's emoji under a message of a chat that it is in. */
export function addReaction(state: SandboxState, call: Call): Answer {
  const message = bySentId(state, call.params.id ?? '');
  if ('code' in message) return message.code === 99992354 ? message : fail(231003, 'The message is not found.');
  if (message.recalled) return fail(231003, 'The message is not found, maybe not exist or deleted.');
  const chat = state.chats.get(message.chatId);
  if (!chat || chat.dissolved) return fail(231004, 'The chat in which the message exists is not found.');
  if (!chat.botIn) return fail(231002, 'The operator has no permission to react on the specific message.');
  const emoji = (call.body.reaction_type as { emoji_type?: unknown } | undefined)?.emoji_type;
  if (typeof emoji !== 'string' || !EMOJI.split(' ').includes(emoji)) return fail(231001, 'reaction type is invalid.');
  const known = message.reactions?.find((one) => one.by === 'bot' && one.emoji === emoji);
  const reaction = known ?? { id: makeId(state, ''), emoji, by: 'bot' };
  if (!known) message.reactions = [...(message.reactions ?? []), reaction];
  changed(state, 'message', message);
  return {
    code: 0,
    data: {
      reaction_id: reaction.id,
      operator: { operator_id: state.options.appId, operator_type: 'app' },
      action_time: String(state.options.now()),
      reaction_type: { emoji_type: emoji },
    },
  };
}
