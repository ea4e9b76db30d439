import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { counts, goodsBeside, itemsOf, quantity } from './items.ts';

/** The donation: goods with their numbers, cash, and the value of the goods (reading.md: 「旧电脑六台，值四千八」). */
export function donationOf(draft: ActivityDraft, text: string): Partial<Reading> {
  const { tokens } = draft;
  const items = itemsOf(tokens, text);
  const loose = tokens.find(
    (token) =>
      counts(token) && !items.some((item) => item.qty === token.count!.n && item.unit === token.count!.measure),
  );
  if (items.length === 1 && items[0]!.qty === undefined && loose)
    Object.assign(items[0]!, { qty: loose.count!.n, unit: loose.count!.measure });
  // 一批书, 共120本: the exact number replaces the batch.
  if (items.length === 1 && /^[批车]$/u.test(items[0]!.unit ?? '') && loose) Object.assign(items[0]!, quantity(loose));
  const people = tokens.find((token) => token.count?.unit === 'persons')?.count?.n;
  // 30名学生每人一个书包.
  if (people && tokens.some((token) => /^(?:每人|每名|每位|每个|一人)$/u.test(token.text)))
    for (const item of items) if (item.qty !== undefined) item.qty *= people;
  const fields: Partial<Reading> = items.length > 0 ? { items } : {};
  Object.assign(fields, moneyOf(tokens, items.length > 0));
  const donor = donorOf(tokens, text);
  if (donor) fields.donor = donor;
  const pupil = tokens.find(isPupil);
  if (pupil) fields.beneficiaries = pupil.named!.pupils[0] ?? pupil.text;
  for (const token of tokens) {
    const [helped] = (token.count?.unit === 'persons' && PUPILS.exec(text.slice(token.end))) || [];
    if (helped === undefined) continue;
    fields.pupil_count = token.count!.n;
    fields.beneficiaries = `${token.text}${helped}`;
  }
  return fields;
}

/** The pupils who receive it, after their number: 10名(贫困学生). */
const PUPILS =
  /^(?:家庭)?(?:经济)?(?:贫困|困难|特困|留守|受助|特殊|优秀)?(?:家庭)?的?(?:学生|同学|孩子|儿童|生(?!日))/u;

/** The sum given, and the value of the goods. A bare number is money after 捐款 and 捐了. */
function moneyOf(tokens: Token[], withItems: boolean): Partial<Reading> {
  const fields: Partial<Reading> = {};
  tokens.forEach((token, k) => {
    const n = token.count?.n;
    if (n === undefined) return;
    // 捐款6200元, 每人620元: the share of each.
    if (
      fields.cash_yuan !== undefined &&
      tokens[k - 1] &&
      /^(?:每人|每名|每位|每生|人均|每户)$/u.test(tokens[k - 1]!.text)
    )
      return;
    const before = tokens.slice(Math.max(0, k - 2), k);
    const worth = before.some((other) => has(other, 'money') && token.start - other.end <= 4);
    const money = token.count!.unit === 'money' || (token.count!.measure === '块' && !goodsBeside(tokens, k));
    const bare = token.count!.unit === undefined;
    const last = before.at(-1);
    if (worth && (money || bare)) fields.value_yuan = n;
    else if (money && tokens[k + 1] && has(tokens[k + 1]!, 'cash') && tokens[k + 1]!.start - token.end <= 1)
      fields.cash_yuan = n;
    else if (money) fields[withItems && afterItems(tokens, k) ? 'value_yuan' : 'cash_yuan'] = n;
    // 共计3万2 after goods: too many to be goods.
    else if (bare && last && has(last, 'total') && withItems && n >= 1000) fields.value_yuan = n;
    else if (bare && last && (has(last, 'cash') || (/^捐/u.test(last.text) && n >= 100 && !goodsBeside(tokens, k))))
      fields.cash_yuan = n;
  });
  return fields;
}

/** 「书包20个, 合计2000元」: money after goods is their value; 「现金2000元」 and 「捐款2000元」 are cash. */
function afterItems(tokens: Token[], k: number): boolean {
  const before = tokens.slice(Math.max(0, k - 2), k);
  if (before.some((token) => has(token, 'cash') || /捐款|现金|捐资|资助|钱/u.test(token.text))) return false;
  return before.some((token) => has(token, 'total')) || tokens.slice(0, k).some((token) => token.nouns?.has('goods'));
}

/** 由校友会捐, 某某公司捐赠: the donor, if it was not the sender's side. */
function donorOf(tokens: Token[], text: string): string | undefined {
  const verb = tokens.find((token) => /^(?:捐|赠)/u.test(token.text));
  if (!verb) return undefined;
  return /(?:由|联系(?:了|到)?|协调(?:了)?|^)([\p{Script=Han}]{0,8}(?:公司|校友会|校友|基金会|企业|商会|协会|家委会|爱心人士|书店|出版社|超市|志愿者))/u.exec(
    text.slice(0, verb.start),
  )?.[1];
}
