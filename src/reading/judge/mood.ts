import type { Ymd } from '../../plan/dates.ts';
import type { Segment } from '../structure/clauses.ts';
import { resolve } from '../tokens/calendar.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { reasonForSilence } from './foreign.ts';
import { asksSomething } from './question.ts';

/** How a segment speaks about its activity. */
export interface Mood {
  question: boolean;
  negated: boolean;
  failed: boolean;
  future: boolean;
  intended: boolean;
  /** Moved to another time, which follows this word. */
  replanned: boolean;
  /** The message calls itself a report, or is written like a log (谈话两次): an open date is in the past. */
  logged: boolean;
  /** One of its dates is today or earlier. */
  earlier: boolean;
  /** 了, 过, 完: it happened. */
  happened: boolean;
  /** Not the sender's own report: hearsay, condition, request, wish. */
  foreign: boolean;
}

/** The mood of one segment; `told` is whether the message calls itself a report (补报, 请登记). */
export function moodOf(segment: Segment, today: Ymd, told = false): Mood {
  const { tokens } = segment;
  const hit = segment.hit ?? { first: tokens.length, last: tokens.length - 1 };
  const happened = tokens.some(
    (token, k) =>
      has(token, 'aspect') ||
      (/[了过完]$/u.test(token.text) && !has(token, 'tomorrow')) ||
      (k <= hit.last &&
        k >= hit.first &&
        (/[了过完]/u.test(token.text) || (token.verbs?.size && /.的$/u.test(token.text)))) ||
      has(token, 'late'),
  );
  const inHit = tokens.slice(hit.first, hit.last + 1).some((token) => /[了过完]/u.test(token.text));
  const logged =
    told ||
    (hit.first === hit.last && tokens.some((token) => token.count?.unit !== undefined && token.count.unit !== 'label'));
  const later = tokens.some(
    (token) => token.date !== undefined && isLater(token, today, happened || !segment.hit || logged),
  );
  const earlier = tokens.some((token) => token.date !== undefined && isEarlier(token, today));
  const wants =
    tokens.some(
      (token, k) =>
        has(token, 'tomorrow') &&
        !/^(?:再|待|会|得|想|定了|决定)$/u.test(token.text) &&
        !(token.text === '以后' && k > 0 && /[完了过]$/u.test(tokens[k - 1]!.text)) &&
        (k < hit.first || /^[定安排约说]/u.test(token.text)),
    ) || tokens.some((token, k) => k < hit.first && /^(?:再|会|得|想|决定|待)$/u.test(token.text) && !happened);
  // 打个电话, 去趟万佑 without 了: a task still to do.
  const errand =
    !happened &&
    tokens.some((token) => /^(?:打个|打一个|去趟|跑趟)$/u.test(token.text)) &&
    !tokens.some((token) => (token.date?.said === 'day' && token.date.offset < 0) || /^[每天]天$/u.test(token.text));
  // 昨天想找他谈话: an intention for a day that has passed.
  const missed = wants && !happened && tokens.some((token) => token.date !== undefined && isOver(token, today));
  const intended = missed || tokens.some((token) => has(token, 'intended'));
  const question = asksSomething(segment);
  return {
    question,
    negated: !question && tokens.some((token, k) => has(token, 'negation') && denies(segment, k)),
    failed: tokens.some(
      (token, k) =>
        has(token, 'failed') &&
        !aboutEvaluation(tokens, token) &&
        !afterAll(tokens, k) &&
        !(said(tokens, k) && !segment.hit),
    ),
    future: later || errand || (wants && !missed && !inHit && !(earlier && happened)),
    intended,
    replanned: tokens.some((token, k) => has(token, 'replanned') && movesTo(token, tokens[k + 1])),
    earlier,
    logged,
    happened,
    foreign: reasonForSilence(segment, happened, earlier) !== undefined,
  };
}

/** The name of the rule by which a segment is not a report by the sender, if any. */
export function silenceOf(segment: Segment, today: Ymd): string | undefined {
  const { happened, earlier } = moodOf(segment, today);
  return reasonForSilence(segment, happened, earlier)?.name;
}

/** 改下周三 moves to a day; 改卷子, 推门, 改完了 and 改在走廊上 move nothing. */
function movesTo(token: Token, next: Token | undefined): boolean {
  return (
    (token.text.length > 1 && token.text !== '改在') ||
    next?.date !== undefined ||
    (next !== undefined && has(next, 'afternoon'))
  );
}

