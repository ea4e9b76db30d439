import type { Verb } from '../tables/kinds.ts';
import type { Tag } from '../tables/words.ts';
import { has, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** Ways of speaking about others, or to ask, thank, wish or judge, for which a card that asks again is no help. */
const NO_REPORT =
  'you condition hearsay ownLife cheer urge wish says rule praise suggest ask tagQuestion visitor office tired negation failed'.split(
    ' ',
  ) as Tag[];
const POLITE = /^(?:收到|好的|明白|不好意思)|大家|请(?!假)|[?]/u;
const WITH_PUPILS: Verb[] = ['talk', 'call', 'contact', 'tutor'];

/**
 * Whether a message without readings looks like a report all the same: an activity, a visited school or a talk, with a time or a count
 * beside it. Its sender gets a helpful card; other senders would only be disturbed.
 */
export function looksLikeReport(tokens: Token[], text: string): boolean {
  if (POLITE.test(text) || tokens.some((token) => has(token, ...NO_REPORT))) return false;
  const went = tokens.some((token) => has(token, 'goto'));
  const about = tokens.some(
    (token) =>
      token.kind !== undefined ||
      (went && (isSchool(token) || has(token, 'partner'))) ||
      WITH_PUPILS.some((verb) => token.verbs?.has(verb)),
  );
  return about && tokens.some((token) => token.date || has(token, 'aspect') || token.count?.unit === 'times');
}
