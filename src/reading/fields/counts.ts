import type { Unit } from '../tables/school.ts';
import { has, isPerson } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** How many occasions and lessons a message states; undefined without a number. */
export interface Counts {
  times?: number;
  lessons?: number;
  /** 各, 每人, 分别: the number applies to each date, pupil or class named. */
  each: boolean;
  /** The number of occasions follows it: 两天各两次, but not 两次各三节. */
  eachTime: boolean;
  /** 每次两节: the lessons are per occasion. */
  everyTime: boolean;
  /** A count without a number (好几次). */
  unsure: boolean;
  /** 一共五节: the total number of lessons. */
  whole: boolean;
}

/** Adds up the counts among the tokens; a number after 一共 replaces them. */
export function countsOf(tokens: Token[]): Counts {
  const times = total(tokens, 'times');
  const whole = tokens.some(
    (token, k) =>
      token.count?.unit === 'lessons' &&
      [tokens[k - 1], tokens[k - 2]].some((other) => other !== undefined && has(other, 'total')),
  );
  const lessons = total(tokens, 'lessons');
  const each = tokens.some((token) => has(token, 'all') && !/^(?:都|全都|均)$/u.test(token.text));
  const unsure = tokens.some(
    (token) =>
      token.type === 'count' &&
      (token.count!.unit === 'times' || token.count!.unit === 'lessons') &&
      token.count!.n === undefined,
  );
  const multiplied = each && !whole && lessons === 1 ? groupsIn(tokens) : lessons;
  const everyTime = tokens.some(
    (token, k) =>
      (/^每(?:次|天|日|回|趟|场)$/u.test(token.text) && lessonsNext(tokens, k)) ||
      (perTime(tokens, k) && saidSeveral(tokens.slice(0, k))),
  );
  const eachTime =
    each &&
    !tokens.some((token, k) => token.count?.unit === 'times' && k > 0 && has(tokens[k - 1]!, 'total')) &&
    tokens.findLastIndex((token) => token.count?.unit === 'times') > tokens.findIndex((token) => has(token, 'all'));
  return { times, lessons: multiplied, each, eachTime, everyTime, whole, unsure };
}

/** How many classes, subjects, half-days or guests had one lesson each. */
function groupsIn(tokens: Token[]): number {
  const classes = new Set(tokens.flatMap((token) => (token.type === 'grade' ? token.value!.split('、') : []))).size;
  const rooms = new Set(
    tokens.flatMap((token) => (token.type === 'grade' && /[班)\d]$/u.test(token.text) ? [token.text] : [])),
  ).size;
  const groups = tokens.reduce(
    (sum, { count }) => sum + (count?.measure === '班' ? 1 : count?.measure === '个班' ? (count.n ?? 0) : 0),
    0,
  );
  const subjects = new Set(tokens.filter((token) => token.subject).map((token) => token.value)).size;
  const people = new Set(tokens.filter(isPerson).map((token) => token.text)).size;
  // 各听了我一节课: whose lesson it was, and none of those who heard it.
  const me = tokens.some((token, k) => has(token, 'me', 'own') && !tokens[k - 1]?.verbs?.has('listen'));
  const guests = people > 0 ? people + Number(me) : me ? 1 : guestsIn(tokens);
  const all = tokens.findIndex((token) => has(token, 'all'));
  const parts = tokens.filter(
    (token, k) => k < all && has(token, 'afternoon') && /[早上下中晚]/u.test(token.text),
  ).length;
  return Math.max(classes, rooms, groups, subjects, parts, guests, 1);
}

/** 来了三位, 每人上一节. */
function guestsIn(tokens: Token[]): number {
  const guests = tokens.find(
    (token) =>
      token.count?.unit === 'persons' && /^(?:位|名|人|位老师|名教师|名老师|位教师)$/u.test(token.count.measure!),
  );
  return guests?.count?.n ?? 1;
}

