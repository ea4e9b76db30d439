import { daysBetween, type Ymd } from '../../plan/dates.ts';
import type { Script } from '../structure/pieces.ts';
import { NOT_POSSIBLE, WITHOUT_SUCCESS } from '../tables/failure.ts';
import type { Tag } from '../tables/words.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { datesOf } from '../tokens/when.ts';
import type { ReadAt, Reading, ReadingStatus } from '../types.ts';
import { sentenceEnd } from './features.ts';
import type { Verdict } from './judge.ts';

/** What a guarantee looks at. */
interface Facts {
  status: ReadingStatus;
  /** The tokens of the piece that says most of what it is, and all up to the end of its sentence. */
  main: Token[];
  own: Token[];
  /** The whole message. */
  all: string;
  asked: boolean;
  /** The text of its clause, up to the end of the main piece. */
  said: string;
  /** Its days, if they lie on the past or the future side of today. */
  past: Ymd[];
  future: Ymd[];
  /** It names no day, and the day before it in the message lies ahead. */
  goesOn: boolean;
  today: Ymd;
  /** It is for a part of today that had, or had not, begun when the message was written. */
  partOfToday?: 'begun' | 'ahead';
}

/** A rule that holds whatever the judge has learned. `says` is a message of Friday 2026-11-20 to which it applies. */
export interface Guarantee {
  name: string;
  says: string;
  when: (facts: Facts) => boolean;
  becomes: ReadingStatus;
}

export const GUARANTEES: readonly Guarantee[] = [
  {
    name: 'a question mark asks',
    says: '昨天到万佑送教一节?',
    when: ({ asked }) => asked,
    becomes: 'question',
  },
  {
    name: 'a question word at the end asks, also without a mark',
    says: '昨天到万佑送教了吗',
    when: ({ said }) => ASKS.test(said),
    becomes: 'question',
  },
  {
    name: 'a negation right before the words that name it denies it',
    says: '昨天没去万佑送教',
    when: ({ status, main }) =>
      status === 'done' && main.some((token, k) => has(token, 'negation') && denies(token, main[k + 1])),
    becomes: 'not_done',
  },
  {
    name: 'what came to nothing was not done, wherever that is said',
    says: '昨天到万佑送教，没去成',
    when: ({ status, own }) =>
      status === 'done' && own.some((token, k) => CAME_TO_NOTHING.test(token.text) && !madeGood(own, k)),
    becomes: 'not_done',
  },
  {
    name: 'a lesson that was not discussed was heard all the same',
    says: '昨天到万佑听了一节，没顾上评',
    when: ({ status, own }) => status === 'not_done' && isOnlyUndiscussed(own.map(({ text }) => text).join('')),
    becomes: 'done',
  },
  {
    name: 'a month and day just ahead are no day of last year',
    says: '12月2日到万佑送教',
    when: ({ status, past, future, today }) =>
      status === 'done' &&
      past.length > 0 &&
      past.every((day) => daysBetween(day, today) > LONG_AGO) &&
      future.some((day) => day > today && daysBetween(today, day) < SOON),
    becomes: 'planned',
  },
  {
    name: 'what is told of today with 了 is no plan',
    says: '今天打电话给小雨妈妈，说了说她的进步',
    when: ({ status, past, own, today, all }) =>
      status === 'planned' &&
      past.length > 0 &&
      past.every((day) => day <= today) &&
      own.some(({ text, end, verbs }) => (verbs?.size ?? 0) > 0 && /[了过]/u.test(text + all.slice(end, end + 1))) &&
      !own.some((token) => has(token, 'tomorrow', 'intended', 'replanned')),
    becomes: 'done',
  },
  {
    name: 'nothing done lies ahead',
    says: '明天到万佑送教一节',
    when: ({ status, past, today, goesOn }) => status === 'done' && (goesOn || past.some((day) => day > today)),
    becomes: 'planned',
  },
  {
    name: 'a part of today that has not begun lies ahead',
    says: '今晚去小雨家家访',
    when: ({ status, partOfToday, own }) =>
      status === 'done' && partOfToday === 'ahead' && !own.some(({ text }) => /[了过完]/u.test(text)),
    becomes: 'planned',
  },
  {
    name: 'a part of today that has begun is no plan, unless it says so',
    says: '今天上午去万佑听课',
    when: ({ status, partOfToday, main }) =>
      status === 'planned' && partOfToday === 'begun' && !main.some((token) => has(token, 'tomorrow')),
    becomes: 'done',
  },
  {
    name: 'nothing planned lies behind',
    says: '昨天到万佑送教一节',
    when: ({ status, future, today }) =>
      status === 'planned' && future.length > 0 && future.every((day) => day < today),
    becomes: 'done',
  },
  {
    name: 'what cannot be done is no plan',
    says: '明天去不了万佑送教了',
    when: ({ status, said }) => status === 'planned' && IMPOSSIBLE.test(said),
    becomes: 'not_done',
  },
];

