import { isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

type Item = NonNullable<Reading['items']>[number];

/** The goods with their quantities, the cash, the value of the goods, the donor and the beneficiaries. */
export function donationOf(telling: Telling): Partial<Reading> {
  const { having, text, own } = telling;
  const pupil = own.find(isPupil);
  const sum = (role: 'cash' | 'value') =>
    having(role).reduce<number | undefined>((all, { count }) => Math.max(all ?? 0, count!.n!), undefined);
  const items = itemsOf(telling);
  // 捐了60本: of what is asked.
  const unnamed = items.length === 0 && having('goods').length > 0;
  if (telling.status === 'done' && (unnamed || UNCOUNTED.test(telling.script.text))) telling.ask.push('items');
  // 现金:1500元 is no value of goods.
  const paid = having('value').find(({ start }) => /现金[:：]?$/u.test(telling.script.text.slice(0, start)));
  return {
    items: items.length > 0 ? items : undefined,
    cash_yuan: sum('cash') ?? paid?.count?.n,
    value_yuan: paid ? undefined : (sum('value') ?? valueIn(telling)),
    donor: DONOR.exec(text)?.[1],
    beneficiaries: pupil && (pupil.named!.pupils[0] ?? pupil.text),
    pupil_count: having('persons')[0]?.count?.n ?? pupilsIn(telling),
  };
}

/** 给10名贫困学生送去捐款: for how many, whatever the judge hears in the number. */
const pupilsIn = ({ own, script: { text } }: Telling): number | undefined =>
  own.find(({ count, end }) => count?.unit === 'persons' && /^[^,。;]{0,4}(?:学生|孩子|娃)/u.test(text.slice(end)))
    ?.count?.n;

/** 数还没点清, 多少本等点完再报: what and how much is not known yet. */
const UNCOUNTED =
  /(?:多少[本件个套台]?|数量?|品名|几[本件台])[^,。;]{0,8}(?:没点|没数|还没|说不准|说不清|不清楚|不晓得|不知道|等点)|(?:还没|没有?)(?:点清|清点|点数|数清)/u;

/** 估价一万八, 折下来一万二左右: the number after such words is the value. */
const VALUED = /(?:估[价值]|折[价合款]|折下来|折算|价值|值|按原价算|算下来)(?:了|约|大概|大约|在|有)?$/u;
const valueIn = ({ script: { tokens, pieces, text }, start: from, activity }: Telling): number | undefined =>
  tokens
    .slice(0, pieces[activity.span.next]?.first)
    .find(
      ({ count, start }) =>
        start >= from &&
        (count?.n ?? 0) >= LEAST_VALUE &&
        (count!.unit === 'money' || count!.unit === undefined) &&
        VALUED.test(text.slice(0, start)),
    )?.count?.n;
const LEAST_VALUE = 100;

/** 由校友会捐, 某某公司捐赠: the donor, if it was not the sender's side. */
const DONOR =
  /(?:由|联系(?:了|到)?|协调(?:了)?|^)([\p{Script=Han}]{0,8}(?:公司|校友会|校友|基金会|企业|商会|协会|家委会|爱心人士|书店|出版社|超市|志愿者))/u;

/** 「十台电脑、二十套桌椅」 or 「电脑10台、桌椅20套」. */
function itemsOf({ having, script: { tokens }, start, end, own, activity }: Telling): Item[] {
  const counts = having('goods').filter((token) => token.start >= start && token.end <= end);
  if (counts.length === 0)
    return own.flatMap((token, k) =>
      // 8000元电脑: what the money bought.
      token.nouns?.has('goods') &&
      (having('cash').length === 0 || (own[k - 1]?.end === token.start && !/[买购]/u.test(own[k - 1]!.text)))
        ? [{ name: token.text }]
        : [],
    );
  const titles = titlesOf(counts, tokens);
  const items: Item[] = [];
  for (const token of counts) {
    const { n, measure } = token.count!;
    const last = items.at(-1);
    const name = titles.get(token) ?? activity.goods.get(tokens.indexOf(token));
    const held = CONTAINER.test(last?.unit ?? '') && !CONTAINER.test(measure ?? '');
    // 一大箱跳绳，数了数有六十根: the exact number replaces the container.
    if (last && held && (name === undefined || name === last.name)) Object.assign(last, { qty: n, unit: measure });
    else if (name !== undefined) items.push({ name, qty: n, unit: measure });
  }
  return items;
}

/** What holds goods: 两箱绘本, 一批课桌. */
export const CONTAINER = /^[批车箱包袋堆摞捆筐]$/u;

/** 三十本《昆虫记》, or 《昆虫记》三十本: titles beside numbers, all on the same side. */
function titlesOf(counts: Token[], tokens: Token[]): Map<Token, string> {
  const titles = tokens.filter(({ type }) => type === 'title');
  const ahead = titles.some(({ end }) => end === counts[0]?.start);
  const beside = (count: Token) => titles.find(({ start, end }) => (ahead ? end === count.start : start === count.end));
  return new Map(counts.flatMap((count) => (beside(count) ? [[count, beside(count)!.text]] : [])));
}
