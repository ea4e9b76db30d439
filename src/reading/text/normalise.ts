import { BOTH, ENUMERATOR, FORM_LINES, HEARD_LESSON, IN_TURN, NOISE, SHORTHAND, TYPOS } from '../tables/signs.ts';
import { SIMPLIFIED, TRADITIONAL } from '../tables/traditional.ts';

const PLAIN = Object.fromEntries(
  [...'壹贰叁肆伍陆柒捌玖拾佰仟萬'].map((sign, k) => [sign, '一二三四五六七八九十百千万'[k]!]),
);
const RIGHT = new Map(TYPOS);
const MISSPELT = new RegExp([...RIGHT.keys()].join('|'), 'gu');
/** 贰节, 叁仟伍佰元; 陆 and 伍 alone are family names. */
const FORMAL =
  /[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾佰仟萬万零]+|[壹贰叁肆柒捌玖](?=[元圆节次台本套个块名件箱])/gu;

const SIMPLE = new Map([...TRADITIONAL].map((sign, k) => [sign, SIMPLIFIED[k]!]));
const IS_TRADITIONAL = new RegExp(`[${TRADITIONAL}]`, 'gu');
/** 12,000元: a comma inside a number. */
const THOUSANDS = /(?<![\d.])([1-9]\d{0,2})((?:,\d{3})+)(?![\d年月日号])/gu;

/** 语数英各1节: subjects by their first signs. */
const SUBJECT_OF: Record<string, string> = {
  语: '语文',
  数: '数学',
  英: '英语',
  物: '物理',
  化: '化学',
  生: '生物',
  政: '政治',
  史: '历史',
  地: '地理',
  外: '英语',
};
const WHOLE = /英语|生物|地理|物理|化学|历史|政治/u;
const SUBJECT_RUN = /[语数英外物化生政史地]{2,}(?=(?:三科|两科)?各|[两三四]科)/gu;

/** 七数1节, 一节九数: grade and subject by their first signs. */
const GRADE_SUBJECT =
  /(?<![一二三四五六七八九十百\d])([七八九])([语数英物化生政史地])(?=(?:\d|[一二两三])节|[,。;)]|$)/gu;

/** The number of the first line, which is none of the message's words. */
const FIRST_NUMBER = new RegExp(`^(?:${ENUMERATOR.source})\\s*`, 'u');

/** Nothing in it that could be noise; most messages. */
const ORDINARY = /^(?:[一-鿿\d,、:?!-]|。(?!。))*$/u;

/**
 * One way of writing for everything after it: half-width signs, small letters, one kind of quotation mark, list
 * numbers turned into line breaks, greetings and emoji gone. Chinese text itself is left as it is written.
 */
export function normalise(text: string): string {
  let out = text
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[①-⑳]/gu, '\n')
    .normalize('NFKC')
    .toLowerCase()
    .replace(IS_TRADITIONAL, (sign) => SIMPLE.get(sign)!)
    .replace(THOUSANDS, (number) => number.replaceAll(',', ''));
  out = out
    .replace(/[“”„‟「」『』"]/gu, '"')
    .replace(/[‘’]/gu, "'")
    .replace(/[〜～]/gu, '~');
  for (const leads of IN_TURN) out = inTurn(out, leads);
  out = closed(out).replace(FIRST_NUMBER, '');
  if (!ORDINARY.test(out) || out.includes('接龙')) for (const [pattern, to] of NOISE) out = out.replace(pattern, to);
  if (/[: 】\d]/u.test(out)) for (const [label, said] of FORM_LINES) out = out.replace(label, said);
  out = out.replace(SUBJECT_RUN, (run) => (WHOLE.test(run) ? run : [...run].map((sign) => SUBJECT_OF[sign]!).join('')));
  out = out.replace(GRADE_SUBJECT, (_, grade, subject) => `${grade}年级${SUBJECT_OF[subject]}`);
  if (/[昨今明听上/\dx×*各克元]/u.test(out)) for (const [short, said] of SHORTHAND) out = out.replace(short, said);
  if (/[俩仨]/u.test(out)) for (const [pair, said] of BOTH) out = out.replace(pair, said);
  out = out.replace(/(?<=\d) (?=[月日号节次年](?!\p{Script=Han}{0,1}\d))|(?<=\d月) (?=\d{1,2} ?[日号])/gu, '');
  out = out.replace(HEARD_LESSON, '节');
  out = out.replace(MISSPELT, (wrong) => RIGHT.get(wrong)!);
  out = out.replace(ENUMERATOR, '\n').replace(FORMAL, (run) => [...run].map((sign) => PLAIN[sign] ?? sign).join(''));
  return closed(out.replace(/[ \t\u00a0]+/gu, ' '));
}

/** A line for each item whose number follows the one before; at least two, else the text as it stands. */
function inTurn(text: string, leads: RegExp[]): string {
  let out = '';
  let rest = text;
  let found = 0;
  for (const lead of leads) {
    const at = lead.exec(rest);
    if (!at) break;
    out += `${rest.slice(0, at.index)}\n`;
    rest = rest.slice(at.index + at[0].length);
    found += 1;
  }
  return found > 1 ? (out + rest).replace(/^\n/u, '') : text;
}

/** Without what stands around it: spaces, and signs that close it and ask nothing. */
const closed = (text: string) => text.trim().replace(/[\s.。~!;,]+$/u, '');
const COPIES =
  /[(（]?(?:(?:纸质|文本|书面)(?:版|稿|件|文件)?|一式|复印(?:件)?|打印(?:稿|件)?)+了?(?:各)?(?:一式)?[\d一二两三四五六七八九十]+份[)）]?/gu;

/** 总结一式两份: copies of one paper are no second piece, so their number is left out, in as many signs. */
export const withoutCopies = (text: string): string => text.replace(COPIES, (copies) => ' '.repeat(copies.length));