const LONG_AGO = 300;
const SOON = 60;

/** 听了一节没顾上评: nothing else is denied. */
const isOnlyUndiscussed = (said: string): boolean =>
  /听.*(?:[没未].{0,5}评|评课?[没未])/u.test(said) &&
  !/[没未不]|取消|改[到期]/u.test(
    said.replace(/(?:[没未](?:来得及|顾得上).{0,3}评|[没未].{0,5}评|评课?[没未]).*$/u, ''),
  );

/** The activity itself failed; 作业没人管 is no failure of a visit. */
const CAME_TO_NOTHING = new RegExp(
  `^${WITHOUT_SUCCESS}$|^(?:取消了?|作罢|扑空|白跑|白跑一趟|未果|未成|未遂|打不进)$`,
  'u',
);

const IMPOSSIBLE = new RegExp(NOT_POSSIBLE, 'u');

/** 开头没打通, 后来她爸接的: it happened after all. */
const madeGood = (own: Token[], k: number): boolean =>
  own.slice(k + 1).some(({ text }) => /^(?:又|后来|终于|最后|只好|就|改|补)/u.test(text));

/** 没去, 没谈, 没家访: the negation and what it denies stand side by side. */
function denies(negation: Token, next: Token | undefined): boolean {
  if (/[去来成上]$/u.test(negation.text) && negation.text.length > 1) return true;
  const beside = next !== undefined && next.start - negation.end <= 1;
  return (
    beside && !has(next, 'evaluate') && (next.kind !== undefined || has(next, 'goto') || (next.verbs?.size ?? 0) > 0)
  );
}

/** The status of an activity: what the judge finds likeliest, within the guarantees. */
export function statusOf(
  { span, choices, roles }: Verdict,
  script: Script,
  { today, time }: ReadAt,
  before?: Reading,
): ReadingStatus {
  const piece = script.pieces[span.main]!;
  const dated = [...roles].flatMap(([k, { value }]) => (value === 'when' ? [script.tokens[k]!] : []));
  const days = (tense: 'past' | 'future') => datesOf(dated, script.text, today, tense).days;
  const inherited =
    dated.length === 0 && choices.day.value === 'before' ? [before?.date, ...(before?.dates ?? [])] : [];
  let status = choices.status.value as ReadingStatus;
  const facts = {
    main: script.tokens.slice(piece.first, piece.last),
    own: script.tokens.slice(script.pieces[span.from]!.first, script.pieces[sentenceEnd(script, span) - 1]!.last),
    all: script.text,
    asked: piece.asked && span.main === span.from,
    said: script.text.slice(script.pieces[clauseOf(span, script)]!.start, piece.end),
    past: days('past'),
    future: days('future'),
    goesOn: inherited.some((day) => day !== undefined && day > today),
    today,
    partOfToday: partOf(script.tokens.slice(script.pieces[span.from]!.first, piece.last), dated, time),
  };
  for (const { when, becomes } of GUARANTEES) if (when({ ...facts, status })) status = becomes;
  return status;
}

/** 校长找小杰谈话了吗, without a question mark. */
const ASKS = /(?:吗|了没)[啊呀]?[。?\s]*$/u;

