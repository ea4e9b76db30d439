import { has, isPerson } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** 赵主任好, 李老师，我昨天…: who is spoken to has no part in what is told. */
export function withoutAddressed(tokens: Token[], text: string): Token[] {
  const [first, next] = tokens;
  if (!first || first.start > 0 || !(isPerson(first) || has(first, 'boss'))) return tokens;
  const greeted = /^[您你]?好/u.test(text.slice(first.end));
  const parted = next?.type === 'comma' || next?.type === 'stop';
  return greeted || (parted && tokens.some((token) => has(token, 'me'))) ? tokens.slice(1) : tokens;
}
