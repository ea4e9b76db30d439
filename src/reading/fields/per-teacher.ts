import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPerson } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/**
 * 「听何俊一节、罗春梅一节」, 「听了何俊和罗春梅的课，各一节」: one activity for each teacher observed, with the number after the name, or
 * the one that applies to each.
 */
export function perTeacher(draft: ActivityDraft): ActivityDraft[] {
  if (draft.kind !== 'observe') return [draft];
  const from = draft.tokens.findIndex((token) => token.verbs?.has('listen') || token.kind === 'observe');
  const heard = draft.tokens.filter(
    (token, k) => k > from && ((isPerson(token) && token.named!.people.length === 1) || heardMe(draft.tokens, k)),
  );
  const names = new Set(heard.map((token) => token.named?.people[0] ?? token.text));
  if (from < 0 || heard.length < 2 || names.size < heard.length) return [draft];
  const [first, last] = [draft.tokens.indexOf(heard[0]!), draft.tokens.indexOf(heard.at(-1)!)];
  const parts = heard.map((token, k) =>
    draft.tokens.slice(draft.tokens.indexOf(token), heard[k + 1] && draft.tokens.indexOf(heard[k + 1]!)),
  );
  const counts = parts.map((part) => part.filter(({ count }) => count?.unit === 'lessons'));
  const each = draft.tokens
    .slice(last + 1)
    .find((token) => has(token, 'all') && /^(?:各|每人|一人|分别|各自)$/u.test(token.text));
  const own = counts.every((found) => found.length === 1);
  const head = draft.tokens.slice(0, first);
  const days = head.filter((token) => token.date);
  if (head.some(({ count }) => count?.unit === 'lessons') || (!own && !each)) return [draft];
  const tail = each
    ? parts.at(-1)!.slice(1)
    : parts.at(-1)!.filter((token) => has(token, 'evaluate', 'all', 'negation'));
  return heard.map((teacher, k) => {
    const mine = each ? [teacher] : parts[k]!;
    const when = each && days.length === heard.length ? days[k] : undefined;
    const said: Token[] = [
      ...head.filter((token) => !has(token, 'all') && (!when || !token.date || token === when)),
      ...mine.filter((token) => !has(token, 'together')),
      ...(k < heard.length - 1 || each ? tail.filter((token) => token !== each) : []),
    ];
    return { ...draft, tokens: said };
  });
}

/** 又听了我一节: the sender's own lesson. */
function heardMe(tokens: Token[], k: number): boolean {
  return tokens[k]!.text === '我' && tokens[k - 1]?.verbs?.has('listen') === true;
}
