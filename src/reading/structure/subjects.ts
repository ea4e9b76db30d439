import { has, isPerson, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Segment } from './clauses.ts';

/** Who did it according to a clause, by the names before its activity: 「周文博执教1节, 陈思远执教1节」 has another in each. */
export function lessonSubjectsOf(segment: Segment, sender: string | undefined): string[] {
  const until = segment.hit ? segment.tokens[segment.hit.first]!.start : Number.POSITIVE_INFINITY;
  const names: string[] = [];
  for (const [k, token] of segment.tokens.entries()) {
    if (token.start >= until) break;
    const before = segment.tokens[k - 1];
    const led = before !== undefined && token.start - before.end <= 1 && has(before, 'to', 'goto', 'together');
    if (/^[他她]$/u.test(token.text)) {
      if (!led) names.push(THEY);
    } else if (has(token, 'me') && !/们|俩|校|园/u.test(token.text)) {
      if (!led) names.push(SENDER);
    } else if (
      isPerson(token) &&
      !isPupil(token) &&
      !lessonOf(segment.tokens[k + 1], token) &&
      (!led || (names.length > 0 && has(before!, 'together')))
    ) {
      const [name] = token.named!.people;
      if (name) names.push(name === sender ? SENDER : name);
    }
  }
  return names;
}

/** 何老师的课: the owner of the lesson, not the person who did something. */
function lessonOf(next: Token | undefined, person: Token): boolean {
  return (
    next !== undefined &&
    next.start - person.end <= 1 &&
    (next.nouns?.has('lesson') === true || /^[课评]/u.test(next.text))
  );
}

const SENDER = '\u0000me';
export const THEY = '\u0000they';

/** Remarks about somebody else: 他手机没电了, 她爸爸昨天回来了. Their days, numbers and negations do not belong to the activity. */
export function isAside({ hit, tokens, start }: Segment): boolean {
  const [first] = tokens;
  if (hit || !first || first.start - start > 1) return false;
  return has(first, 'they', 'kin', 'pupil') && !tokens.some((token) => has(token, 'me')) && first.text !== '家里';
}

export function asideTokens(tokens: Token[]): Token[] {
  return tokens.filter((token) => !token.date && token.type !== 'count');
}
