import type { Draft } from './drafts.ts';
import { has, isPupil } from './is.ts';
import type { Token } from './tokens.ts';
import type { Reading } from './types.ts';

/** What was given: things with their numbers, cash, and what it was worth (reading.md: 「旧电脑六台，值四千八」). */
export function donationOf(draft: Draft, text: string): Partial<Reading> {
  const { tokens } = draft;
  const items = itemsOf(tokens, text);
  const loose = tokens.find(
    (token) =>
      counts(token) && !items.some((item) => item.qty === token.count!.n && item.unit === token.count!.measure),
  );
  if (items.length === 1 && items[0]!.qty === undefined && loose)
    Object.assign(items[0]!, { qty: loose.count!.n, unit: loose.count!.measure });
  // 一批书, 共120本: the number that was counted out.
  if (items.length === 1 && /^[批车]$/u.test(items[0]!.unit ?? '') && loose) Object.assign(items[0]!, quantity(loose));
  const fields: Partial<Reading> = items.length > 0 ? { items } : {};
  tokens.forEach((token, k) => {
    if (token.type !== 'count' || token.count!.n === undefined) return;
    const worth = [tokens[k - 1], tokens[k - 2]].some(
      (before) => before !== undefined && has(before, 'money') && token.start - before.end <= 4,
    );
    const money = token.count!.unit === 'money' || (token.count!.measure === '块' && !goodsBeside(tokens, k));
    if (worth && (money || token.count!.unit === undefined)) fields.value_yuan = token.count!.n;
    else if (!money && token.count!.unit === undefined && tokens[k - 1] && has(tokens[k - 1]!, 'cash'))
      fields.cash_yuan = token.count!.n;
    else if (money) fields[items.length > 0 && afterItems(tokens, k) ? 'value_yuan' : 'cash_yuan'] = token.count!.n;
  });
  const donor = donorOf(tokens, text);
  if (donor) fields.donor = donor;
  const pupil = tokens.find(isPupil);
  if (pupil) fields.beneficiaries = pupil.named!.pupils[0] ?? pupil.text;
  const helped = tokens.find(
    (token, k) => token.count?.unit === 'persons' && tokens[k + 1] && has(tokens[k + 1]!, 'pupil'),
  );
  if (helped) fields.beneficiaries = `${helped.text}${tokens[tokens.indexOf(helped) + 1]!.text}`;
  return fields;
}

/** 「书包20个, 合计2000元」: money after things is their worth; 「现金2000元」 and 「捐款2000元」 are cash. */
function afterItems(tokens: Token[], k: number): boolean {
  const before = tokens.slice(Math.max(0, k - 2), k);
  if (before.some((token) => has(token, 'cash') || /捐款|现金|捐资|资助|钱/u.test(token.text))) return false;
  return before.some((token) => has(token, 'total')) || tokens.slice(0, k).some((token) => token.nouns?.has('goods'));
}

function goodsBeside(tokens: Token[], k: number): boolean {
  const token = tokens[k]!;
  return [tokens[k - 1], tokens[k + 1]].some(
    (other) =>
      other?.nouns?.has('goods') && Math.min(Math.abs(other.start - token.end), Math.abs(token.start - other.end)) <= 1,
  );
}

/** 「10台电脑、20套桌椅」 or 「电脑10台、桌椅20套」: the first thing shows on which side the numbers stand. */
function itemsOf(tokens: Token[], text: string): NonNullable<Reading['items']> {
  const goods = tokens.flatMap((token, k) => (token.nouns?.has('goods') ? [k] : []));
  const used = new Set<Token>();
  const numbersFirst = goods[0] !== undefined && beside(tokens, goods[0], -1) !== undefined;
  const known = goods.map((k) => {
    const sides = numbersFirst ? ([-1, 1] as const) : ([1, -1] as const);
    const count = sides.map((side) => beside(tokens, k, side)).find((token) => token !== undefined && !used.has(token));
    if (!count) return { at: tokens[k]!.start, item: { name: tokens[k]!.text } };
    used.add(count);
    return { at: tokens[k]!.start, item: { name: tokens[k]!.text, ...quantity(count) } };
  });
  const others = tokens.flatMap((token, k) => {
    const name =
      counts(token) && !/^块?$/u.test(token.count!.measure ?? '') && !used.has(token)
        ? nameBeside(tokens, k, text)
        : undefined;
    return name ? [{ at: token.start, item: { name, ...quantity(token) } }] : [];
  });
  return [...known, ...others].sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function quantity({ count }: Token): { qty?: number; unit?: string } {
  return { qty: count!.n, unit: count!.measure };
}

/** Things that no table holds are called what stands behind their number: 二十把椅子, or before it: 椅子二十把. */
function nameBeside(tokens: Token[], k: number, text: string): string | undefined {
  const token = tokens[k]!;
  const ends = (other: Token) =>
    /^(?:stop|comma|count|date|name|clock)$/u.test(other.type) || has(other, 'to', 'goto', 'aspect', 'money', 'total');
  const stop = tokens.slice(k + 1).find(ends)?.start ?? text.length;
  const behind = THING.exec(text.slice(token.end, stop))?.[1];
  if (behind) return behind;
  return THING.exec(text.slice(tokens[k - 1]?.end ?? 0, token.start))?.[1];
}

const THING =
  /^(?:崭?新的?|全新的?|旧的?|二手的?|的)?(?!给|送|到|价|值|共|和|也|了|过|等|吧|呢)(\p{Script=Han}{1,6})(?=$|[,、。;和及等(]|\P{Script=Han})/u;

/** The number right before (-1) or after (1) a thing; an adjective may stand between (六台旧电脑). */
function beside(tokens: Token[], k: number, side: -1 | 1): Token | undefined {
  const token = tokens[k]!;
  const other = tokens[k + side];
  if (!counts(other)) return undefined;
  const gap = side < 0 ? token.start - other!.end : other!.start - token.end;
  return gap <= (side < 0 ? 4 : 2) ? other : undefined;
}

function counts(token: Token | undefined): boolean {
  if (token?.type !== 'count') return false;
  // 俩篮球: the number holds its measure word.
  return token.count!.unit === 'goods' || (token.count!.unit === undefined && /^[俩仨]$/u.test(token.text));
}

/** 由校友会捐, 某某公司捐赠: who gave, where it was not the sender's side. */
function donorOf(tokens: Token[], text: string): string | undefined {
  const verb = tokens.find((token) => /^(?:捐|赠)/u.test(token.text));
  if (!verb) return undefined;
  return /(?:由|联系(?:了|到)?|协调(?:了)?|^)([\p{Script=Han}]{0,8}(?:公司|校友会|校友|基金会|企业|商会|协会|家委会|爱心人士|书店|出版社|超市|志愿者))/u.exec(
    text.slice(0, verb.start),
  )?.[1];
}
