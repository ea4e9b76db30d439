import { hitsIn } from '../structure/hits.ts';
import { DISCARD, FIELD, JUST_NOW, MISTAKE, NEEDLESS, RECORD, TURN, WITHDRAW } from '../tables/mending.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import { type Token, tokenise } from '../tokens/tokens.ts';
import type { ReadAt, Reading } from '../types.ts';
import { modeOf } from './extras.ts';
import { datesOf } from './when.ts';

const LAST = `(?:${RECORD}|${JUST_NOW})`;
const WITHDRAWN: RegExp[] = [
  new RegExp(`${WITHDRAW}(?:一下)?我?${LAST}|${LAST}.{0,12}?${WITHDRAW}`, 'u'),
  new RegExp(`${DISCARD}${RECORD}|${RECORD}.{0,8}?${DISCARD}`, 'u'),
  new RegExp(`^(?:请|麻烦|我要|我想)?(?:帮我|给我)?${WITHDRAW}(?:吧|一下|掉|记录)?[。!]?$`, 'u'),
  new RegExp(`${NEEDLESS}.{0,6}(?:${WITHDRAW}|取消)`, 'u'),
  new RegExp(`${RECORD}.{0,4}(?:是别人的|不是我的|重复了|报重了|多报了|不作数)`, 'u'),
];
const TO_LAST = new RegExp(`^.{0,6}${LAST}|${LAST}.{0,8}(?:错|改|不是|应该|其实|实际)|${MISTAKE}`, 'u');
const TO_LAST_FIRST = new RegExp(`^.{0,6}${LAST}|^.{0,3}${MISTAKE}`, 'u');
const ADDS = new RegExp(`${RECORD}.{0,8}(?:漏|少|补|忘)|(?:少报|漏报|漏写|少写|忘写)`, 'u');
const AMISS = new RegExp(`${MISTAKE}|错了|改一下|改[成为到]|应[为是]|其实[是只]|实际[是上只]`, 'u');
/** 刚报的听课, 节数是四节: the field of the record, and its new value. */
const NAMES_FIELD = new RegExp(`^.{0,2}${RECORD}.{0,8}?(?:${FIELD})(?:应该)?[是为]`, 'u');
/** 刚才那节是八年级语文: a detail of the record, added afterwards. */
const NAMES_RECORD = /^.{0,2}(?:刚才|刚刚|刚|上面)那[节次堂场条](?:课)?(?:应该)?是(?!不是)/u;
/** 昨天那条是2节: what it should say, up to the next comma. */
const NAMES_LINE = /^.{0,4}那条(?:记录)?(?:应该)?是(?!不是)/u;
/** 小雨那个是11号，看错了. */
const SEEN_WRONG = /^(?!.*不是).{1,8}?是([^,，]+)[,，].{0,3}[看记搞弄写填](?:错|混)了?$/u;
/** 刚才的听课少写了一节, 是三节. */
const MISCOUNTED = new RegExp(`^.{0,2}${RECORD}.{0,8}?[多少漏][写报记填算]了?.{0,6}[,。]\\s*(?:应该)?是`, 'u');
const FIELD_AMISS = new RegExp(
  `^(?:哦|噢|啊|呃|哎|不好意思)?[,， ]?(?:${FIELD})[写说报记填弄搞]?(?:错了?|不对|有误|应)`,
  'u',
);
const TURNS = new RegExp(TURN, 'gu');

/** Every correction contains one of these; most messages contain none. */
const HINT = /[撤删废销掉条错改应误漏少补忘重]|取消|不[要算是对不]|[哦啊]不|刚|更正|纠正|其实|实际|别人的/u;

/** A message that corrects or withdraws the last record instead of reporting (reading.md, convention 3). */
export function correctionOf(said: string, words: Token[], at: ReadAt, roster: NameRoster): Reading | undefined {
  if (!HINT.test(said)) return undefined;
  // 上一条中“听课3节”应为“听课2节”: the quotes hold the corrected value.
  const text = said.replaceAll('"', '');
  const tokens = text === said ? words : tokenise(text, roster);
  if (WITHDRAWN.some((pattern) => pattern.test(text)))
    return { kind: 'same_as_last', status: 'cancel', target: 'last_record' };
  // 不是家访就是备课 corrects nothing.
  if (/不是.{1,8}就是/u.test(text)) return undefined;
  if (tokens.some((token) => token.text === '?') || !mends(text, tokens, at)) return undefined;
  const [right, wrong] = sides(text, tokens);
  const pupilsIn = (side: Token[]) => [
    ...new Set(side.filter(isPupil).flatMap((token) => token.named!.pupils.slice(0, 1))),
  ];
  const pupils = pupilsIn(right);
  const instead = pupilsIn(wrong).filter((name) => !pupils.includes(name));
  const reading: Reading = { kind: 'same_as_last', status: 'correction', target: 'last_record' };
  const set = valuesOf(right, wrong, text, at, roster);
  if (pupils.length === 1 && instead.length === 1 && pupils[0] !== instead[0])
    reading.replace_pupil = { from: instead[0]!, to: pupils[0]! };
  else if (pupils.length > 0) set.pupils = pupils;
  // 我语音说快了: how it was said.
  if (reading.replace_pupil && /语音|打字/u.test(text)) delete set.mode;
  if (Object.keys(set).length > 0) reading.set = set;
  return reading.set || reading.replace_pupil ? reading : undefined;
}

