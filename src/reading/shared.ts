import type { Segment } from './clauses.ts';
import type { Draft } from './drafts.ts';
import { has } from './is.ts';

/** 「送教1次 听课2次, 都是11月12日」: the date at the end holds for all that have none. */
export function shared(drafts: Draft[]): Draft[] {
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
