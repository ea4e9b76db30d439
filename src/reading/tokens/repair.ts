import { has, isPerson, isPupil } from './is.ts';
import type { Token } from './tokens.ts';

/** Removes what the speaker took back: 「昨天不对前天」, 「两节课，哦不，三节」. */
export function repaired(tokens: Token[]): Token[] {
  let out = tokens;
  for (let k = 1; k < out.length - 1; k += 1) {
    if (!has(out[k]!, 'repair')) continue;
    const before = out.slice(0, k).findLast((token) => typeOf(token) !== undefined);
    // 不是昨天是前天: the day that is denied comes first.
    const denied = (token: Token) => token.type === 'date' && token.text === before?.text;
    const after = out.slice(k + 1, k + 6).find((token) => typeOf(token) !== undefined && !denied(token));
    const type = after && typeOf(after);
    const wrong = type ? out.slice(0, k).findLast((token) => typeOf(token) === type) : undefined;
    if (!wrong || out[k]!.start - wrong.end > 8 + 8 * Number(out[k]!.text !== '不是')) continue;
    const right = {
      ...after!,
      start: wrong.start,
      end: wrong.end,
      text: wrong.text.endsWith('课') && !after!.text.endsWith('课') ? `${after!.text}课` : after!.text,
    };
    const turn = out[k];
    // 哦不是昨天是前天, 哎不对是上周五，前天我在监考: the day taken back is none of the activity's, wherever it is said again.
    const again = (token: Token) => type === 'date' && token.start > wrong.start && token.text === wrong.text;
    out = out
      .filter((token) => token !== after && token !== turn && !again(token))
      .map((token) => (token === wrong ? right : token));
    k -= 1;
  }
  return out;
}

/** Words that may stand between a slip and its correction. */
const SAID_WRONG = /^(?:家|老师|校长|主任)?[啊哦噢呃嗯哈嘛那个,，。.、\s]{0,4}$/u;
/** 上周四不对周五: the week said first still holds. */
const WEEK = /^(?:上上?|这|本|下下?)个?(?=周|星期|礼拜)/u;
const SAID_RIGHT = /^(?:不对|说错了?|错了|应该|是|就|[啊哦呃嗯哈,，。.、\s])*$/u;

/** 十三套哦不对三十套, 八个不对十个篮球, 周三不对是周四: the text without the slip, if its correction follows immediately. */
export function withoutTakenBack(text: string, tokens: readonly Token[]): string {
  let out = text;
  for (let k = tokens.length - 1; k > 0; k -= 1) {
    const turn = tokens[k]!;
    if (!has(turn, 'repair') || turn.text === '不是') continue;
    const wrong = tokens.slice(0, k).findLast(isValue);
    const right = tokens.slice(k + 1).find(isValue);
    if (!wrong || !right || explains(turn, right, text) || !replaces(wrong, right) || losesDays(wrong, right)) continue;
    // 他语文不对，数学也不对: neither takes anything back.
    if (right.subject && /^也/u.test(text.slice(right.end))) continue;
    if (!SAID_WRONG.test(text.slice(wrong.end, turn.start)) || !SAID_RIGHT.test(text.slice(turn.end, right.start)))
      continue;
    const week = /^(?:周|星期|礼拜)/u.test(right.text) ? (WEEK.exec(wrong.text)?.[0] ?? '') : '';
    out = out.slice(0, wrong.start) + week + out.slice(right.start);
  }
  return out;
}

/** 3号、10号不对17号, 10月12日不对13日: a cut would also lose the other day, or the month. */
const losesDays = (wrong: Token, right: Token): boolean =>
  (wrong.date?.said === 'list' && right.date?.said !== 'list') ||
  (/[\d一二三四五六七八九十]月|[到至]/u.test(wrong.date ? wrong.text : '') && !/月/u.test(right.text));

/** 做了20道，错了5道, 30道错了12道, 11月11号应该是周三: describes what was named. About an earlier record, the same words correct it. */
const explains = ({ text: turn, start }: Token, right: Token, text: string): boolean =>
  !OF_A_RECORD.test(text) &&
  (turn === '应该是' ||
    (turn === '错了' && (/[,，]$/u.test(text.slice(0, start)) || /[道题字空分]$/u.test(right.text))));