/** Whether the message is about something already reported: 上条, 说错了, or 不是…是… without a report before it. */
function mends(text: string, tokens: Token[], at: ReadAt): boolean {
  const turn = tokens.find((token) => has(token, 'repair', 'replanned'));
  const wrong = turn !== undefined || AMISS.test(text);
  if (NAMES_FIELD.test(text) || NAMES_RECORD.test(text) || MISCOUNTED.test(text) || NAMES_LINE.test(text)) return true;
  if (FIELD_AMISS.test(text) && tokens.some((token) => token.date || token.count || isPupil(token) || isSchool(token)))
    return true;
  if (!wrong && !ADDS.test(text)) return false;
  const hits = hitsIn(tokens.filter((token) => token.type !== 'comma' && token.type !== 'stop'));
  const clear = tokens.filter((token) => token.type !== 'comma' && token.type !== 'stop');
  const report = hits.some(
    (hit) =>
      clear
        .slice(hit.first, hit.last + 2)
        .some(
          (token) =>
            token.start < (turn?.start ?? Number.POSITIVE_INFINITY) &&
            (/[了过]/u.test(token.text) || token.count?.unit !== undefined),
        ) && !/不是/u.test(text.slice(0, clear[hit.first]!.start)),
  );
  if (TO_LAST.test(text) && (wrong || (!report && ADDS.test(text)))) return !report || TO_LAST_FIRST.test(text);
  if (!turn || report || toldAfter(clear, turn)) return false;
  if (turn.text === '不是' && comparable(tokens, turn)) return true;
  const moved =
    datesOf(tokens, text, at.today, 'open').days.some((day) => day > at.today) || /下[个周星礼]|另行/u.test(text);
  if (has(turn, 'replanned'))
    return !moved && /改成|改为/u.test(turn.text) && !tokens.some((token) => has(token, 'failed', 'intended'));
  return (
    FIELD_AMISS.test(text) ||
    (/不是.{1,20}(?<!不)是|(?<!不)是.{1,20}不是|应该是|^更正|^不对|^错了|^哦不|^不不/u.test(text) && !moved)
  );
}

/** 昨天嗯不是昨天是前天去万佑上了两节: after correcting a word, the sender goes on reporting. */
function toldAfter(tokens: Token[], turn: Token): boolean {
  const after = tokens.filter((token) => token.start >= turn.end);
  return hitsIn(after).some(
    (hit) =>
      after.slice(hit.first, hit.last + 1).some((token) => /[了过]/u.test(token.text)) &&
      after.slice(hit.first, hit.last + 2).some((token) => token.count?.n !== undefined),
  );
}

/** 两节不是一节: two values of one sort, and nothing else. */
function comparable(tokens: Token[], turn: Token): boolean {
  const sort = (token: Token) => (token.type === 'count' ? token.count!.unit : token.type);
  const [right, wrong] = [
    tokens.filter((token) => token.end <= turn.start),
    tokens.filter((token) => token.start >= turn.end),
  ];
  return right.length === 1 && wrong.length === 1 && right[0]!.type !== 'word' && sort(right[0]!) === sort(wrong[0]!);
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

function valuesOf(
  right: Token[],
  wrong: Token[],
  text: string,
  at: ReadAt,
  roster: NameRoster,
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  const dates = datesOf(right, text, at.today, 'past');
  if (dates.days.length === 1) set.date = dates.days[0];
  else if (dates.days.length > 1) set.dates = dates.days;
  for (const token of right) {
    const { count } = token;
    if (count?.n !== undefined) setCount(set, count.unit ?? unitBefore(wrong, text), count.n);
    if (isSchool(token)) set.place = token.named!.schools[0];
    if (has(token, 'own') && roster.knows.sender?.school) set.place = roster.knows.sender.school;
    if (isPerson(token) && !isPupil(token) && token.named!.people.length === 1)
      set[
        /^(?:老师)?的课/u.test(text.slice(token.end)) || /听的(?:课)?(?:应该)?是?$/u.test(text.slice(0, token.start))
          ? 'teacher'
          : 'by'
      ] ??= token.named!.people[0];
    if (token.subject && !/^老师/u.test(text.slice(token.end))) set.subject ??= token.value;
    if (token.type === 'grade') set.grade ??= token.value;
    if (has(token, 'online')) set.mode = 'online';
  }
  const kind = hitsIn(right)[0]?.kind;
  const mode = right.some(
    (token) => token.kind === 'home_visit' || /上门|走访|登门|入户|电话|视频|微信|语音|打的|打电/u.test(token.text),
  )
    ? modeOf(right)
    : undefined;
  const wrongKind = hitsIn(wrong)[0]?.kind;
  if (mode && (kind === undefined || kind === 'home_visit')) set.mode = mode;
  else if (kind && kind !== wrongKind && (wrongKind !== undefined || Object.keys(set).length === 0)) set.kind = kind;
  // 捐款金额改成六百元: the sum given, not the value of goods.
  if (set.value_yuan !== undefined && /捐款|现金|捐了?钱/u.test(text)) {
    set.cash_yuan = set.value_yuan;
    delete set.value_yuan;
  }
  return set;
}

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
