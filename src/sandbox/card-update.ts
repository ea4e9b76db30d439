import { cardFault } from './content.ts';
import { type Answer, type Call, fail } from './method.ts';
import { replaceCard, type SandboxState } from './state.ts';
import type { CardJson } from './tenant.ts';

const TOKEN_LIFE = 30 * 60_000;
const TOKEN_USES = 2;

/** POST /interactive/v1/card/update: the delayed update by a click's token, after the click was answered. */
export function delayedUpdate(state: SandboxState, call: Call): Answer {
  const token = state.cardTokens.get(String(call.body.token ?? ''));
  if (!token) return fail(300020, 'token format is invalid');
  if (state.options.now() - token.at > TOKEN_LIFE) return fail(300030, 'token is expired');
  if (token.uses >= TOKEN_USES) return fail(300040, 'token was used too often');
  const message = state.messages.get(token.messageId);
  if (!message || message.recalled) return fail(200000, 'the message was recalled');
  if (state.locked.has(message.messageId)) return fail(10002, 'card action is lock: the callback is not answered yet');
  const fault = cardFault(state, call.body.card);
  if (fault) return fail(11311, `${fault.path}: ${fault.msg}`);
  token.uses++;
  replaceCard(state, message, call.body.card as CardJson);
  return { code: 0, msg: 'ok' };
}
