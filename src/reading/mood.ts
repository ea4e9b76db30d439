import type { Ymd } from '../plan/types.ts';
import { resolve } from './calendar.ts';
import type { Segment } from './clauses.ts';
import { has, isPerson, isPupil } from './is.ts';
import type { Token } from './tokens.ts';

/** How a segment speaks of its activity. */
export interface Mood {
  question: boolean;
  negated: boolean;
  failed: boolean;
  future: boolean;
  intended: boolean;
  /** Moved to another time, said after this word. */
  replanned: boolean;
  /** The message calls itself a report, or is kept like a log (谈话两次): an open date lies behind. */
  logged: boolean;
  /** A date in it lies on or before today. */
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
      /[了过完]$/u.test(token.text) ||
      (k <= hit.last && k >= hit.first && /[了过完]/u.test(token.text)) ||
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
        (k < hit.first || /^[定安排约说]/u.test(token.text)),
    ) || tokens.some((token, k) => k < hit.first && /^(?:再|会|得|想|决定|待)$/u.test(token.text) && !happened);
  // 打个电话, 去趟万佑 without 了: an errand still to be run.
  const errand =
    !happened &&
    tokens.some((token) => /^(?:打个|打一个|去趟|跑趟)$/u.test(token.text)) &&
    !tokens.some((token) => token.date?.said === 'day' && token.date.offset < 0);
  const intended = tokens.some((token) => has(token, 'intended'));
  const question = asks(segment);
  return {
    question,
    negated: !question && tokens.some((token, k) => has(token, 'negation') && denies(segment, k)),
    failed: tokens.some((token) => has(token, 'failed') && !aboutEvaluation(tokens, token)),
    future: later || errand || (wants && !inHit && !(earlier && happened)),
    intended,
    replanned: tokens.some((token) => has(token, 'replanned')),
    earlier,
    logged,
    happened,
    foreign: foreign(segment, happened, earlier),
  };
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

/** A question mark or a question word; 「…, 对吗」 only asks to be confirmed. */
function asks({ tokens, asked, hit }: Segment): boolean {
  if (tokens.some((token) => has(token, 'tagQuestion'))) return false;
  const few = tokens.some(
    (token, k) => token.count?.unit !== undefined && /^几/u.test(token.text) && !bound(tokens, k) && howMany(tokens, k),
  );
  const word =
    few ||
    tokens.some(
      (token, k) => has(token, 'ask') && !/^(?:谁|哪|怎么|进度|想问)$/u.test(token.text) && !bound(tokens, k),
    );
  const open = tokens.some((token) => /^(?:谁|哪|怎么)$/u.test(token.text));
  const last = tokens.at(-1);
  const undecided =
    last !== undefined &&
    has(last, 'negation') &&
    /^(?:没|没有)$/u.test(last.text) &&
    hit !== undefined &&
    tokens.some((token) => /[了过完]/u.test(token.text));
  return asked || word || open || undecided || tokens.some((token) => /^(?:进度|想问)$/u.test(token.text));
}

/** 做了几次: a question where nothing but a particle follows and no day was named. */
function howMany(tokens: Token[], k: number): boolean {
  if (tokens.some((token) => token.date && !/^(?:term|month|week|vague|span)$/u.test(token.date.said))) return false;
  if (tokens.some((token) => has(token, 'ask') && /^[还差缺剩欠]/u.test(token.text))) return true;
  return tokens.slice(k + 1).every((token) => has(token, 'aspect') || token.nouns?.has('lesson'));
}

/** 好几次, 没几次: an indefinite number, no question. */
function bound(tokens: Token[], k: number): boolean {
  const before = tokens[k - 1];
  return (
    before !== undefined &&
    before.end === tokens[k]!.start &&
    /[好没有]$/u.test(before.text) &&
    tokens[k]!.text.startsWith('几')
  );
}

