import type { Segment } from './clauses.ts';
import type { Draft } from './drafts.ts';
import { has } from './is.ts';

/** What is said once for all: the date at the end (「送教1次 听课2次, 都是11月12日」), and that it comes late (补报两条). */
export function shared(drafts: Draft[]): Draft[] {
  return lateAll(datedAll(drafts));
}

/** 补报两条: …: the heading holds for all below it. */
function lateAll(drafts: Draft[]): Draft[] {
  const [heading] = drafts[0]?.segments ?? [];
  const late = heading && !heading.hit ? heading.tokens.filter((token) => has(token, 'late')) : [];
  const several = heading?.tokens.some((token) => /^条$|^[两三四五几]条/u.test(token.count?.measure ?? token.text));
  if (late.length === 0 || !several) return drafts;
  return drafts.map((draft, k) => (k === 0 ? draft : { ...draft, tokens: [...late, ...draft.tokens] }));
}

function datedAll(drafts: Draft[]): Draft[] {
  const last = drafts.at(-1);
  const tail = last?.segments.findLast(
    (segment) =>
      !segment.hit &&
      segment.tokens.some((token) => token.date) &&
      (segment.tokens.some((token) => has(token, 'all')) || closes(segment)),
  );
  const dates = tail?.tokens.filter((token) => token.date) ?? [];
  const each = last?.segments.find(
    (segment) =>
      !segment.hit && segment.tokens.length === 2 && has(segment.tokens[0]!, 'all') && segment.tokens[1]!.count,
  );
  return drafts.map((draft) => {
    const counted = draft.tokens.some((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times');
    if (each && draft !== last && draft.kind === last!.kind && !counted)
      return { ...draft, tokens: [...draft.tokens, ...each.tokens] };
    return draft === last || dates.length === 0 || draft.tokens.some((token) => token.date)
      ? draft
      : { ...draft, tokens: [...draft.tokens, ...dates] };
  });
}

/** 「家访小杰, 送了五百块, 昨天」: nothing but the day. */
function closes(segment: Segment): boolean {
  return segment.tokens.every((token) => token.date || has(token, 'afternoon'));
}
