import Nzh from 'nzh';

const DIGITS = '零〇一二三四五六七八九';
const DIGIT_VALUE: Record<string, number> = { 两: 2, 俩: 2, 仨: 3, 半: 0.5 };
const SCALE: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };
const TAIL: Record<string, number> = { 百: 10, 千: 100, 万: 1000 };

/** A number in a text: its value (`undefined` for a bare 几 or 三四) and its end. */
export interface NumberAt {
  n: number | undefined;
  end: number;
  /** 1000余, 30多: approximate. */
  approx?: boolean;
}

/** 来 or 余 after a round number, before what is counted. */
const ROUNDLY = /^[来余][本册套个台人名张支件双箱位元块斤把副条]/u;

const ARABIC = /\d+(?:\.\d+)?(?:[万千百](?!位))?/y;
const HAN = /[零〇一二两三四五六七八九十百千万俩仨半几数多]+/y;

/**
 * The number that starts at `at`: 12, 3.5, 2万, 十二, 四千八, 两百五, 二〇二六, 十几.
 * nzh reads well-formed Chinese numerals; colloquial tails (四千八 = 4800), 两, digit strings and vague numbers are
 * ours, because nzh gives 4008, 0, 226 and 0 for them.
 */
export function numberAt(text: string, at: number): NumberAt | undefined {
  ARABIC.lastIndex = at;
  const arabic = ARABIC.exec(text)?.[0];
  if (arabic) {
    let end = at + arabic.length;
    const scale = SCALE[arabic.at(-1)!];
    const vague = /^[多几余]/u.test(text.slice(end, end + 1)) || ROUNDLY.test(text.slice(end, end + 2));
    const whole = scale ? Math.round(Number(arabic.slice(0, -1)) * scale * 100) / 100 : Number(arabic);
    // 3万2 is 32000.
    const tail = scale && /^[1-9](?![\d.万千百个])/u.test(text.slice(end)) ? Number(text[end]) : 0;
    const n = whole + (tail * (scale ?? 0)) / 10;
    if (tail) end += 1;
    if (vague) end += 1;
    return { n, end, approx: vague || undefined };
  }
  HAN.lastIndex = at;
  const han = HAN.exec(text)?.[0];
  if (!han || han === '多' || han === '数' || !/^[零〇一二两三四五六七八九十百千万俩仨半几]/u.test(han))
    return undefined;
  if (/^[百千万]/u.test(han)) return undefined;
  const end = at + han.length;
  // 四百多本, 六百来册, 三十余人.
  const more = han.endsWith('多') ? 0 : ROUNDLY.test(text.slice(end, end + 2)) ? 1 : undefined;
  const round = more === 0 ? han.slice(0, -1) : han;
  if (more !== undefined && /[十百千万]$/u.test(round)) return { n: hanNumber(round), end: end + more, approx: true };
  return { n: hanNumber(han), end: at + han.length };
}

/** The value of Chinese numerals; undefined if they are no single number (几, 三四, 十多). */
export function hanNumber(han: string): number | undefined {
  if (/[几数多]/u.test(han)) return undefined;
  if (han.length === 1) return SCALE[han] ?? digit(han);
  if (/^[零〇一二两三四五六七八九]+$/u.test(han)) return digitString(han);
  const tail = TAIL[han.at(-2)!];
  if (tail && digit(han.at(-1)!) >= 1) {
    const head = hanNumber(han.slice(0, -1));
    return head === undefined ? undefined : head + digit(han.at(-1)!) * tail;
  }
  const value = Nzh.cn.decodeS(han.replaceAll('两', '二').replaceAll('俩', '二').replaceAll('〇', '零'));
  return Number(value) || undefined;
}

function digit(char: string): number {
  return DIGIT_VALUE[char] ?? (char === '〇' ? 0 : Math.max(0, DIGITS.indexOf(char) - 1));
}

/** 二〇二六 is 2026; 三四 or 一两 is only approximate, so it has no value. */
function digitString(han: string): number | undefined {
  if (han.length < 3 && !/[零〇]/u.test(han)) return undefined;
  return Number([...han].map(digit).join(''));
}