/** A negation denies the activity when the first verb after it belongs to it; 没交作业…谈了话 does not. */
function denies(segment: Segment, k: number): boolean {
  const { tokens, hit } = segment;
  const negation = tokens[k]!;
  if (aboutEvaluation(tokens, negation)) return false;
  if (
    /^(?:没空|没时间|抽不开身|走不开|没办法|没顾上|没来得及|来不及|没去|没来|不去|不能|未能|没能|无法|没法|顾不上)$/u.test(
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

/** 小杰妈妈给我打电话, 领导找我谈话: others came to the sender. A pupil who comes to talk is talked with. */
function calledBy(tokens: Token[]): boolean {
  const at = tokens.findIndex(
    (token, k) =>
      /^(?:找|跟|和|给)$/u.test(token.text) && tokens[k + 1]?.text === '我' && tokens[k + 1]!.start === token.end,
  );
  if (at < 1) return false;
  const together = tokens.some((token) => /^一/u.test(token.text) && has(token, 'together'));
  const caller = tokens.slice(0, at);
  return (
    !together &&
    caller.some(
      (token) =>
        has(token, 'kin', 'boss', 'partner') || isPerson(token) || (isPupil(token) && tokens[at]!.text === '给'),
    )
  );
}

/** 被听课, 有人来听我的课, 督导听课: the sender's own lesson was heard. */
function wasObserved({ tokens, hit, kind }: Segment): boolean {
  if (kind !== 'observe' || !hit) return false;
  const own = tokens.slice(hit.first, hit.last + 1).some((token) => has(token, 'me'));
  const before = tokens.slice(0, hit.first);
  return (
    own ||
    before.at(-1)?.text === '被' ||
    (before.some((token) => has(token, 'visitor')) && !before.some((token) => has(token, 'together')))
  );
}

/** Somebody whose words are told: 校长说, 他们说. */
function speaks(token: Token): boolean {
  return token.type === 'name' || has(token, 'boss', 'they', 'partner', 'teacherWord', 'kin', 'pupil');
}

/** 小杰说, 万佑的老师打电话问: somebody else speaks. 跟小杰说 is the sender. */
function toldBy(before: Token[], k: number): boolean {
  if (before.some((token) => has(token, 'me'))) return false;
  return before
    .slice(0, k)
    .some((token, j) => speaks(token) && !(before[j - 1] && has(before[j - 1]!, 'to', 'together')));
}

function foreign(segment: Segment, happened: boolean, earlier: boolean): boolean {
  const { tokens, hit } = segment;
  const first = hit?.first ?? tokens.length;
  const before = tokens.slice(0, first);
  if (
    tokens.some(
      (token, k) =>
        has(token, 'condition') &&
        (token.text !== '等' || (k === 0 && tokens.some((other) => /^再/u.test(other.text)))),
    )
  )
    return true;
  if (before.some((token) => has(token, 'hearsay'))) return true;
  if (tokens.some((token) => has(token, 'ownLife'))) return true;
  if (tokens.some((token) => has(token, 'suggest')) && !happened) return true;
  if (
    tokens.some((token) => has(token, 'tired')) &&
    !tokens.some((token) => token.date || token.count?.unit || token.type === 'name')
  )
    return true;
  const toBot = tokens.some((token) => has(token, 'toBot') && token.text !== '请' && token.text !== '麻烦');
  if (
    !toBot &&
    tokens.some((token) => /^(?:谁|怎么|哪里|哪儿|如何|几点|多远|多少钱)$/u.test(token.text)) &&
    !tokens.some((token) => /^[还差缺剩欠]/u.test(token.text) && has(token, 'ask'))
  )
    return true;
  if (before.some((token) => has(token, 'you')) && !toBot) return true;
  if (tokens.some((token) => has(token, 'rule')) && !happened) return true;
  if (before.some((token) => has(token, 'urge'))) return true;
  if (before.some((token) => has(token, 'cheer'))) return true;
  if (before.some((token, k) => has(token, 'says') && toldBy(before, k))) return true;
  if (hit && tokens.slice(hit.first, hit.last + 1).some((token) => has(token, 'you'))) return true;
  if (
    asks(segment) &&
    !tokens.some((token) => has(token, 'me')) &&
    (before.some((token) => has(token, 'boss') || /^大家$/u.test(token.text)) ||
      /^[他她]们?$/u.test(tokens[0]?.text ?? ''))
  )
    return true;
  if (hit && calledBy(tokens)) return true;
  if (hit && wasObserved(segment)) return true;
  if (
    !happened &&
    before.some((token, k) => /^(?:请|麻烦)$/u.test(token.text) && before[k + 1] && isPerson(before[k + 1]!))
  )
    return true;
  const wish =
    tokens.some((token) => has(token, 'wish') && !has(token, 'tomorrow')) || (tokens[0]?.text === '请' && !toBot);
  return wish && !happened && !earlier && !toBot;
}
