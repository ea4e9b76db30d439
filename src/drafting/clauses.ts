/** A plan's text as sentences, each with the place of its clause: 二、5 or 四（二）3. */
import { withTables } from './table.ts';

export interface Sentence {
  /** The number of its clause. */
  place: string;
  text: string;
  /** The headings above it, the nearest last. */
  under: string[];
}

interface Level {
  name: string;
  says: string;
  when: RegExp;
  said: (n: string) => string;
}

const HAN = '一二三四五六七八九十';
/** 十一、十二月份： is a heading of two months, not clause eleven. */
const NO_MONTHS = `(?![${HAN}]{1,2}月份?(?:[:\\s]|$))`;
/** From this level on, numbers only count the items under a heading. */
const ITEM = 5;

/** How clauses are numbered, from chapters down to points. */
export const LEVELS: Level[] = [
  {
    name: 'chapter',
    says: '第三章 ',
    when: new RegExp(`^第([${HAN}]{1,3})[章部分节]+[、:\\s]*`),
    said: (n) => `第${n}章`,
  },
  { name: 'bracketed', says: '【活动内容】', when: /^【(([^】]{2,16}))】\s*/, said: (n) => n },
  { name: 'article', says: '第十条 ', when: new RegExp(`^第([${HAN}\\d]{1,4})条[、:\\s]*`), said: (n) => `第${n}条` },
  { name: 'part', says: '二、', when: new RegExp(`^([${HAN}]{1,3})[、.]${NO_MONTHS}\\s*`), said: (n) => `${n}、` },
  { name: 'section', says: '(二)', when: new RegExp(`^\\(([${HAN}]{1,3})\\)[、.]?\\s*`), said: (n) => `（${n}）` },
  {
    name: 'item',
    says: '3.',
    when: /^(\d{1,2})(?:[、.](?!\d)|(?=\p{Script=Han}{2})(?![次节名位篇份天周月年所个人元批期场至到项]))\s*/u,
    said: (n) => n,
  },
  { name: 'point', says: '(3)', when: /^\((\d{1,2})\)[、.]?\s*/, said: (n) => `（${n}）` },
];

/** Where a numbered clause begins inside running text: after the end of a sentence. */
const BREAKS = new RegExp(
  `(?<=[。;；:!])\\s*(?=\\(?[${HAN}]{1,3}[)、]|\\(\\d{1,2}\\)|\\d{1,2}[.、](?!\\d)|第[${HAN}\\d]{1,4}[章条]|[${HAN}\\d]{1,2}(?:、[${HAN}\\d]{1,2})?月份?:)`,
  'g',
);
const MONTH_HEAD = new RegExp(
  `^(?:(?:\\d{4}|次|第二|翌|明|当)年)?(\\d{1,2}(?:、\\d{1,2})?|[${HAN}元正腊]{1,2}(?:、[${HAN}]{1,2})?)月份?(?:[:、]|\\s+(?=\\p{Script=Han})|$)`,
  'u',
);

export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  const places: (string | undefined)[] = [];
  const heads: (string | undefined)[] = [];
  let alone: string | undefined;
  let section: string | undefined;
  for (const line of withTables(wrapped(text.replace(BREAKS, '\n')))) {
    if (typeof line !== 'string') {
      const above = heads.filter((h): h is string => !!h);
      found.push({ ...line, place: `${placeOf(places)}${line.place}`, under: [...above, ...line.under] });
      continue;
    }
    let rest = line.trim();
    if (SECTION.test(rest) && LEVELS.every(({ when }) => !when.test(rest))) {
      section = rest;
      places.length = 0;
      heads.length = 0;
      continue;
    }
    for (let level = 0; level < LEVELS.length; level++) {
      const head = LEVELS[level]!.when.exec(rest);
      if (!head) continue;
      rest = rest.slice(head[0].length);
      if (level < ITEM) alone = undefined;
      places.length = level;
      heads.length = level;
      places[level] = LEVELS[level]!.said(head[1]!);
      heads[level] = head[2] ?? '';
    }
    if (rest === '') continue;
    const depth = Math.max(0, places.length - 1);
    const place = `${section ?? ''}${placeOf(places)}`;
    const parts = rest
      .split(/(?<=[。!?])/)
      .map((p) => p.trim())
      .filter(Boolean);
    const [first = ''] = parts;
    const title = titleIn(first, parts.length > 1);
    if (title !== undefined) heads[depth] = title;
    const label = title === undefined ? LABEL.exec(first)?.[1] : undefined;
    const month = MONTH_HEAD.exec(rest) ?? (alone ? MONTH_HEAD.exec(alone) : null);
    if (MONTH_HEAD.exec(rest)?.[0].length === rest.length) {
      alone = rest;
      places.length = Math.min(places.length, ITEM);
      heads.length = places.length;
      continue;
    }
    for (const part of parts)
      found.push({
        place: month ? `${place}${month[1]}月` : place,
        text: part,
        under: [section, ...heads, label, month?.[0]].filter((h): h is string => !!h),
      });
  }
  return found;
}

const placeOf = (places: (string | undefined)[]): string => places.filter((p) => p !== undefined).join('');

/** Joins long lines that end in the middle of a sentence with the next line. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n').map((l) => l.trim())) {
    const before = lines.at(-1);
    const numbered = /^【/.test(line) || MONTH_HEAD.test(line) || LEVELS.some(({ when }) => when.test(line));
    if (line === '') continue;
    if (
      before &&
      before.length > 30 &&
      !before.includes('\t') &&
      !line.includes('\t') &&
      !/(?:[。;:!?】]|方案|计划|办法|意见|细则|通知|协议书?|责任书)$/.test(before) &&
      !numbered
    )
      lines[lines.length - 1] = before + line;
    else lines.push(line);
  }
  return lines;
}

/** A heading after which clauses start at 一 again: 乙方（凤凰岭学校）职责. */
const SECTION = /^.{0,12}(?:[甲乙丙双]方|校|园|教师).{0,10}(?:职责|责任|义务):?$/;

/** The addressees of a circular: 各乡镇中心校、县直学校：. */
const SALUTATION = /^各.+:$/;

/** The heading of the clauses below it: a short line rather than a sentence. */
function titleIn(sentence: string, goesOn: boolean): string | undefined {
  const plain = sentence.replace(/[。;；]$/, '');
  if (SALUTATION.test(plain)) return undefined;
  return plain.length <= 24 && !/[，,]/.test(plain) && (goesOn || plain === sentence) ? plain : undefined;
}

/** The words before a line's colon apply to that line: 与学生谈心：每周 1 次. */
const LABEL = /^([^，,。:]{2,24}):/;
