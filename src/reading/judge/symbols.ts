import type { Ymd } from '../../plan/dates.ts';
import { resolve } from '../tokens/calendar.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';

/** A short stretch as the judge sees it: characters, and typed placeholders for names, dates and counts. */
export interface Piece {
  symbols: string[];
  /** The tags of its words in the tables, in order. */
  tags: string[];
  start: number;
  end: number;
  asked: boolean;
}

const CONNECTIVE =
  /^(?:然后|接着|随后|顺便|顺带|顺道|还|又|另外|并|并且|同时|之后|课后|会后|下午|上午|晚上|中午|早上|今早|但|但是|结果|不过|因为|因)$/u;
/** A piece shorter than this is not cut before a date or a connective. */
const SHORTEST = 6;

/** Cuts a message at its clauses, and longer ones before dates and connectives. */
export function piecesOf(plain: string, tokens: Token[], roster: NameRoster, today: Ymd): Piece[] {
  const pieces: Piece[] = [];
  let symbols: string[] = [];
  let tags: string[] = [];
  let start = 0;
  let said = false;
  const close = (end: number, asked: boolean) => {
    if (said) pieces.push({ symbols, tags, start, end, asked });
    symbols = [];
    tags = [];
    said = false;
    start = end;
  };
  let next = 0;
  for (let at = 0; at < plain.length; ) {
    while (next < tokens.length && tokens[next]!.start < at) next += 1;
    const token = next < tokens.length && tokens[next]!.start === at ? tokens[next]! : undefined;
    if (!token) {
      const sign = plain[at]!;
      if (sign !== ' ') symbols.push(sign >= '0' && sign <= '9' ? '0' : sign);
      if (sign !== ' ' && !said) said = /[\p{L}\p{N}]/u.test(sign);
      at += 1;
      continue;
    }
    at = Math.max(token.end, at + 1);
    if (token.type === 'stop' || token.type === 'comma') {
      if (token.type === 'stop' && token.text !== '\n') symbols.push(token.text);
      close(token.end, token.text === '?');
      continue;
    }
    if (symbols.length >= SHORTEST && (token.type === 'date' || CONNECTIVE.test(token.text))) close(token.start, false);
    said = true;
    const stand = standIn(token, roster, today);
    if (stand !== undefined) symbols.push(stand);
    else {
      for (const sign of token.text) symbols.push(sign);
      tagsOf(token, tags);
    }
  }
  close(plain.length, false);
  return pieces;
}

function tagsOf(token: Token, out: string[]): void {
  if (token.tags) for (const tag of token.tags) out.push(`T${tag}`);
  if (token.verbs) for (const verb of token.verbs) out.push(`V${verb}`);
  if (token.nouns) for (const noun of token.nouns) out.push(`N${noun}`);
  if (token.kind) out.push(`K${token.kind}`);
}

/** The placeholder of a token: only whose name it is and on which side of today matter, not which name or day. */
function standIn(token: Token, roster: NameRoster, today: Ymd): string | undefined {
  switch (token.type) {
    case 'name':
      return nameStand(token, roster);
    case 'date':
      return dateStand(token, today);
    case 'count':
      return token.count?.unit ? `⟨数${token.count.unit}${token.count.n === undefined ? '几' : ''}⟩` : '⟨数⟩';
    case 'ordinal':
      return '⟨第⟩';
    case 'clock':
      return '⟨点⟩';
    case 'grade':
      return '⟨级⟩';
    case 'title':
      return '⟨题⟩';
    case 'quote':
      return '⟨引⟩';
    default:
      return token.subject ? '⟨科⟩' : undefined;
  }
}

function nameStand({ named }: Token, { knows, partners, ownPupils }: NameRoster): string {
  const { pupils, schools, people } = named!;
  if (pupils.length > 0) return pupils.some((pupil) => ownPupils.includes(pupil)) ? '⟨生⟩' : '⟨他生⟩';
  const own = knows.sender?.school;
  if (schools.length > 0) {
    if (schools[0] === own) return '⟨本校⟩';
    return schools.some((school) => partners.includes(school)) ? '⟨对校⟩' : '⟨校⟩';
  }
  if (people.length === 0) return '⟨某⟩';
  if (knows.sender && people.includes(knows.sender.name)) return '⟨我⟩';
  return schoolOf(people[0]!, knows.people) === own ? '⟨同事⟩' : '⟨对人⟩';
}

const SCHOOL_OF = new WeakMap<object, Map<string, string | undefined>>();

function schoolOf(name: string, people: NameRoster['knows']['people']): string | undefined {
  let known = SCHOOL_OF.get(people);
  if (!known) {
    known = new Map(people.map((person) => [person.name, person.school]));
    SCHOOL_OF.set(people, known);
  }
  return known.get(name);
}

function dateStand({ date }: Token, today: Ymd): string {
  const said = date!.said;
  if (said === 'later') return '⟨将来⟩';
  if (said === 'vague' || said === 'term') return '⟨模糊⟩';
  const when = resolve(date!, today, 'open');
  const last = when.to ?? when.days.at(-1);
  const side = when.later ? '>' : last === undefined ? '?' : last > today ? '>' : last === today ? '=' : '<';
  const sure = said === 'day' || (said === 'weekday' && date!.weeksAway !== undefined) ? '!' : '';
  return `⟨日${when.days.length > 1 ? '多' : when.from ? '段' : ''}${side}${sure}⟩`;
}