const PARTS: [RegExp, string][] = [
  [/晚/u, '18:00'],
  [/下午/u, '12:00'],
  [/上午/u, '08:00'],
];

/** 「今天下午去听课」, written in the morning or in the evening. */
function partOf(said: Token[], dated: Token[], time: string | undefined): Facts['partOfToday'] {
  const part = said.find((token) => has(token, 'afternoon') || token.text === '今晚')?.text ?? '';
  const begins = PARTS.find(([name]) => name.test(part))?.[1];
  const today = dated.length > 0 && dated.every(({ date }) => date!.said === 'day' && date!.offset === 0);
  return begins === undefined || time === undefined || !today ? undefined : time < begins ? 'ahead' : 'begun';
}

/** Ways of speaking about others' actions or wishes: whatever the judge hears, nothing is recorded at once. */
export const OF_OTHERS: readonly { name: string; says: string; tag: Tag }[] = [
  { name: 'supposed', says: '如果昨天去万佑送教就好了', tag: 'condition' },
  { name: 'heard', says: '听说昨天万佑送教了', tag: 'hearsay' },
  { name: 'wished', says: '希望能去万佑送教', tag: 'wish' },
  { name: 'said to somebody', says: '你昨天去万佑送教了', tag: 'you' },
  { name: 'urged', says: '别忘了去万佑送教', tag: 'urge' },
  { name: 'proposed', says: '要不去万佑送教', tag: 'suggest' },
  { name: 'of one’s own family', says: '我老公昨天去万佑捐了书', tag: 'ownLife' },
];

/** Whether the words that lead to an activity speak of others; what is said after its verb is about something else. */
export function isOfOthers({ span }: Verdict, script: Script): boolean {
  // 应 and 要 alone are parts of other words: 应用, 应邀.
  const whole = leadingTo(span, script).filter((token) => token.text.length > 1 || has(token, 'you'));
  return whole.some((token, k) => {
    // 跟我老公开车去…, 换了我媳妇的衣裳: not who did it.
    const beside = k > 0 && whole[k - 1]!.end === token.start && !has(whole[k - 1]!, 'next');
    return OF_OTHERS.some(({ tag }) => has(token, tag) && !(tag === 'ownLife' && beside));
  });
}

/** The words of its clause up to the verb of its main piece. */
function leadingTo(span: Verdict['span'], script: Script): Token[] {
  const { pieces, tokens } = script;
  const { first, last } = pieces[span.main]!;
  // 请各位老师|周五前给万佑捐款: cut before a day, but one clause.
  const start = clauseOf({ ...span, main: span.from, from: span.lead }, script);
  const verb = tokens.findIndex(
    ({ kind, verbs }, k) => k >= first && k < last && (kind !== undefined || (verbs?.size ?? 0) > 0),
  );
  return tokens.slice(pieces[start]!.first, verb < 0 ? last : verb + 1);
}

/** The first piece of the clause of its main piece: a cut at a word does not end a clause. */
function clauseOf({ main, from }: Pick<Verdict['span'], 'main' | 'from'>, { pieces }: Script): number {
  let start = main;
  while (start > from && pieces[start]!.opens === 'word') start -= 1;
  return start;
}

/** 别忘了给万佑捐款, 如果有空就去家访, 听说陈老师去家访了: a wish without 了 or 过, or hearsay, so the sender did nothing. */
export function isOnlySaid(activity: Verdict, script: Script): boolean {
  const { start, end } = script.pieces[activity.span.main]!;
  const words = leadingTo(activity.span, script);
  // 校长说要去万佑: what the head wants.
  const bidden = words.some(
    (token, k) => has(token, 'boss') && words[k + 1]?.text === '说' && has(words[k + 2] ?? token, 'tomorrow'),
  );
  if (bidden || words.some((token) => has(token, 'hearsay'))) return true;
  const said = script.text.slice(start, end).replace(/[别忘]忘?了/gu, '');
  return isOfOthers(activity, script) && !/[了过完]/u.test(said);
}
