import type { Segment } from './clauses.ts';
import { has, isPerson, isPupil } from './is.ts';
import { asks } from './question.ts';
import type { Token } from './tokens.ts';

/**
 * Whether a segment is no report of the sender: heard from others, only supposed, asked of a colleague, a rule or a wish.
 * A record made from it would be false, so whatever is in doubt here stays silent.
 */
export function foreign(segment: Segment, happened: boolean, earlier: boolean): boolean {
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

/** 小杰说, 万佑的老师打电话问: somebody else speaks. 跟小杰说 is the sender. */
function toldBy(before: Token[], k: number): boolean {
  if (before.some((token) => has(token, 'me'))) return false;
  return before
    .slice(0, k)
    .some((token, j) => speaks(token) && !(before[j - 1] && has(before[j - 1]!, 'to', 'together')));
}

/** Somebody whose words are told: 校长说, 他们说. */
function speaks(token: Token): boolean {
  return token.type === 'name' || has(token, 'boss', 'they', 'partner', 'teacherWord', 'kin', 'pupil');
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
