import type { Mode } from '../../plan/activity.ts';
import type { Token } from '../tokens/tokens.ts';

const VISITED = /家访|上门|走访|登门|入户|看望|探望|拜访|慰问/u;

/** How a family was met, by the words for it alone: a call, a screen, or a visit. */
export function modeOf(tokens: Token[]): Mode | undefined {
  const words = tokens.filter(({ type }) => type === 'word' || type === 'count').map(({ text }) => text);
  if (words.some((word) => /短信|视频|微信|云家访|线上|网上|网络|钉钉|腾讯|在线|远程/u.test(word))) return 'online';
  if (words.some((word) => /电话|电访|通话|语音|致电|去电|拨|打通|接通|打不通|没打通|没接通/u.test(word))) return 'phone';
  return words.some((word) => VISITED.test(word)) || tokens.some((token) => token.verbs?.has('visit')) ? 'visit' : undefined;
}
