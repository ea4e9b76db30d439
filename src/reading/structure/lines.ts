import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { hitsIn } from './hits.ts';

/** One line of a message, or one item of a list, with its contents. */
export interface TextLine {
  text: string;
  start: number;
  tokens: Token[];
  /** A word for an activity, even if it only heads a list. */
  word?: string;
  /** The words that name an activity; undefined if there are none. */
  named?: string;
  people: Token[];
  pupils: Token[];
  schools: Token[];
  dates: Token[];
  counted: boolean;
}

const BREAK = /\n/u;
const ITEM_BREAK = /[\n;。·•]/u;

/** The lines of a text; for a single line, the items after `from`. */
export function linesIn(plain: string, tokens: Token[], from = 0, items = false): TextLine[] {
  const lines: TextLine[] = [];
  let start = from;
  const close = (end: number) => {
    const lead = /^[\s,.\-—*>·•]*/u.exec(plain.slice(start, end))![0].length;
    const text = plain.slice(start + lead, end).replace(/[\s,;。.]+$/u, '');
    if (/[\p{L}\p{N}]/u.test(text)) lines.push(lineOf(text, start + lead, tokens));
    start = end + 1;
  };
  const sign = items ? ITEM_BREAK : BREAK;
  for (let at = from; at < plain.length; at += 1) if (sign.test(plain[at]!)) close(at);
  close(plain.length);
  return lines;
}

function lineOf(text: string, start: number, all: Token[]): TextLine {
  const end = start + text.length;
  const tokens = all.filter((token) => token.start >= start && token.end <= end);
  const words = tokens.filter((token) => token.type !== 'stop' && token.type !== 'comma');
  const [hit] = hitsIn(words, words);
  return {
    text,
    start,
    tokens,
    word: words.find((token) => token.kind)?.text,
    named: hit && text.slice(words[hit.first]!.start - start, words[hit.last]!.end - start),
    people: tokens.filter(isPerson),
    pupils: tokens.filter((token) => isPupil(token) && token.named!.pupils.length > 0),
    schools: tokens.filter((token) => isSchool(token) || has(token, 'partner')),
    dates: tokens.filter((token) => token.date),
    counted: tokens.some((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times'),
  };
}

/** A line without these tokens. */
export function withoutLine(line: TextLine, gone: Token[]): string {
  let out = line.text;
  for (const token of [...gone].sort((a, b) => b.start - a.start))
    out = `${out.slice(0, token.start - line.start)} ${out.slice(token.end - line.start)}`;
  return out;
}
