import type { Segment } from '../structure/clauses.ts';
import { has, isAttendance, isSchool } from '../tokens/is.ts';
import type { Draft } from './drafts.ts';

const OF_ONESELF = /^[\s,.。!;、:~()在于准按时点的已经好来下回地校完毕成功岗就位教报一]*$/u;
const BESIDE = 'me own partner aspect afternoon toBot goto to late next negation tomorrow photo plain'.split(
  ' ',
) as Parameters<typeof has>[1][];
const POLITE = /^\s*(?:请|谢|收到|麻烦|特此|辛苦|报告|汇报|一切|.{1,5}好$)/u;
const DUTY = /(?<![离到下上])岗|[值护巡监班会站队]/u;

/**
 * 「运动会签到」, 「新老师到岗」, 「今天值周, 7点到岗」: somebody's or something's attendance, and not the sender's own day at
 * the other school. The less the message says of where and when, the less else may stand in it.
 */
export function attendsElse(draft: Draft, text: string): boolean {
  const named = draft.segments.filter((segment) => segment.hit);
  const words = named.flatMap((segment) => segment.tokens.slice(segment.hit!.first, segment.hit!.last + 1));
  if (!words.every(isAttendance) || draft.tokens.some((token) => token.kind === 'secondment' && !isAttendance(token)))
    return false;
  if (named.some((segment) => !opens(segment, text) || !OF_ONESELF.test(rest(segment, text)))) return true;
  if (draft.tokens.some(isSchool)) return false;
  const timed = draft.tokens.some((token) => token.type === 'clock');
  return draft.segments.some((segment) => {
    const said = text.slice(segment.start, segment.end);
    if (segment.hit || POLITE.test(said)) return false;
    return timed ? DUTY.test(said) : !OF_ONESELF.test(rest(segment, text));
  });
}

/** It begins a clause of its own, so that nobody stands before it: 语文代课老师到岗. */
function opens(segment: Segment, text: string): boolean {
  return (
    segment.start === 0 || /[\s,。!?;:]/u.test(text[segment.start - 1]!) || has(segment.tokens[0]!, 'next', 'late')
  );
}

/** What a segment holds beside its attendance, dates, clocks and small words. */
function rest(segment: Segment, text: string): string {
  let out = text.slice(segment.start, segment.end);
  for (const token of [...segment.tokens].reverse()) {
    const beside =
      isAttendance(token) || token.date || token.type === 'clock' || isSchool(token) || has(token, ...BESIDE);
    const elsewhere =
      has(token, 'plain') && token.text !== '上班' && /会|班上|线|们$|[老教师]师$|同事|领导|家长|小/u.test(token.text);
    if (beside && !elsewhere) out = out.slice(0, token.start - segment.start) + out.slice(token.end - segment.start);
  }
  return out;
}
