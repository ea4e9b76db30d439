import type { Segment } from '../structure/clauses.ts';
import { isKin } from '../structure/whom.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { calledBy, doneByPupil, wasObserved } from './others.ts';
import { asksSomething, taught } from './question.ts';

/** The facts that the rules below use. */
interface Told {
  segment: Segment;
  tokens: Token[];
  /** The tokens before the activity. */
  before: Token[];
  /** It is in the past tense, or dated on or before today. */
  happened: boolean;
  earlier: boolean;
  /** The sender asks the bot to record it. */
  toBot: boolean;
}

/** A way of speaking about something that the sender did not do. `says` is a message to which it applies. */
export interface Reason {
  name: string;
  says: string;
  when: (told: Told) => boolean;
}

/** Reasons for silence: a false record is the worst error, so doubt is silent too. */
export const REASONS: readonly Reason[] = [
  {
    name: 'supposed',
    says: '如果昨天去万佑送教就好了',
    when: ({ tokens }) =>
      tokens.some((token, k) => has(token, 'condition') && (token.text !== '等' || waits(tokens, k))),
  },
  {
    name: 'heard, cheered or urged',
    says: '听说昨天万佑送教了',
    when: ({ before }) =>
      before.some((token, k) => has(token, 'hearsay', 'cheer') || (has(token, 'urge') && !ofPupil(before, k))),
  },
  {
    name: 'told by somebody else',
    says: '校长说昨天去万佑送教了',
    when: ({ before }) => before.some((token, k) => has(token, 'says') && toldBy(before, k) && !comesToUs(before, k)),
  },
  {
    name: 'one’s own family',
    says: '我老公昨天去万佑捐了书',
    when: ({ tokens }) => tokens.some((token) => has(token, 'ownLife')),
  },
  {
    name: 'proposed, or a rule',
    says: '要不去万佑送教',
    when: ({ tokens, happened }) => !happened && tokens.some((token) => has(token, 'suggest', 'rule')),
  },
  {
    name: 'asked around',
    says: '送教怎么去',
    when: ({ tokens, toBot }) =>
      !toBot &&
      tokens.some((token, k) => asksAround(token) && !taught(tokens, k)) &&
      !tokens.some((token) => has(token, 'ask') && /^[还差缺剩欠]/u.test(token.text)),
  },
  {
    name: 'said of who is spoken to',
    says: '你昨天去万佑送教了',
    when: ({ before, toBot }) => !toBot && before.some((token) => has(token, 'you')),
  },
  {
    name: 'given by an office',
    says: '县里给万佑捐了电脑',
    when: ({ segment, before }) =>
      segment.kind === 'donation' && before.some((token, k) => has(token, 'elsewhere') && acts(before, k)),
  },
  {
    name: 'proposed to all',
    says: '建议以后集体备课放在周三',
    when: ({ before, happened }) => !happened && /^(?:建议|提议|倡议|呼吁)$/u.test(before[0]?.text ?? ''),
  },
  {
    name: 'done by a pupil',
    says: '小杰今天听课很认真',
    when: ({ segment, before }) => doneByPupil(segment, before),
  },
  {
    name: 'done by a pupil’s family',
    says: '小杰爸爸开了三天会',
    when: ({ segment, before }) =>
      segment.kind !== undefined &&
      !PUPIL_KINDS.has(segment.kind) &&
      before.some(
        (token, k) =>
          isKin(token) && token.text !== '家长' && !(before[k - 1] && has(before[k - 1]!, 'to', 'together')),
      ),
  },
  {
    name: 'others came to the sender',
    says: '小杰妈妈给我打了电话',
    when: ({ segment }) => segment.hit !== undefined && (calledBy(segment) || wasObserved(segment)),
  },
  {
    name: 'asked of a colleague',
    says: '麻烦周文博去万佑送教',
    when: ({ before, happened }) =>
      !happened &&
      before.some(
        (token, k) => /^(?:请|麻烦)$/u.test(token.text) && before[k + 1] !== undefined && isPerson(before[k + 1]!),
      ),
  },
  {
    name: 'a paper that is asked for',
    says: '晓琳，昨天的听课记录整理好发我一份',
    when: ({ segment, tokens }) =>
      segment.kind === 'document' && tokens.some(({ text }) => /^(?:发我|发给我|给我|交给我|传我)/u.test(text)),
  },
  {
    name: 'a paper that an office issued',
    says: '县教育局昨天印发了帮扶方案',
    when: ({ segment, before, tokens }) =>
      segment.kind === 'document' &&
      before.some((token, k) => has(token, 'elsewhere') && acts(before, k)) &&
      !tokens.some((token) => has(token, 'me', 'own')),
  },
  {
    name: 'wished',
    says: '希望能去万佑送教',
    when: ({ segment, tokens, happened, earlier, toBot }) =>
      !happened &&
      !earlier &&
      !toBot &&
      !asksHowMany(tokens) &&
      tokens.some(
        (token, k) =>
          (has(token, 'wish') && !(DUTY.test(token.text) && asksSomething(segment))) ||
          (k === 0 && token.text === '请'),
      ),
  },
];