/** 每次两节, 每趟上两节. */
function lessonsNext(tokens: Token[], k: number): boolean {
  const next = tokens
    .slice(k + 1, k + 7)
    .find((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times' || token.date);
  return next?.count?.unit === 'lessons';
}

function discusses(token: Token): boolean {
  return /^(?:评课|议课|评议|点评|评了)$/u.test(token.text);
}

/** 听了三节评了一节, 送教, 评了一节: the discussed lessons are among those heard or given. */
function alsoGiven(tokens: Token[], at: number): boolean {
  if (tokens[at - 2] && has(tokens[at - 2]!, 'all')) return true;
  return tokens.some(
    (token, k) =>
      token.kind === 'demo_lesson' ||
      (k !== at && token.count?.unit === 'lessons' && !(tokens[k - 1] && discusses(tokens[k - 1]!))),
  );
}

function saidSeveral(before: Token[]): boolean {
  return before.some((token) => token.count?.unit === 'times') || before.filter((token) => token.date).length > 1;
}

/** 去了两趟, 一次两节: the number of lessons per visit. */
function perTime(tokens: Token[], k: number): boolean {
  const next = tokens[k + 1];
  return next?.count?.unit === 'lessons' && next.start === tokens[k]!.end && /^一[次回趟]$/u.test(tokens[k]!.text);
}

function total(tokens: Token[], unit: Unit): number | undefined {
  const split = splitTotal(tokens, unit);
  if (split !== undefined) return split;
  let sum: number | undefined;
  for (let k = 0; k < tokens.length; k += 1) {
    const token = tokens[k]!;
    // 谈了次心 contains its count.
    if (unit === 'times' && token.kind && /[了过]一?次/u.test(token.text)) sum = (sum ?? 0) + 1;
    const n = token.count?.n;
    if (token.type !== 'count' || token.count!.unit !== unit || n === undefined || n === 0.5) continue;
    if (unit === 'lessons' && /^节课(?:时间|的时间|时长)$/u.test(token.count!.measure!)) continue;
    const before = tokens[k - 1];
    if (unit === 'lessons' && before && discusses(before) && alsoGiven(tokens, k)) continue;
    if (unit === 'lessons' && sum !== undefined && saidAgain(tokens, k)) continue;
    if (unit === 'times' && sum !== undefined && perTime(tokens, k)) continue;
    if (
      unit === 'times' &&
      (ofAnother(tokens, k) ||
        perPeriod(tokens[k - 1]) ||
        ofUnknownVerb(tokens, k) ||
        isTrip(tokens, k) ||
        bothTrips(tokens, k))
    )
      continue;
    // 「听课两节, 数学英语各一节」 counts the same lessons twice.
    if (unit === 'lessons' && sum !== undefined && before && has(before, 'all')) continue;
    if (
      unit === 'times' &&
      before &&
      discusses(before) &&
      tokens.slice(0, k - 1).some((other) => other.count?.unit === 'times' || other.count?.unit === 'lessons')
    )
      continue;
    const whole =
      [before, tokens[k - 2]].some((other) => other !== undefined && has(other, 'total')) ||
      (sum !== undefined && before !== undefined && /^(?:正好|刚好|恰好|整整)$/u.test(before.text));
    if (whole) return n;
    sum = (sum ?? 0) + n;
  }
  return sum;
}

/** 网卡了两回, 吐了两回: of a verb that the tables do not know; 打了三回才接: of the attempts. */
function ofUnknownVerb(tokens: Token[], k: number): boolean {
  const [before, verb, next] = [tokens[k - 1], tokens[k - 2], tokens[k + 1]];
  if (/^才/u.test(next?.text ?? '')) return true;
  return before?.text === '了' && before.end === tokens[k]!.start && verb !== undefined && verb.end < before.start;
}

/** 两趟都下雨，两趟都晕车: the trips that were counted by their days. */
const bothTrips = (tokens: Token[], k: number): boolean =>
  tokens[k + 1]?.text === '都' && tokens.filter(({ date }) => date).length >= (tokens[k]!.count!.n ?? 0);

/** 来了一趟，讲了一场讲座: the trip beside what was done on it. */
const isTrip = (tokens: Token[], k: number): boolean =>
  tokens[k]!.count!.measure === '趟' && tokens.some(({ count }) => count?.unit === 'times' && count.measure === '场');

/** 定了送教每月两次: how often it ought to be. */
const perPeriod = (before: Token | undefined): boolean =>
  before !== undefined && /^每(?:个)?(?:月|周|星期|学期|年|学年)$/u.test(before.text);

/** 谈他逃了两次自习, 网断了三次: how often somebody else did something else. */
function ofAnother(tokens: Token[], k: number): boolean {
  const at = tokens.findLastIndex((token, j) => j < k && (token.type === 'comma' || token.type === 'stop'));
  const clause = tokens.slice(at + 1, k);
  const they = clause.findLastIndex((token) => has(token, 'they'));
  return (
    they > 0 &&
    /^[谈说聊讲]/u.test(clause[they - 1]!.text) &&
    !clause.slice(they).some((token) => token.verbs?.size || token.kind)
  );
}

/** 其中一节是公开课, 三节都评了, 就一节: lessons that were counted before. */
function saidAgain(tokens: Token[], k: number): boolean {
  if (
    tokens
      .slice(Math.max(0, k - 2), k)
      .some((token) => /^其中/u.test(token.text) || /^(?:就|反正|只)$/u.test(token.text))
  )
    return true;
  const behind = tokens.slice(k + 1, k + 4);
  return (
    behind[0] !== undefined &&
    behind[0].start - tokens[k]!.end <= Number(tokens[k - 1]?.count?.unit === 'lessons') &&
    /^(?:都|均|全|全都|也)$/u.test(behind[0].text) &&
    behind.some((token) => has(token, 'evaluate') || /评/u.test(token.text))
  );
}

/** The labels that distinguish the parts of a total, before or after their numbers. */
const LABELS: ((token: Token) => boolean)[] = [
  (token) => token.subject === true || (/课$/u.test(token.text) && token.type === 'word' && token.text.length > 2),
  (token) => has(token, 'afternoon'),
  (token) => token.date !== undefined && !/^(?:week|month|term|vague|span)$/u.test(token.date.said),
  (token) => token.type === 'grade' || token.count?.unit === 'label',
  (token) => has(token, 'evaluate') || isPerson(token),
];

/**
 * 「上了两节课, 一节语文一节数学」: a number followed by its parts is their total. Each part has a label, on the same side, that the total
 * lacks: 「上午两节, 下午一节, 晚上一节」 are three numbers.
 */
function splitTotal(tokens: Token[], unit: Unit): number | undefined {
  const at = tokens.flatMap((token, k) => (token.count?.unit === unit && token.count.n !== undefined ? [k] : []));
  const [first, ...parts] = at;
  if (first === undefined || parts.length < 2) return undefined;
  const whole = tokens[first]!.count!.n!;
  if (parts.reduce((sum, k) => sum + tokens[k]!.count!.n!, 0) !== whole) return undefined;
  const labelled = LABELS.some((label) => {
    const before = (k: number, from: number) => tokens.slice(from + 1, k).some(label);
    const behind = (k: number) =>
      tokens[k + 1] !== undefined && tokens[k + 1]!.start - tokens[k]!.end <= 2 && label(tokens[k + 1]!);
    const ahead = parts.every((k, j) => before(k, j === 0 ? first : parts[j - 1]!)) && !before(first, -1);
    return ahead || (parts.every(behind) && !behind(first));
  });
  // 一节古诗一节现代文: words outside the tables distinguish the parts.
  const spelt = (k: number) => (tokens[k + 1]?.start ?? Number.POSITIVE_INFINITY) - tokens[k]!.end >= 2;
  const ones =
    parts.every((k) => tokens[k]!.count!.n === 1) && !tokens.slice(0, first).some((token) => has(token, 'afternoon'));
  return labelled || ones || (unit === 'lessons' && parts.slice(0, -1).every(spelt) && !spelt(first))
    ? whole
    : undefined;
}
