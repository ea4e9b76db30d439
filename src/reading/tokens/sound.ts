import { pinyin } from 'pinyin-pro';

// pinyin-pro takes 20 µs for a sentence, since it weighs words; cached single characters are enough for names.
const SYLLABLES = new Map<number, string>();

/** The syllable of one character without its tone; the character itself if it has none. */
export function syllable(char: string): string {
  const code = char.codePointAt(0)!;
  let known = SYLLABLES.get(code);
  if (known === undefined) {
    known = pinyin(char, { toneType: 'none', v: true }) || char;
    if (SYLLABLES.size < 20_000) SYLLABLES.set(code, known);
  }
  return known;
}

/** The sound of a word, without tones. */
export function sound(word: string): string {
  let out = '';
  for (const char of word) out += out ? ` ${syllable(char)}` : syllable(char);
  return out;
}

/** The same, with sounds that Chinese speakers confuse made equal: zh/z, ch/c, sh/s, n/l, f/h, -ng/-n. */
export function roughSound(word: string): string {
  return roughSounds(word, 0, word.length).at(-1) ?? '';
}

/** The rough sounds of the first character from `at`, of the first two, and so on. */
export function roughSounds(text: string, at: number, length: number): string[] {
  const out: string[] = [];
  for (let k = at; k < at + length; k += 1) out.push(k > at ? `${out.at(-1)} ${rough(text[k]!)}` : rough(text[k]!));
  return out;
}

const ROUGH = new Map<string, string>();

function rough(char: string): string {
  const spoken = syllable(char);
  let known = ROUGH.get(spoken);
  if (known === undefined) {
    const initial = spoken
      .replace(/^([zcs])h/u, '$1')
      .replace(/^n/u, 'l')
      .replace(/^f/u, 'h');
    known = initial.replace(/([aei])ng$/u, '$1n');
    if (ROUGH.size < 20_000) ROUGH.set(spoken, known);
  }
  return known;
}
