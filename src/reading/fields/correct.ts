import { TURN } from '../tables/mending.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import { type Token, tokenise } from '../tokens/tokens.ts';
import { datesOf } from '../tokens/when.ts';
import type { ReadAt, Reading } from '../types.ts';
import { modeOf } from './words.ts';

/** 昨天那条是2节: what it should say, up to the next comma. */
const NAMES_LINE = /^.{0,4}那条(?:记录)?(?:应该)?是(?!不是)/u;
/** 小雨那个是11号，看错了. */
const SEEN_WRONG = /^(?!.*不是).{1,8}?是([^,，]+)[,，].{0,3}[看记搞弄写填](?:错|混)了?$/u;
const TURNS = new RegExp(TURN, 'gu');

/** What a message changes in the last record; undefined if it does not say (reading.md, convention 3). */
export function correctionOf(said: string, words: Token[], at: ReadAt, roster: NameRoster): Reading | undefined {
  // 上一条中“听课3节”应为“听课2节”: the quotes hold the corrected value. 4月27日，非26日: not.
  const text = said.replaceAll('"', '').replaceAll(/(?<=[,，\s])非(?=[\d一二两三四五六七八九十])/gu, '不是');
  const parts = text.split(SEPARATE).filter((part) => CHANGES.test(part));
  if (parts.length < 2) return changeIn(text, text === said ? words : tokenise(text, roster), at, roster);
  const changes = parts.flatMap((part) => changeIn(part, tokenise(part, roster), at, roster) ?? []);
  if (changes.length === 0) return undefined;
  const set = Object.assign({}, ...changes.map((change) => change.set));
  return Object.assign({}, ...changes, Object.keys(set).length > 0 ? { set } : {});
}

/** 日子是10号，不是11号；也不止一节，是两节: each part changes one value. */
const SEPARATE = /[;。]|[,，](?=也不|另外|还有|节数|日期|次数|科目)|另外|还有那个/u;
const CHANGES = new RegExp(`${TURN}|不是`, 'u');
/** 昨天那条, 11月2日那次: the day says which record is meant. */
const THAT_RECORD = /^[)）]?的?[^,，。;\d刚上]{0,6}那[条次个趟]|^[)）]?的?记录/u;

function changeIn(text: string, all: Token[], at: ReadAt, roster: NameRoster): Reading | undefined {
  const tokens = all.filter(({ date, end }) => !date || !THAT_RECORD.test(text.slice(end)));
  const [said, wrong] = sides(text, tokens);
  const right = upToComma(said, text);
  const pupilsIn = (side: Token[]) => [
    ...new Set(side.filter(isPupil).flatMap((token) => token.named!.pupils.slice(0, 1))),
  ];
  const pupils = pupilsIn(right);
  const instead = pupilsIn(wrong).filter((name) => !pupils.includes(name));
  const reading: Reading = { kind: 'same_as_last', status: 'correction', target: 'last_record' };
  const set = valuesOf(right, wrong, text, at, roster, tokens);
  if (pupils.length === 1 && instead.length === 1 && pupils[0] !== instead[0])
    reading.replace_pupil = { from: instead[0]!, to: pupils[0]! };
  else if (pupils.length > 0) set.pupils = pupils;
  // 我语音说快了: how it was said.
  if (reading.replace_pupil && /语音|打字/u.test(text)) delete set.mode;
  if (Object.keys(set).length > 0) reading.set = set;
  return reading.set || reading.replace_pupil ? reading : undefined;
}

/** 改成三节，漏了一节音乐: a reason after the new value says nothing new. */
function upToComma(right: Token[], text: string): Token[] {
  const first = right.find(({ count, date, type }) => count || date || type === 'name' || type === 'grade');
  const comma = first ? text.slice(first.end).search(/[,，。;]/u) : -1;
  return comma < 0 ? right : right.filter(({ start }) => start < first!.end + comma);
}