/** Why a segment is not a report by the sender: hearsay, a supposition, a request to a colleague, a rule, a wish. */
export function reasonForSilence(segment: Segment, happened: boolean, earlier: boolean): Reason | undefined {
  const { tokens, hit } = segment;
  const toBot = tokens.some((token) => has(token, 'toBot') && token.text !== '请' && token.text !== '麻烦');
  const told = { segment, tokens, before: tokens.slice(0, hit?.first ?? tokens.length), happened, earlier, toBot };
  return REASONS.find(({ when }) => when(told));
}

/** 家访需要拍照吗 asks what is required. */
const DUTY = /^(?:需要?|必须|要求|应该|应当|该|须)$/u;

/** 县里给万佑配了电脑: an office gave, not the sender's side; 在县里, 到县里 are places. */
function acts(before: Token[], k: number): boolean {
  const led = before[k - 1];
  return !(led && has(led, 'goto', 'to')) && !before.some((token) => has(token, 'me', 'own'));
}

/** 谈话要求几次, 该做多少: a question about the plan, not a wish. */
function asksHowMany(tokens: Token[]): boolean {
  return tokens.some(
    (token) => (token.count?.unit && /^几/u.test(token.text)) || (has(token, 'ask') && /^多少/u.test(token.text)),
  );
}

/** 等…再…: only once something else has happened. */
function waits(tokens: Token[], k: number): boolean {
  return k === 0 && tokens.some((other) => other.text.startsWith('再'));
}

/** 谁去, 怎么填, 几点: not a question about the sender's own account. */
function asksAround(token: Token): boolean {
  return /^(?:谁|怎么|哪里|哪儿|如何|几点|多远|多少钱)$/u.test(token.text);
}

/** 小杰说, 万佑的老师打电话问: somebody else speaks. 跟小杰说 is the sender. */
function toldBy(before: Token[], k: number): boolean {
  if (before.slice(0, k).some((token, j) => has(token, 'me') && !isOwned(before[j + 1], token))) return false;
  return before
    .slice(0, k)
    .some((token, j) => speaks(token) && !(before[j - 1] && has(before[j - 1]!, 'to', 'together')));
}

/** 段老师说周五来上课: a visit that was announced to the sender. */
const comesToUs = (before: Token[], k: number): boolean =>
  before.slice(0, k).some(({ type }) => type === 'name') &&
  before.slice(k + 1).some(({ text }) => /^来/u.test(text)) &&
  before.slice(k + 1).some(({ date }) => date);

/** 我同事, 我们校长: the sender only says whose. */
function isOwned(next: Token | undefined, me: Token): boolean {
  return next !== undefined && next.start === me.end && has(next, 'teacherWord', 'boss', 'ownLife');
}

/** 她不想念书了: the pupil's wish, not the sender's. */
function ofPupil(before: Token[], k: number): boolean {
  const who = before[k - 1];
  return /^不[想愿]/u.test(before[k]!.text) && who !== undefined && (has(who, 'they', 'pupil', 'kin') || isPupil(who));
}

/** A person whose words are reported: 校长说, 他们说. */
function speaks(token: Token): boolean {
  return token.type === 'name' || has(token, 'boss', 'they', 'partner', 'teacherWord', 'kin', 'pupil');
}
