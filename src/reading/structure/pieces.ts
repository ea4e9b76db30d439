import type { Ymd } from '../../plan/dates.ts';
import { SUBJECT_NAMES } from '../tables/school.ts';
import { has } from '../tokens/is.ts';
import { LEXICON } from '../tokens/lexicon.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import { standIn } from './stand-in.ts';

/** A short run of a message that belongs to one activity at most: ranges of its symbols (`from`, `to`) and tokens (`first`, `last`). */
export interface Piece {
  from: number;
  to: number;
  first: number;
  last: number;
  start: number;
  end: number;
  /** What stands before it: a line break, a full stop, a comma, a space, or nothing. */
  opens: 'line' | 'sentence' | 'clause' | 'space' | 'word';
  /** It ends with a question mark. */
  asked: boolean;
  /** What its words mean, in order: T a tag, V a verb, N a noun, K a kind. */
  tags: string[];
}

/** A message as the judge sees it: characters, and typed placeholders for names, dates and counts. */
export interface Script {
  text: string;
  tokens: Token[];
  symbols: string[];
  /** For each token its first symbol, the symbol after it, and its piece. */
  at: number[];
  past: number[];
  of: number[];
  pieces: Piece[];
}

const CONNECTIVE =
  /^(?:然后|接着|随后|顺便|顺带|顺道|还|又|另外|此外|并|并且|同时|之后|课后|会后|下午|上午|晚上|中午|早上|今早|但|但是|结果|不过|因为|因|再|也|期间|其间|最后|首先|其次|一是|二是|三是)$/u;
const FINISHED = /^[听讲上评谈看聊开备送]完了?课?$/u;
const LINK = /^(?:跟|找|给|去|到|留|陪|去了|到了|请)$/u;
/** After a name, a lesson of their own. */
const OWN_LESSON = /^的?(?!各)\p{Script=Han}{0,3}?[一二两三四五六\d]{1,2}[节堂]/u;
/** A name after these belongs to the word before it. */
const BOUND = /[和跟与同给到去在听向对陪请由被的、(\-找是把让为替带访往赴来从及约]$/u;

/** Cuts a message into pieces: at signs and line breaks, and within a clause before days, names, connectives and a second verb. */
export function scriptOf(text: string, said: Token[], roster: NameRoster, today: Ymd): Script {
  const tokens = said.map(withSubject);
  const script: Script = { text, tokens, symbols: [], at: [], past: [], of: [], pieces: [] };
  const { symbols, pieces } = script;
  let opens: Piece['opens'] = 'line';
  let piece: Piece | undefined;
  let told = false;
  let counted = false;
  const close = (end: number, asked: boolean, next: Piece['opens']) => {
    if (piece) {
      pieces.push({ ...piece, end, asked });
      opens = next;
    } else if (next === 'line' || (next === 'sentence' && opens !== 'line')) opens = next;
    piece = undefined;
    told = false;
    counted = false;
  };
  const put = (signs: Iterable<string>, start: number, token: number, tags: string[] = []) => {
    piece ??= { ...EMPTY, from: symbols.length, first: token, last: token, start, opens, tags: [] };
    symbols.push(...signs);
    piece.tags.push(...tags);
    piece.to = symbols.length;
  };
  let next = 0;
  for (let at = 0; at < text.length; ) {
    const token = tokens[next];
    if (!token || token.start > at) {
      const sign = text[at]!;
      if (sign !== ' ') put([sign >= '0' && sign <= '9' ? '0' : sign], at, next);
      else if (piece && piece.to - piece.from > 1 && !numbers(text, at, tokens[next - 1])) close(at, false, 'space');
      at += 1;
      continue;
    }
    next += 1;
    at = Math.max(token.end, at + 1);
    if (token.type === 'stop' || token.type === 'comma') {
      script.at.push(symbols.length);
      script.of.push(Math.max(0, pieces.length - Number(!piece)));
      if (piece) {
        put([token.text === '\n' ? '¶' : token.text], token.start, next);
        piece.last = next;
      }
      script.past.push(symbols.length);
      close(
        token.end,
        token.text === '?',
        token.text === '\n' ? 'line' : token.type === 'stop' ? 'sentence' : 'clause',
      );
      continue;
    }
    if (piece && breaks(token, tokens[next - 2], tokens[next], text, { told, counted }))
      close(token.start, false, 'word');
    script.at.push(symbols.length);
    script.of.push(pieces.length);
    const stand = standIn(token, roster, today);
    put(stand === undefined ? token.text : [stand], token.start, next - 1, tagsOf(token));
    piece!.last = next;
    script.past.push(symbols.length);
    told ||= token.kind !== undefined || (token.verbs?.size ?? 0) > 0;
    counted ||= token.count?.unit !== undefined;
  }
  close(text.length, false, 'line');
  if (pieces.length === 0)
    pieces.push({ ...EMPTY, to: symbols.length, last: tokens.length, end: text.length, tags: [] });
  for (let k = 0; k < script.of.length; k += 1) script.of[k] = Math.min(script.of[k]!, pieces.length - 1);
  return script;
}

const EMPTY = { from: 0, to: 0, first: 0, last: 0, start: 0, end: 0, opens: 'line' as const, asked: false };

/** 捐图书 120 册, 价值 5600 元: a space that only sets off a number. */
const numbers = (text: string, at: number, before: Token | undefined): boolean =>
  /^ \d/u.test(text.slice(at, at + 2)) && before?.type === 'word' && before.end === at;

function breaks(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  text: string,
  { told, counted }: { told: boolean; counted: boolean },
): boolean {
  const lead = text[token.start - 1] ?? ' ';
  // 听何俊一节、罗春梅一节: after a number, the next in the list has its own.
  if (lead === '、' && (token.type === 'name' || token.date)) return counted;
  // 听了鲁老师的一节数学课和罗老师的一节语文课.
  if (/[和与及]/u.test(lead) && token.type === 'name' && counted && OWN_LESSON.test(text.slice(token.end))) return true;
  // 听了罗老师的课、上了一节: another verb in the list.
  if (lead === '、' && told && (token.kind !== undefined || (token.verbs?.size ?? 0) > 0 || has(token, 'goto')))
    return true;
  if (token.type === 'date') return !(before?.date && before.end === token.start) && !/[到至\-、(]/u.test(lead);
  if (CONNECTIVE.test(token.text)) return true;
  // 上完课|听完评, 讲完|跟董老师座谈: a finished act, or a new counterpart, starts the next piece.
  if (
    told &&
    (FINISHED.test(token.text) || (LINK.test(token.text) && after?.type === 'name' && after.start === token.end))
  )
    return true;
  if (token.type === 'name' || (has(token, 'me') && token.text !== '我们')) return !BOUND.test(lead);
  return told && counted && (token.kind !== undefined || (token.verbs?.size ?? 0) > 0);
}

/** 语文课, 数学题: a subject with what is done in it. */
function withSubject(token: Token): Token {
  if (token.subject || token.type !== 'word' || !/..[课题]$/u.test(token.text)) return token;
  const stem = token.text.slice(0, -1);
  return LEXICON.get(stem)?.subject ? { ...token, subject: true, value: SUBJECT_NAMES[stem] ?? stem } : token;
}

function tagsOf({ tags, verbs, nouns, kind }: Token): string[] {
  const out: string[] = [];
  if (tags) for (const tag of tags) out.push(`T${tag}`);
  if (verbs) for (const verb of verbs) out.push(`V${verb}`);
  if (nouns) for (const noun of nouns) out.push(`N${noun}`);
  if (kind) out.push(`K${kind}`);
  return out;
}
