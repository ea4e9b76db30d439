import type { Segment } from '../structure/clauses.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** A question mark or a question word; 「…, 对吗」 only asks for confirmation. */
export function asksSomething({ tokens, asked, hit }: Segment): boolean {
  if (tokens.some((token) => has(token, 'tagQuestion'))) return asksOfRecord({ tokens, hit });
  const few = tokens.some(
    (token, k) => token.count?.unit !== undefined && /^几/u.test(token.text) && !bound(tokens, k) && howMany(tokens, k),
  );
  const word = tokens.some((token, k) => has(token, 'ask') && asksHere(tokens, k));
  const last = tokens.at(-1);
  const undecided =
    last !== undefined &&
    has(last, 'negation') &&
    /^(?:没|没有)$/u.test(last.text) &&
    hit !== undefined &&
    tokens.some((token) => /[了过完]/u.test(token.text));
  return asked || few || word || undecided;
}

/** A question word asks, unless it is bound (好几次) or names what was taught. */
function asksHere(tokens: Token[], k: number): boolean {
  const { text } = tokens[k]!;
  if (/^(?:进度|想问)$/u.test(text)) return true;
  return /^(?:谁|哪|怎么)$/u.test(text) ? !taught(tokens, k) : !bound(tokens, k);
}

/** 教小雨怎么记单词: what was taught or discussed, not a question. */
export function taught(tokens: Token[], k: number): boolean {
  return (
    /^(?:怎么|如何)$/u.test(tokens[k]!.text) &&
    tokens.slice(0, k).some((token) => /^[教讲谈聊]|^指导|^告诉|^交流|^研究|^讨论|^商量/u.test(token.text))
  );
}

/** 昨天的送教记上了吗 asks about a record; 昨天送教一节, 记上了吗 makes one. */
function asksOfRecord({ tokens, hit }: Pick<Segment, 'tokens' | 'hit'>): boolean {
  if (!hit || hit.first !== hit.last || tokens.some((token) => token.count?.n !== undefined)) return false;
  const told = tokens.slice(0, hit.last + 1).some((token) => /[了过完]/u.test(token.text) || has(token, 'goto'));
  return !told && tokens.slice(hit.last + 1).some((token) => has(token, 'tagQuestion'));
}

/** 做了几次: a question if only a particle follows and no day was named. */
function howMany(tokens: Token[], k: number): boolean {
  if (tokens.at(-1)!.text === '来着') return true;
  if (tokens.some((token) => token.date && !/^(?:term|month|week|vague|span)$/u.test(token.date.said))) return false;
  if (tokens.some((token) => has(token, 'ask') && /^[还差缺剩欠]/u.test(token.text))) return true;
  return tokens.slice(k + 1).every((token) => has(token, 'aspect') || token.nouns?.has('lesson'));
}

/** 好几次, 没几次: an indefinite number, not a question. */
function bound(tokens: Token[], k: number): boolean {
  const before = tokens[k - 1];
  // 家访了好几家: 好 is not a token of its own.
  if (before && tokens[k]!.start - before.end === 1 && /[了过]$/u.test(before.text)) return true;
  return (
    before !== undefined &&
    before.end === tokens[k]!.start &&
    /[好没有]$/u.test(before.text) &&
    tokens[k]!.text.startsWith('几')
  );
}