/** The right and the wrong value: 不是X是Y, 是Y不是X, X改成Y. */
function sides(text: string, tokens: Token[]): [Token[], Token[]] {
  const between = (from: number, to: number) => tokens.filter((token) => token.start >= from && token.end <= to);
  const line = NAMES_LINE.exec(text) ?? SEEN_WRONG.exec(text);
  if (line) {
    const from = text.indexOf('是') + 1;
    const comma = text.slice(from).search(/[,，。]/u);
    return [between(from, comma < 0 ? text.length : from + comma), []];
  }
  // 小雨写成小杰了: the right value comes first.
  const into = /[写记报填打说]成/u.exec(text);
  if (into && (/把.{1,8}$/u.test(text.slice(0, into.index)) || !/应|改|其实|实际|不是/u.test(text)))
    return [
      tokens.filter((token) => token.end <= into.index),
      tokens.filter((token) => token.start >= into.index + into[0].length),
    ];
  const not = text.lastIndexOf('不是');
  const turns = [...text.matchAll(TURNS)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
  const said = turns.filter(({ start, end }) => end - start > 1 && !/^[,。]/u.test(text.slice(start)));
  const last = said.at(-1) ?? turns.at(-1);
  if (not >= 0 && (!last || last.start < not)) {
    const begin = last && last.end <= not ? last.end : 0;
    return [between(begin, not), between(not, text.length)];
  }
  if (last) return [between(last.end, text.length), between(0, last.start)];
  const wrong = /错了?[,。:]?/u.exec(text);
  return wrong ? [between(wrong.index + wrong[0].length, text.length), between(0, wrong.index)] : [tokens, []];
}

/** 听的是何俊; 那条听课，上课的老师应该写罗兰. */
const LISTENED = /(?:听的(?:课)?|听.*[上授讲]课的?(?:老师|人)?)(?:应该?)?[是写为]?$/u;

function valuesOf(
  right: Token[],
  wrong: Token[],
  text: string,
  at: ReadAt,
  roster: NameRoster,
  tokens: Token[],
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  const dates = datesOf(right, text, at.today, 'past');
  if (dates.days.length === 1) set.date = dates.days[0];
  else if (dates.days.length > 1) set.dates = dates.days;
  for (const token of right) {
    const { count } = token;
    if (count?.unit === 'goods' && count.n !== undefined) {
      const name = goodsIn(text, tokens, count.measure !== '个');
      if (name) set.items = [...((set.items as object[]) ?? []), { name, qty: count.n, unit: count.measure }];
    }
    if (count?.n !== undefined) setCount(set, count.unit ?? unitBefore(wrong, text), count.n);
    if (isSchool(token)) set.place = token.named!.schools[0];
    if (has(token, 'own') && roster.knows.sender?.school) set.place = roster.knows.sender.school;
    if (isPerson(token) && !isPupil(token) && token.named!.people.length === 1)
      set[
        /^(?:老师)?的课/u.test(text.slice(token.end)) || LISTENED.test(text.slice(0, token.start)) ? 'teacher' : 'by'
      ] ??= token.named!.people[0];
    if (token.subject && !/^老师/u.test(text.slice(token.end))) set.subject ??= token.value;
    if (token.type === 'grade') set.grade ??= token.value;
    if (has(token, 'online')) set.mode = 'online';
    if (token.type === 'clock') set.time_in ??= token.value;
  }
  if (Object.keys(set).length === 0 && /评/u.test(text)) set.evaluated = !/[没未]有?(?:来得及)?评|没评/u.test(text);
  const kindOf = (side: Token[]) => side.find((token) => token.kind !== undefined)?.kind;
  const kind = kindOf(right);
  const mode = right.some(
    (token) => token.kind === 'home_visit' || /上门|走访|登门|入户|电话|视频|微信|语音|打的|打电/u.test(token.text),
  )
    ? modeOf(right)
    : undefined;
  const wrongKind = kindOf(wrong);
  if (mode && (kind === undefined || kind === 'home_visit')) set.mode = mode;
  else if (kind && kind !== wrongKind && (wrongKind !== undefined || Object.keys(set).length === 0)) set.kind = kind;
  // 捐款金额改成六百元: the sum given, not the value of goods.
  if (set.value_yuan !== undefined && /捐款|现金|捐了?钱/u.test(text)) {
    set.cash_yuan = set.value_yuan;
    delete set.value_yuan;
  }
  return set;
}

/** 昨天那条电脑数错了，不是15台是18台: the goods whose number is corrected. */
const goodsIn = (text: string, tokens: Token[], surely: boolean): string | undefined =>
  tokens.find(({ nouns }) => nouns?.has('goods'))?.text ?? (surely ? GOODS_NAMED.exec(text)?.[1] : undefined);
const GOODS_NAMED = /(?:条|的|里|,)([\p{Script=Han}]{2,6}?)(?:数|写|报|登|记|不是|应)/u;

function unitBefore(wrong: Token[], text: string): string | undefined {
  const unit = wrong.findLast((token) => token.count?.unit)?.count?.unit;
  return unit ?? (/节数|课时/u.test(text) ? 'lessons' : /次数/u.test(text) ? 'times' : undefined);
}

const COUNT_FIELDS: Record<string, string> = {
  lessons: 'lessons',
  times: 'times',
  days: 'days',
  weeks: 'weeks',
  money: 'value_yuan',
};

function setCount(set: Record<string, unknown>, unit: string | undefined, n: number): void {
  const field = unit && COUNT_FIELDS[unit];
  if (field) set[field] ??= n;
}
