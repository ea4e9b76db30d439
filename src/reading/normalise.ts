import { ENUMERATOR, NOISE, TYPOS } from './tables/signs.ts';

/**
 * One way of writing for everything after it: half-width signs, small letters, one kind of quotation mark, list
 * numbers turned into line breaks, greetings and emoji gone. Chinese text itself is left as it is written.
 */
export function normalise(text: string): string {
  let out = text.replace(/[①-⑳]/gu, '\n').normalize('NFKC').toLowerCase();
  out = out
    .replace(/[“”„‟「」『』"]/gu, '"')
    .replace(/[‘’]/gu, "'")
    .replace(/[〜～]/gu, '~');
  for (const [pattern, to] of NOISE) out = out.replace(pattern, to);
  for (const [wrong, right] of TYPOS) out = out.replaceAll(wrong, right);
  out = out.replace(ENUMERATOR, '\n');
  return out
    .replace(/[ \t\u00a0]+/gu, ' ')
    .trim()
    .replace(/[\s.。~!;,]+$/u, '');
}
