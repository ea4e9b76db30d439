import { pinyin } from 'pinyin-pro';

// pinyin-pro over a whole sentence takes 20 µs and weighs words; single characters from a memo are enough for names.
const SYLLABLES = new Map<string, string>();

/** The syllable of one character without its tone; the character itself where it has none. */
export function syllable(char: string): string {
  let known = SYLLABLES.get(char);
  if (known === undefined) {
    known = pinyin(char, { toneType: 'none', v: true }) || char;
    if (SYLLABLES.size < 20_000) SYLLABLES.set(char, known);
  }
  return known;
}

/** How a word sounds, without tones. */
export function sound(word: string): string {
  return [...word].map(syllable).join(' ');
}

/** The same with what Chinese speakers confuse made equal: zh/z, ch/c, sh/s, n/l, f/h, -ng/-n. */
export function roughSound(word: string): string {
  return [...word].map((char) => rough(syllable(char))).join(' ');
}

function rough(spoken: string): string {
  const initial = spoken
    .replace(/^([zcs])h/u, '$1')
    .replace(/^n/u, 'l')
    .replace(/^f/u, 'h');
  return initial.replace(/([aei])ng$/u, '$1n');
}
