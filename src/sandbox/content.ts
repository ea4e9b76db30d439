import { type CardFault, checkCard } from './card-check.ts';
import { nodes } from './card-read.ts';
import { type Answer, fail } from './method.ts';
import type { SandboxState } from './state.ts';
import type { CardJson } from './tenant.ts';

const MAX_TEXT_BODY = 150 * 1024;
/** Limit of the whole request, as for texts: escaping inside it counts. */
const MAX_CARD_BODY = 30 * 1024;

const badContent = (why: string) =>
  fail(230001, `Your request contains an invalid request parameter, ext=invalid message content. ${why}`);

/** Parses and checks the `content` string of a send. */
export function sentContent(
  state: SandboxState,
  type: string,
  raw: unknown,
  bodyBytes: number,
): Record<string, unknown> | Answer {
  if (typeof raw !== 'string') return badContent('content is not a string');
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(raw);
  } catch {
    return type === 'interactive' ? cardRefused(200621, 'parse card json err') : badContent('validate content fail');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return badContent('validate content fail');
  return checkContent(state, type, content, bodyBytes) ?? content;
}

/** Feishu's answer to a content that it refuses, or undefined. */
export function checkContent(
  state: SandboxState,
  type: string,
  content: Record<string, unknown>,
  bodyBytes: number,
): Answer | undefined {
  if (type === 'text') {
    if (bodyBytes > MAX_TEXT_BODY) return fail(230025, 'The length of the message content reaches its limit.');
    return typeof content.text === 'string' && content.text !== '' ? undefined : badContent('text is empty');
  }
  if (type === 'interactive' || type === 'post')
    if (bodyBytes > MAX_CARD_BODY) return fail(230025, 'The length of the message content reaches its limit.');
  if (type === 'interactive') return cardAnswer(state, content);
  if (type === 'post') {
    const locale = content.zh_cn ?? content.en_us ?? content.ja_jp;
    return Array.isArray((locale as CardJson | undefined)?.content)
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

export const cardRefused = (sub: number, msg: string): Answer =>
  fail(230099, `Failed to create card content, ext=ErrCode: ${sub}; ErrMsg: ${msg}; `);

/** What is wrong with a card: the rules of Card JSON, and images that the bot has not uploaded (200570). */
export function cardFault(state: SandboxState, card: unknown): CardFault | undefined {
  const [fault] = checkCard(card);
  if (fault) return fault;
  const lost = nodes(card).find(
    ({ node }) => node.tag === 'img' && state.uploads.get(String(node.img_key))?.by !== 'bot',
  );
  return lost && { code: 230099, sub: 200570, path: lost.path, msg: `image key ${lost.node.img_key} is invalid` };
}

/** Feishu's answer to a card that it refuses, or undefined. */
function cardAnswer(state: SandboxState, card: unknown): Answer | undefined {
  const fault = cardFault(state, card);
  if (!fault) return undefined;
  if (fault.code === 230025) return fail(230025, `The length of the message content reaches its limit. ${fault.msg}`);
  return cardRefused(fault.sub ?? 200621, `${fault.msg}; ErrorValue: ${fault.path}`);
}
