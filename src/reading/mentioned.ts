import { attendsElse } from './attendance.ts';
import type { Segment } from './clauses.ts';
import type { Draft } from './drafts.ts';
import { has, isPupil } from './is.ts';

import type { Token } from './tokens.ts';
import type { ReadingStatus } from './types.ts';

/** 昨天的送教很顺利, 我上了一节: what counts is told after it was only named. */
function tellsCount({ tokens, hit }: Segment): boolean {
  return hit !== undefined && tokens.some(counted) && tokens.some((token) => /[了过]/u.test(token.text));
}

/** 家访能改变一个孩子, 送教是好事: the activity as such. */
const AS_TOPIC =
  /^(?:真的?|确实|的确|其实|总是?|往往|一定|也|才|就)*(?:能|可以|是(?!.{0,3}[昨前今上周])|让|使|不仅|不是|不只|对|有助|离不开|贵在|关键)/u;

/**
 * The activity is spoken of, not reported: praise of somebody's lesson, a rule, a thing that is going on or wished for.
 * A bare 「家访小雨」 still is a report that lacks its date; 「家访很重要」 is none.
 */
export function onlyMentioned(draft: Draft, status: ReadingStatus, text: string): boolean {
  const main = draft.segments.find(tellsCount) ?? draft.segments.find((segment) => segment.hit);
  if (!main?.hit || status === 'question') return false;
  const { first, last } = main.hit;
  if (attendsElse(draft, text)) return true;
  const told =
    main.tokens.slice(first, last + 1).some((token) => /[了过完]/u.test(token.text)) ||
    main.tokens.some((token) => counted(token));
  if (
    main.tokens.some((token) => token.date?.said === 'vague' && token.text.startsWith('每')) &&
    !draft.moods.some((mood) => mood.happened) &&
    !draft.tokens.some(isPupil)
  )
    return true;
  const topic = first === last && AS_TOPIC.test(text.slice(main.tokens[last]!.end));
  if (topic && !draft.tokens.some((token) => token.date || token.type === 'name')) return true;
  // 听课去了: gone there, and not back.
  if (!told && /^去了$/u.test(text.slice(main.tokens[last]!.end)) && !draft.tokens.some((token) => token.date))
    return true;
  const praised = main.tokens.some(
    (token, k) => k > last && has(token, 'praise') && token.start - main.tokens[last]!.end <= 8,
  );
  if (praised && !told && !main.tokens.slice(0, first).some((token) => has(token, 'goto', 'to'))) return true;
  // 还要再家访一次: a duty, no plan for a day.
  const firm = draft.tokens.some(
    (token) =>
      has(token, 'replanned') ||
      (has(token, 'tomorrow') && /[打准计约定拟决预安说]|^[待等过一]会|^等下/u.test(token.text)),
  );
  if (
    status === 'planned' &&
    !firm &&
    !draft.tokens.some((token) => token.date || has(token, 'afternoon') || /^打个|^去趟/u.test(token.text))
  )
    return true;
  if (status === 'planned' && draft.tokens.some((token) => /^月[底末]$/u.test(token.text))) return true;
  if (main.tokens.some((token) => has(token, 'now')) && status === 'done' && !told) return true;
  if (
    status === 'planned' &&
    main.tokens.some((token) => /^想要?$/u.test(token.text)) &&
    !draft.tokens.some((token) => token.date)
  )
    return true;
  const named = first === last && text[main.tokens[last]!.end] === '的';
  if (named && !draft.moods.some((mood) => mood.happened || mood.failed) && !draft.tokens.some((token) => token.date))
    return true;
  const after = text.slice(main.tokens[last]!.end);
  if (
    /^的(?:通知|时间|事|安排|照片|材料|总结|计划|方案|记录|费用|钱|车)/u.test(after) &&
    !draft.moods.some((mood) => mood.failed)
  )
    return true;
  if (!told && main.tokens[last + 1]?.text === '被') return true;
  if (adjoins(main.tokens, first)) return true;
  if (status !== 'done' || draft.before || draft.tokens.some((token) => token.date)) return false;
  const hitText = main.tokens.slice(first, last + 1).reduce((sum, token) => sum + token.text.length, 0);
  const bare = !draft.moods.some((mood) => mood.happened) && !told;
  return (
    bare &&
    !draft.tokens.some(
      (token) =>
        isPupil(token) ||
        counted(token) ||
        ((token.type === 'clock' || /^第.*[天日周]$/u.test(token.text)) && draft.kind === 'secondment') ||
        (has(token, 'goto') && token.text !== '来') ||
        has(token, 'partner') ||
        token.type === 'name',
    ) &&
    main.end - main.start - hitText > 1
  );
}

/** 在听课: going on right now. */
function adjoins(tokens: Token[], first: number): boolean {
  const before = tokens[first - 1];
  const hit = tokens[first]!;
  return (
    before?.text === '在' &&
    before.end === hit.start &&
    hit.text.length === 2 &&
    !tokens.some((token) => /[了过]/u.test(token.text))
  );
}

const COUNTED: ReadonlySet<string | undefined> = new Set([
  'times',
  'lessons',
  'days',
  'weeks',
  'months',
  'money',
  'goods',
  'persons',
]);

export function counted(token: Token): boolean {
  return token.type === 'count' && COUNTED.has(token.count!.unit);
}
