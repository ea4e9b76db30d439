import { isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

type Item = NonNullable<Reading['items']>[number];

/** Where the name of goods ends: signs, numbers, and words that give, count or link. */
const AFTER =
  /^(?:的|崭?新的?|全新的?|二手的?)?((?:(?!然后|接着|后来|另外|回来|现在|孩子|娃|我们|他们|大家|因为|一起|搬[上下进]|卸|小朋友|我自己|[呃嗯]|打包|[给送到由了共合总价值折约等和及与跟加还另并都是有捐寄拉拿发带交从把就])[\p{Script=Han}a-z ]|有声|发电|给水|送餐|带电|交通|发声|都市){1,10})/u;
/** A name before its number: the characters back to a sign, a verb of giving or a connective. */
const BEFORE =
  /(?:^|[,、。;:()\s+＋]|[给送赠捐寄拉运带买购发交拿搬收凑筹到了过的个有和及与跟还把将是啊呢嘛共\d])((?:(?![,、。;:()\s给送赠捐寄拉运带买购交拿搬凑筹到了过的和及与跟还把将是啊呢嘛共\d])[\p{Script=Han}a-z]){1,8})$/u;
const NO_NAME =
  /^(?:[、,。]|补[报登记]|大概|中午|下午|左右|上下|以上|多(?!媒体|功能)|余|来|每|价|值|用于|现金|东西|物资|物品|什么|我们|(?:孩子|娃|学生|老师)(?:们|$)|总|其中|全|各|一共|今天|昨天|这|那|里|去|来|上|说|大大小小|临走|当面|点好|因为|一起|满满|据说|学校$|合计|共计|留守|每个|[呃嗯啊]$)/u;

/** The goods with their quantities, the cash, the value of the goods, the donor and the beneficiaries. */
export function donationOf(telling: Telling): Partial<Reading> {
  const { having, text, own } = telling;
  const pupil = own.find(isPupil);
  const sum = (role: 'cash' | 'value') =>
    having(role).reduce<number | undefined>((all, { count }) => Math.max(all ?? 0, count!.n!), undefined);
  const items = itemsOf(telling);
  if (telling.status === 'done' && UNCOUNTED.test(telling.script.text)) telling.ask.push('items');
  // 现金:1500元 is no value of goods.
  const paid = having('value').find(({ start }) => /现金[:：]?$/u.test(telling.script.text.slice(0, start)));
  return {
    items: items.length > 0 ? items : undefined,
    cash_yuan: sum('cash') ?? paid?.count?.n,
    value_yuan: paid ? undefined : (sum('value') ?? valueIn(telling)),
    donor: DONOR.exec(text)?.[1],
    beneficiaries: pupil && (pupil.named!.pupils[0] ?? pupil.text),
    pupil_count: having('persons')[0]?.count?.n,
  };
}

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

/** 「十台电脑、二十套桌椅」 or 「电脑10台、桌椅20套」: on one side of all numbers stand the goods. */
function itemsOf({ having, script: { text, tokens }, start, end, own }: Telling): Item[] {
  const counts = having('goods').filter((token) => token.start >= start && token.end <= end);
  if (counts.length === 0)
    return own.flatMap((token, k) =>
      // 8000元电脑: what the money bought.
      token.nouns?.has('goods') &&
      (having('cash').length === 0 || (own[k - 1]?.end === token.start && !/[买购]/u.test(own[k - 1]!.text)))
        ? [{ name: token.text }]
        : [],
    );
  const edges = [
    ...tokens.filter(({ type, date }) => date !== undefined || type === 'name' || type === 'stop' || type === 'comma'),
    // 8台二手电脑: a number without a unit is part of the name.
    ...tokens.filter(({ count }) => count?.unit !== undefined),
  ];
  const sides = counts.map((token) => {
    const left = Math.max(start, ...edges.map((edge) => (edge.end <= token.start ? edge.end : 0)));
    const right = Math.min(end, ...edges.map((edge) => (edge.start >= token.end ? edge.start : end)));
    return {
      count: token.count!,
      after: titleAt(token.end, tokens) ?? nameIn(AFTER.exec(text.slice(token.end, right).trimStart())?.[1]),
      before:
        titleAt(token.start, tokens, 'end') ??
        wholeWord(nameIn(BEFORE.exec(text.slice(left, token.start).trimEnd())?.[1]), token, own),
      beside: { after: text[token.end] !== ' ', before: text[token.start - 1] !== ' ' },
      named: own.findLast(({ end: ends, nouns }) => nouns?.has('goods') && ends <= left)?.text,
    };
  });
  const goods = new Set(own.filter(({ nouns }) => nouns?.has('goods')).map((token) => token.text));
  // A known word for goods tells more than whatever else stands on that side: 校服60套点好数了.
  const told = (side: 'after' | 'before') =>
    sides.reduce((sum, { [side]: name, beside }) => {
      if (name === undefined) return sum;
      return sum + 2 + 2 * Number(goods.has(name)) + Number(beside[side]);
    }, 0);
  const [first, last] = [sides[0]!, sides.at(-1)!];
  const ahead =
    told('before') > told('after') ||
    (told('before') === told('after') && last.after === undefined && first.before !== undefined);
  const items: Item[] = [];
  for (const { count, after, before, named } of sides) {
    const last = items.at(-1);
    // 绘本今天送到了，60本: named before, and not counted yet.
    const name = (ahead ? (before ?? after) : (after ?? before)) ?? (last?.name === named ? undefined : named);
    // 一大箱跳绳，数了数有六十根: the exact number replaces the container.
    if (name !== undefined) items.push({ name, qty: count.n, unit: count.measure });
    else if (last && /^[批车箱包袋堆]$/u.test(last.unit ?? ''))
      Object.assign(last, { qty: count.n, unit: count.measure });
  }
  return items;
}

/** 运动鞋40双: a known word is not cut at 运, which may also be a verb. */
function wholeWord(name: string | undefined, { start }: Token, own: Token[]): string | undefined {
  const known = own.find(({ end, nouns }) => end === start && nouns?.has('goods'))?.text;
  return known !== undefined && !name?.endsWith(known) ? known : name;
}

/** 三十本《昆虫记》. */
const titleAt = (at: number, tokens: Token[], side: 'start' | 'end' = 'start'): string | undefined =>
  tokens.find((token) => token.type === 'title' && token[side] === at)?.text;

/** 送去棉被, 还有篮球: what stands before the name. */
const LEAD =
  /^(?:另外|出|近|[我他她咱]们|卸[下了来]+|捎[来去]|[去来了的些到另也啊呢嘛有加计配移]|临走|留下|我校|数了数|实际为|分别是)+/u;
/** 带着两台旧打印机下万佑, 带了二十支铅笔过去: where they went. */
const TAIL = /(?:大概|大约|差不多|过去|过来|回来|上去|上来|下乡|下|(?<=.)[上也留就都]|搬下车|搬进去)$/u;

/** 棉衣棉衣都是家长凑的, 字典一人一本: the name ends there. */
const once = (said: string | undefined): string | undefined =>
  said
    ?.trim()
    .replace(/^(.{2,4})\1.*$/u, '$1')
    .replace(/(?<=..)[一每]人.*$/u, '');

const nameIn = (said: string | undefined): string | undefined => {
  // 20个篮球 男生打到天黑: a space ends a name of two characters or more.
  const name = once(said)
    ?.trim()
    .replace(/(?<=..) .*$/u, '')
    .replace(LEAD, '')
    .replace(TAIL, '');
  return name === undefined || name === '' || NO_NAME.test(name) ? undefined : name;
};
