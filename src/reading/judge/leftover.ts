import type { Verb } from '../tables/kinds.ts';
import type { Tag } from '../tables/words.ts';
import { has, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** Ways of speaking that tell of others, ask, thank, wish or judge: whoever speaks so is not helped by a card that asks again. */
const NO_REPORT =
  'you condition hearsay ownLife cheer urge wish says rule praise suggest ask tagQuestion visitor office tired negation failed'.split(
    ' ',
  ) as Tag[];
const POLITE = /^(?:收到|好的|明白|不好意思)|大家|请(?!假)|[?]/u;
const WITH_PUPILS: Verb[] = ['talk', 'call', 'contact', 'tutor'];

/**
 * Whether a message of which no reading could be made looks like a report all the same: an activity, a visited school or a
 * talk, with a time or a count beside it. Whoever wrote it gets a helpful card; anybody else would only be bothered by it.
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
