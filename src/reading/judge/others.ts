import type { Segment } from '../structure/clauses.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** 小杰妈妈给我打电话, 领导找我谈话: others approached the sender. With a pupil who comes to talk, it is a talk. */
export function calledBy({ tokens, hit, start }: Segment): boolean {
  const spoken = tokens
    .slice(hit!.first, hit!.last + 1)
    .some(
      (token) =>
        token.verbs?.has('talk') || token.verbs?.has('call') || token.verbs?.has('contact') || token.kind === 'talk',
    );
  const at = tokens.findIndex(
    (token, k) =>
      (spoken ? /^[找跟和给]$/u : /^[找给]$/u).test(token.text) &&
      tokens[k + 1]?.text === '我' &&
      tokens[k + 1]!.start === token.end,
  );
  // 医生找我谈话: a person for whom the tables have no word.
  if (at === 0 && tokens[0]!.start > start && tokens[0]!.text === '找') return true;
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

/** 被听课, 有人来听我的课, 督导听课: the sender's own lesson was observed. */
export function wasObserved({ tokens, hit, kind }: Segment): boolean {
  if (kind !== 'observe' || !hit) return false;
  const own = tokens.slice(hit.first, hit.last + 1).some((token) => has(token, 'me') && !token.text.endsWith('们'));
  const before = tokens.slice(0, hit.first);
  // 万佑的老师来听了我一节课 is their activity at our school.
  const guests = before.some(
    (token) => isSchool(token) || isPerson(token) || has(token, 'partner') || token.text === '师傅',
  );
  return (
    (own && !guests) ||
    before.at(-1)?.text === '被' ||
    (before.some((token) => has(token, 'visitor')) && !before.some((token) => has(token, 'together')))
  );
}

/** 小杰今天听课很认真, 小雨给同桌辅导数学, 小杰和小雨谈心…两个人和好了: the pupils did it themselves. */
export function doneByPupil({ kind, tokens }: Segment, before: Token[]): boolean {
  const at = before.findIndex(isPupil);
  if (at < 0 || before.some((token) => has(token, 'me')) || (at > 0 && has(before[at - 1]!, 'to', 'together')))
    return false;
  if (kind === 'observe') return true;
  if (kind === 'study_guidance') return before.slice(at + 1).some((token) => /^[给帮教]$/u.test(token.text));
  return kind === 'talk' && tokens.some((token) => /^(?:互相|他俩|两个人)$/u.test(token.text));
}