function isLater(token: Token, today: Ymd, happened: boolean): boolean {
  const when = resolve(token.date!, today, happened ? 'past' : 'open');
  const reaches = token.date!.said === 'span' && when.to !== undefined && when.to > today;
  return Boolean(when.later) || reaches || when.days.some((day) => day > today);
}

function isEarlier(token: Token, today: Ymd): boolean {
  const when = resolve(token.date!, today, 'past');
  return when.days.some((day) => day <= today) || (when.to !== undefined && when.to <= today);
}

/** Past even in a plan: 昨天, 上周三, but not 周三. */
function isOver(token: Token, today: Ymd): boolean {
  const { days } = resolve(token.date!, today, 'future');
  return days.length > 0 && days.every((day) => day < today);
}

/** A negation denies the activity when the first verb after it belongs to it; 没交作业…谈了话 does not. */
function denies(segment: Segment, k: number): boolean {
  const { tokens, hit } = segment;
  const negation = tokens[k]!;
  if (aboutEvaluation(tokens, negation) || (!hit && stayedAway(tokens, k))) return false;
  if (
    /^(?:没空|没时间|抽不开身|走不开|没办法|没顾上|没来得及|还没来得及|还没顾上|还没顾得上|还没空|还没时间|来不及|没去|没来|不去|不能|未能|没能|无法|没法|顾不上)$/u.test(
      negation.text,
    )
  )
    return true;
  if (!hit) {
    const next = tokens[k + 1];
    return (
      next !== undefined &&
      next.start - negation.end <= 1 &&
      (has(next, 'goto') ||
        ['visit', 'teach', 'listen', 'talk', 'give', 'call'].some((verb) => next.verbs?.has(verb as never)))
    );
  }
  if (k > hit.last) {
    const next = tokens[k + 1];
    const close = negation.start - tokens[hit.last]!.end <= 4;
    return (
      close && (next === undefined || (next.verbs?.size ?? 0) > 0 || has(next, 'goto') || next.start - negation.end > 0)
    );
  }
  for (let j = k + 1; j < tokens.length; j += 1) {
    if (j >= hit.first)
      return tokens[j]!.start - negation.end <= 12 || !tokens.slice(j).some((token) => /[了过]/u.test(token.text));
    if ((tokens[j]!.verbs?.size ?? 0) > 0 && !tokens[j]!.verbs!.has('hold') && !has(tokens[j]!, 'goto', 'to'))
      return false;
  }
  return k >= hit.first;
}

/** 她说从来没人这么讲过: what somebody said. */
const said = (tokens: Token[], k: number): boolean =>
  tokens.slice(0, k).some((token, j) => has(token, 'says') && j > 0 && has(tokens[j - 1]!, 'they', 'kin', 'pupil'));

/** 开头没人接, 后来她爸接的; 他爸还没回: the rest of the clause tells what came of it, or the word is not about the visit. */
export function afterAll(tokens: Token[], k: number): boolean {
  const before = tokens[k - 1];
  if (/没回$/u.test(tokens[k]!.text) && before && has(before, 'kin')) return true;
  const later = tokens
    .slice(k + 1)
    .findIndex((token) => /^(?:又|后来|终于|最后|谈了|聊了|坐了|说了)/u.test(token.text));
  return later >= 0 && !tokens.slice(k + 1 + later).some((token) => has(token, 'failed', 'negation'));
}

/** 王小明好几天没来上学: why the teacher went. */
function stayedAway(tokens: Token[], k: number): boolean {
  const next = tokens[k + 1];
  return (
    /^没(?:有)?来?$/u.test(tokens[k]!.text) &&
    next !== undefined &&
    /^(?:上学|上课|到校|学校|返校|读书|来)/u.test(next.text) &&
    tokens.slice(0, k).some((token) => isPupil(token) || has(token, 'they', 'pupil'))
  );
}

/** 评课没来得及, 没评: the observation happened, only its discussion did not. */
function aboutEvaluation(tokens: Token[], negation: Token): boolean {
  const k = tokens.indexOf(negation);
  const near = [tokens[k - 1], tokens[k + 1], tokens[k + 2]];
  return near.some(
    (token) =>
      token !== undefined &&
      (/^[^听观]*(?:评|议课|反馈|交换意见)/u.test(token.text) || has(token, 'photo', 'record')) &&
      Math.abs(token.start - negation.start) <= 8,
  );
}
