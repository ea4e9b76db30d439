import type { Choice, TokenRole } from '../judge/classes.ts';
import type { Verdict } from '../judge/judge.ts';
import type { Script } from '../structure/pieces.ts';
import { has } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadAt, Reading } from '../types.ts';

/** A message while its activities become readings. */
export interface Context {
  script: Script;
  roster: NameRoster;
  at: ReadAt;
  /** The reading made before this one, whose facts may apply here too. */
  before?: Reading;
}

/** One activity while its fields are filled in. */
export interface Telling extends Context {
  activity: Verdict;
  kind: Reading['kind'];
  status: Reading['status'];
  /** The tokens of its own pieces, and their text. */
  own: Token[];
  text: string;
  start: number;
  end: number;
  /** The tokens that have a role in it. */
  having: (role: TokenRole) => Token[];
  /** A choice of the judge; its chance counts for the reading. */
  pick: (name: Choice) => string;
  /** 各, 分别, 每人: what is said applies to each of those named. */
  each: boolean;
  /** What must be asked, with the possible answers. */
  ask: string[];
  offers: Record<string, string[]>;
  /** More schools at which the same was done: 给漫湾、大朝山各送三十本. */
  also: string[];
  /** What the activity told after it says for it too. */
  open: ('day' | 'place')[];
  /** The chances of the choices used so far. */
  chances: number[];
}

/** 各, 分别, 每人. */
const EACH = /^(?:各|每人|分别|一人|各自|每位|每名|各人)$/u;

export function tellingOf(activity: Verdict, status: Reading['status'], context: Context): Telling {
  const { script } = context;
  const { span, choices, roles } = activity;
  const first = script.pieces[span.from]!;
  const last = script.pieces[span.to - 1]!;
  const own = script.tokens.slice(first.first, last.last);
  const chances = [choices.status.p];
  return {
    ...context,
    activity,
    kind: span.kind as Reading['kind'],
    status,
    own,
    start: first.start,
    end: last.end,
    text: script.text.slice(first.start, last.end),
    having: (role) => [...roles].flatMap(([k, { value }]) => (value === role ? [script.tokens[k]!] : [])),
    pick: (name) => {
      chances.push(choices[name].p);
      return choices[name].value;
    },
    each: own.some((token) => has(token, 'all') && EACH.test(token.text)),
    ask: [],
    offers: {},
    also: [],
    open: [],
    chances,
  };
}