const OF_A_RECORD = /刚|方才|上一?条|上面|少[说算]/u;

const isValue = (token: Token): boolean => token.type === 'count' || typeOf(token) !== undefined;

/** 一百不对两百册: a number without a measure is taken back by any other. */
const replaces = (wrong: Token, right: Token): boolean =>
  wrong.type === 'count' && right.type === 'count'
    ? wrong.count!.unit === right.count!.unit ||
      !/\p{Script=Han}$/u.test(wrong.text.replace(/[一二两三四五六七八九十百千万零几多]+$/u, ''))
    : typeOf(wrong) === typeOf(right);

/** The type of a token that can replace another: dates, counts of one unit, names of one sort. */
function typeOf(token: Token): string | undefined {
  if (token.type === 'date') return 'date';
  if (token.type === 'count') return token.count!.unit && `count ${token.count!.unit}`;
  if (token.type !== 'name') return token.type === 'grade' ? 'grade' : token.subject ? 'subject' : undefined;
  return token.named!.schools.length > 0 ? 'school' : token.named!.pupils.length > 0 ? 'pupil' : 'person';
}

const isLead = (token: Token | undefined): boolean => token !== undefined && (isPerson(token) || has(token, 'me'));

/** 赵主任好, 李老师，我昨天…: the person addressed takes no part in the activity. */
export function withoutAddressed(tokens: Token[], text: string): Token[] {
  const [first, next] = tokens;
  if (!first || first.start > 0 || !(isPerson(first) || has(first, 'boss'))) return tokens;
  const greeted = /^(?:好|您|你(?!们))/u.test(text.slice(first.end));
  const parted = next?.type === 'comma' || next?.type === 'stop';
  // 方明：11号送教1节。我：今天听课1节: a list of people, and none of them is addressed.
  const listed = tokens.filter(({ text: sign }, k) => sign === ':' && isLead(tokens[k - 1]));
  if (listed.length > 1) return tokens;
  return greeted || (parted && tokens.some((token) => has(token, 'me'))) ? tokens.slice(1) : tokens;
}

/** 听罗春梅1 何俊1, 上课1听课2: bare numbers that count lessons. */
export function terse(tokens: Token[], text: string): Token[] {
  const heard = tokens.some(({ verbs, kind }) => verbs?.has('listen') || kind === 'observe' || kind === 'demo_lesson');
  if (!heard) return tokens;
  return tokens.map((token, k) => {
    const { type, count, start, end } = token;
    const before = tokens[k - 1];
    const led = before?.end === start && (isPerson(before) || /[上听]课?了?$/u.test(before.text));
    const bare = type === 'count' && count!.unit === undefined && (count!.n ?? MOST_LESSONS) < MOST_LESSONS;
    return bare && led && /^(?:$|[\s,，。;；、听上]|[(（](?!\d))/u.test(text.slice(end))
      ? { ...token, count: { ...count!, unit: 'lessons', measure: '节' } }
      : token;
  });
}

const MOST_LESSONS = 10;

/** 他家, 她爸, 他自己: here the pronoun does not stand for the person who acted. */
const NOT_ALONE = /^(?:们|家|[爸妈爹娘爷奶姥外公婆姑叔伯舅姨哥姐弟妹父母]|自己|那|这|的(?!课))/u;

/** 毕老师也去了，她上了一节: resolves a pronoun to the colleague named last. After a pupil's name it means the pupil and is left alone. */
export function referred(tokens: Token[], text: string, sender: string | undefined): Token[] {
  let last: Token | undefined;
  return tokens.map((token) => {
    if (token.type === 'name' && token.named!.schools.length === 0)
      last = isPupil(token) && !isPerson(token) ? undefined : token.named!.people.includes(sender ?? '') ? last : token;
    const alone =
      /^[他她]$/u.test(token.text) && !NOT_ALONE.test(text.slice(token.end)) && text[token.start - 1] !== '其';
    return last && alone && last.end < token.start
      ? { ...token, type: 'name', tags: undefined, named: last.named, means: last.text }
      : token;
  });
}
