import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { segmentsOf } from './clauses.ts';
import type { Stretch } from './form.ts';

/** The part of a message about one pupil, or one day, in a series. */
interface Turn {
  start: number;
  tokens: Token[];
  pupil?: Token;
  date?: Token;
  failed: boolean;
}

const WORD: Record<string, string> = { home_visit: '家访', talk: '谈话', study_guidance: '辅导' };
const SINGLE = /^(?:day|month_day|day_of_month|weekday)$/u;
const NOT_YET = /^(?:没|没有|还没|还没有|未|没在|不在|没来|没接|没人)/u;

/**
 * 「李小明家昨天去了，爷爷在；李雨家没人，白跑」, 「5号谈了，19号没谈」: a sentence for each pupil or day in the series, if one of them
 * failed. Undefined if the message has a single turn, or several kinds.
 */
export function toldInTurn(plain: string, tokens: Token[]): Stretch[] | undefined {
  if (!tokens.some(isPupil)) return undefined;
  const kinds = new Set(segmentsOf(tokens, plain.length).flatMap(({ kind }) => kind ?? []));
  const [kind] = kinds;
  if (kinds.size !== 1 || !PUPIL_KINDS.has(kind!)) return undefined;
  const byPupil = turnsIn(plain, tokens, false);
  const alone = new Set(tokens.filter(isPupil).map(({ text }) => text)).size === 1;
  const byDay = alone ? turnsIn(plain, tokens, true) : [];
  const turns = apart(byPupil, ({ pupil }) => pupil?.text)
    ? byPupil
    : apart(byDay, ({ date }) => date?.text)
      ? byDay
      : [];
  const [first] = turns;
  if (!first) return undefined;
  const head = plain.slice(0, first.start).replace(/[^,。;:\n]*[都全各][^,。;:\n]*$/u, '');
  let date: string | undefined;
  let pupil = turns === byDay ? tokens.find(isPupil)?.text : undefined;
  return turns.map((turn, k) => {
    const text = plain.slice(turn.start, turns[k + 1]?.start ?? plain.length).replace(/[\s,;。、和跟]+$/u, '');
    const lead = [
      turn.date ? '' : (date ?? ''),
      named(turn.tokens, kind!) ? '' : WORD[kind!],
      turn.pupil || (k === 0 && head.includes(pupil ?? '')) ? '' : (pupil ?? ''),
    ];
    date = turn.date?.text ?? date;
    pupil = turn.pupil?.text ?? pupil;
    return { text: `${k === 0 ? head : ''}${lead.join('')}${lead.some((said) => said !== '') ? ' ' : ''}${text}` };
  });
}

/** A turn begins at a clause that opens with a pupil, or with a day if each has one. */
function turnsIn(plain: string, tokens: Token[], byDay: boolean): Turn[] {
  const turns: Turn[] = [];
  tokens.forEach((token, k) => {
    const before = tokens[k - 1];
    const gap = plain.slice(before?.end ?? 0, token.start);
    const opens = before === undefined || before.type === 'comma' || before.type === 'stop' || /[ 、,;]/u.test(gap);
    const date = singleDay(token) ? token : undefined;
    const pupil = onePupil(token) ? token : undefined;
    const next = tokens[k + 1];
    const led = date && next !== undefined && onePupil(next) && next.start === token.end;
    const turn = turns.at(-1);
    if (opens && (byDay ? date : pupil || led) && (!turn || told(turn))) {
      turns.push({ start: token.start, tokens: [token], pupil, date, failed: false });
      return;
    }
    if (!turn) return;
    turn.tokens.push(token);
    turn.date ??= date;
    turn.pupil ??= pupil;
    if (has(token, 'failed') || (has(token, 'negation') && NOT_YET.test(token.text))) turn.failed = true;
  });
  return turns;
}

const singleDay = ({ date }: Token) => date !== undefined && SINGLE.test(date.said);
const onePupil = (token: Token) => isPupil(token) && token.named!.pupils.length === 1;

/** More than a day, a name and companions: the turn says something. */
function told(turn: Turn): boolean {
  return turn.tokens.some(
    (token) =>
      token.verbs?.size || token.kind || has(token, 'failed', 'negation', 'aspect', 'kin') || token.type === 'stop',
  );
}

const named = (tokens: Token[], kind: string): boolean =>
  segmentsOf(tokens, tokens.at(-1)!.end).some((segment) => segment.kind === kind);

/** Successes of some turns are separate from failures of others. */
function apart(turns: Turn[], sort: (turn: Turn) => string | undefined): boolean {
  const names = new Set(turns.map(sort));
  const mixed = turns.some(({ failed }) => failed) && turns.some(({ failed }) => !failed);
  return turns.length > 1 && mixed && names.size === turns.length && !names.has(undefined);
}
