import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

/** Whether goods are right beside the number: 五块黑板 is not money. */
export function goodsBeside(tokens: Token[], k: number): boolean {
  const token = tokens[k]!;
  return [tokens[k - 1], tokens[k + 1]].some(
    (other) =>
      other?.nouns?.has('goods') && Math.min(Math.abs(other.start - token.end), Math.abs(token.start - other.end)) <= 1,
  );
}

/** 「10台电脑、20套桌椅」 or 「电脑10台、桌椅20套」: the first item shows on which side the numbers are. */
export function itemsOf(tokens: Token[], text: string): NonNullable<Reading['items']> {
  const goods = tokens.flatMap((token, k) => (token.nouns?.has('goods') ? [k] : []));
  const used = new Set<Token>();
  const last = goods.at(-1);
  const behind = goods.length > 1 && last !== undefined && beside(tokens, last, 1) !== undefined;
  const numbersFirst = goods[0] !== undefined && !behind && beside(tokens, goods[0], -1) !== undefined;
  const known = goods.map((k) => {
    const name = wholeName(tokens, k, text);
    const sides = numbersFirst ? ([-1, 1] as const) : ([1, -1] as const);
    const count = sides.map((side) => beside(tokens, k, side)).find((token) => token !== undefined && !used.has(token));
    if (!count) return { at: tokens[k]!.start, item: { name } };
    used.add(count);
    return { at: tokens[k]!.start, item: { name, ...quantity(count) } };
  });
  const others = tokens.flatMap((token, k) => {
    const name =
      counts(token) && !/^块?$/u.test(token.count!.measure ?? '') && !used.has(token)
        ? nameBeside(tokens, k, text)
        : undefined;
    return name ? [{ at: token.start, item: { name, ...quantity(token) } }] : [];
  });
  const all = [...known, ...others].sort((a, b) => a.at - b.at);
  return all.filter(({ at, item }) => !onlySpokenOf(item, all, at, text)).map(({ item }) => item);
}

/** 捐绘本二百册，孩子们先不看书，先闻书: beside goods with numbers, those without one that stand in no list are only spoken of. */
function onlySpokenOf(item: Item, all: { at: number; item: Item }[], at: number, text: string): boolean {
  if (item.qty !== undefined || !all.some((other) => other.item.qty !== undefined)) return false;
  const end = at + item.name.length;
  return !/[、和及]$/u.test(text.slice(0, at)) && !/^[、和及]/u.test(text.slice(end));
}

type Item = NonNullable<Reading['items']>[number];

export function quantity({ count }: Token): { qty?: number; unit?: string } {
  return { qty: count!.n, unit: count!.measure };
}

/** 旧书, 粉笔, 打印纸, 乒乓球桌: the word of the table with the characters around it that no other word claims. */
function wholeName(tokens: Token[], k: number, text: string): string {
  const { start, end, text: own } = tokens[k]!;
  const before = text.slice(tokens[k - 1]?.end ?? 0, start);
  const behind = text.slice(end, tokens[k + 1]?.start ?? text.length);
  const lead = (LEAD.exec(before)?.[1] ?? '').replace(/^(?:的|崭?新的?|全新的?|旧的?|二手的?)+/u, '');
  const tail =
    /^(桌|椅|架|柜|板|台|机|包|盒|袋|本|册|车|套装|工具|用品|器材)(?=$|[,、。;和及等(\s])/u.exec(behind)?.[1] ?? '';
  return `${lead}${own}${tail}`;
}

/** At most three characters that begin right after a number, a list sign or a verb of giving. */
const LEAD = /(?:^|[,、。;(\s了批的过个给送捐赠])((?!等|和|及|另|有|还|把|将|共|其中)\p{Script=Han}{1,3})$/u;

/** Goods outside the tables take their name from the text after their number, 二十把椅子, or before it, 椅子二十把. */
function nameBeside(tokens: Token[], k: number, text: string): string | undefined {
  const token = tokens[k]!;
  const ends = (other: Token) =>
    /^(?:stop|comma|count|date|name|clock)$/u.test(other.type) || has(other, 'to', 'goto', 'aspect', 'money', 'total');
  const stop = tokens.slice(k + 1).find(ends)?.start ?? text.length;
  const behind = THING.exec(text.slice(token.end, stop))?.[1];
  if (behind && !/^(?:左右|上下|以上|价值|用于|现金)/u.test(behind)) return behind;
  return THING.exec(text.slice(tokens[k - 1]?.end ?? 0, token.start).replace(/^[、,和及 ]+/u, ''))?.[1];
}

const THING =
  /^(?:崭?新的?|全新的?|旧的?|二手的?|的)?(?!事(?:情)?|给|送|到|价|值|共|和|也|了|过|等|吧|呢)(\p{Script=Han}{1,6})(?=$|[,、。;和及等(]|\P{Script=Han})/u;

/** The number right before (-1) or after (1) an item; an adjective may come between (六台旧电脑). */
function beside(tokens: Token[], k: number, side: -1 | 1): Token | undefined {
  const token = tokens[k]!;
  const other = tokens[k + side];
  if (!counts(other)) return undefined;
  const gap = side < 0 ? token.start - other!.end : other!.start - token.end;
  return gap <= (side < 0 ? 4 : 2) ? other : undefined;
}

/** Whether the token is a number of goods. */
export function counts(token: Token | undefined): boolean {
  if (token?.type !== 'count') return false;
  // 俩篮球: the number contains its measure word.
  return token.count!.unit === 'goods' || (token.count!.unit === undefined && /^[俩仨]$/u.test(token.text));
}
