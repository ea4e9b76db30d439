import type { Script } from '../structure/pieces.ts';
import { inARow } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Heard } from '../types.ts';
import {
  allowedRoles,
  CHOICE_WIDTH,
  CHOICES,
  type Choice,
  columnOf,
  KINDS,
  TOKEN_ROLES,
  type TokenRole,
} from './classes.ts';
import {
  activityFeatures,
  messageFeatures,
  named,
  pieceFeatures,
  remarkFeatures,
  type Stretch,
  tokenFeatures,
} from './features.ts';
import { goodsIn } from './goods.ts';
import {
  divisions,
  KIND0,
  kindsToTry,
  NONE,
  ON,
  PIECE_WIDTH,
  type Run,
  type Scores,
  type Visit,
  visits,
} from './lattice.ts';
import type { Weights } from './weights.ts';

/** A value with the chance that it is right. */
export interface Held<T> {
  value: T;
  p: number;
}

/** One activity of a message and what was decided about it. */
export interface Verdict {
  span: Stretch;
  /** The chance that exactly these pieces tell it. */
  p: number;
  choices: Record<Choice, Held<string>>;
  /** The role of each token that can have one, by its index. */
  roles: ReadonlyMap<number, Held<TokenRole>>;
  /** What each number of goods counts, by its token. */
  goods: ReadonlyMap<number, string | undefined>;
}

/** One way to divide a message into activities. */
export interface Way {
  spans: (Stretch & { p: number })[];
  /** How far behind the likeliest way: 0 or less, as a logarithm. */
  behind: number;
}

/** The judge's opinion on a message. */
export interface Opinion {
  /** The likeliest ways to divide it, the best first. */
  ways: Way[];
  /** For each kind how often the message is expected to tell it. */
  expected: { kind: string; n: number }[];
  /** For each piece the chance that an activity begins there. */
  begun: number[];
}

export function scoresOf(script: Script, { table, turn }: Weights): Scores {
  return {
    pieces: script.pieces.map((_, k) => table.sum((by) => pieceFeatures(script, k, by), new Float32Array(PIECE_WIDTH))),
    message: table.sum((by) => messageFeatures(script, by), new Float32Array(PIECE_WIDTH)),
    turn,
  };
}

/** As many ways are looked at, unless they are so far behind the best. */
const MOST_WAYS = 12;
const FAR_BEHIND = -4;

/** Which activities a message tells, and which pieces tell each. What a second opinion has `heard` weighs as much as several words. */
export function judged(script: Script, weights: Weights, heard: Heard[] = []): Opinion {
  const scores = scoresOf(script, weights);
  for (const one of heard) weighIn(scores, script, one);
  const kinds = kindsToTry(scores);
  const steps = visits(scores, kinds);
  const begins = steps.filter(({ kind, act }) => kind >= 0 && act !== ON);
  const sum = (list: Visit[]) => list.reduce((all, { p }) => all + p, 0);
  const found = divisions(scores, kinds, MOST_WAYS);
  const ways = found.map(({ runs, score }) => ({ runs, behind: score - found[0]!.score }));
  return {
    ways: ways
      .filter(({ behind }) => behind >= FAR_BEHIND)
      .map(({ runs, behind }) => ({
        spans: spansOf(runs, scores).map((span) => ({ ...span, p: chanceOf(span, steps, script.pieces.length) })),
        behind,
      })),
    expected: kinds.map((k) => ({ kind: KINDS[k]!, n: sum(begins.filter(({ kind }) => kind === k)) })),
    begun: script.pieces.map((_, piece) => sum(begins.filter((step) => step.piece === piece))),
  };
}

const HEARD = 6;
const bare = (text: string) => text.replace(/[,。\s]/gu, '');

function weighIn({ pieces }: Scores, { text, pieces: places }: Script, { kind, status, quote }: Heard): void {
  const said = bare(quote);
  const k = KINDS.indexOf(kind);
  const at = places.findIndex(({ start, end }) => {
    const own = bare(text.slice(start, end));
    return own.length > 1 && (own.includes(said) || said.includes(own));
  });
  if (status !== 'done' || k < 0 || at < 0) return;
  pieces[at]![KIND0 + k]! += HEARD;
  pieces[at]![NONE]! -= HEARD;
}

/** Each run of pieces with its strongest piece and the loose pieces before it. */
export function spansOf(found: Run[], { pieces }: Scores): Stretch[] {
  return found.map(({ kind, from, to }, index) => {
    let main = from;
    for (let k = from; k < to; k += 1) if (pieces[k]![KIND0 + kind]! > pieces[main]![KIND0 + kind]!) main = k;
    const lead = index === 0 ? 0 : found[index - 1]!.to;
    const next = found[index + 1]?.from ?? pieces.length;
    return { kind: KINDS[kind]!, from, to, main, lead, next, index, count: found.length };
  });
}

/** The least likely of the steps that make a run. */
function chanceOf({ kind, from, to }: Stretch, steps: Visit[], pieces: number): number {
  const k = KINDS.indexOf(kind as (typeof KINDS)[number]);
  const at = (piece: number, fits: (visit: Visit) => boolean) =>
    steps.reduce((sum, visit) => sum + (visit.piece === piece && fits(visit) ? visit.p : 0), 0);
  let least = at(from, ({ kind: own, act }) => own === k && act !== ON);
  for (let piece = from + 1; piece < to; piece += 1)
    least = Math.min(
      least,
      at(piece, ({ kind: own, act }) => own === k && act === ON),
    );
  return to < pieces
    ? Math.min(
        least,
        at(to, ({ act }) => act !== ON),
      )
    : least;
}

/** What is decided about an activity as one of a few values, and the roles of its tokens. */
export function decided(script: Script, span: Stretch & { p: number }, { table, goods }: Weights): Verdict {
  const scores = table.sum((by) => {
    activityFeatures(script, span, by);
    if (span.kind === 'observe') remarkFeatures(script, span, by);
  }, new Float32Array(CHOICE_WIDTH));
  const choices = {} as Verdict['choices'];
  for (const name of Object.keys(CHOICES) as Choice[]) {
    const columns = CHOICES[name].map((_, c) => columnOf(name) + c);
    const { at, p } = likeliest(scores, columns);
    choices[name] = { value: CHOICES[name][at - columnOf(name)]!, p };
  }
  const roles = new Map<number, Held<TokenRole>>();
  const last = script.pieces[span.to - 1]!.last;
  for (let k = script.pieces[span.lead]!.first; k < last; k += 1) {
    const allowed = allowedRoles(script.tokens[k]!);
    if (allowed.length < 2) continue;
    const { at, p } = likeliest(
      table.sum((by) => tokenFeatures(script, span, k, by), new Float32Array(TOKEN_ROLES.length)),
      allowed,
    );
    roles.set(k, { value: TOKEN_ROLES[at]!, p });
  }
  inRows(roles, script);
  return { span, p: span.p, choices, roles, goods: goodsIn(script, roles, goods) };
}

/** 何老师和罗老师: if only one of two names in a row has a role, the other takes the same one; next to a doer it is company. */
function inRows(roles: Map<number, Held<TokenRole>>, { tokens, text }: Script): void {
  const shared: ReadonlySet<TokenRole> = new Set(['by', 'with', 'teacher', 'pupil']);
  for (const [k, { value, p }] of roles) {
    const next = nextName(tokens, k);
    const other = next === undefined ? undefined : roles.get(next);
    if (!other || !inARow(tokens[k]!, tokens[next!]!, text)) continue;
    if (other.value === 'none' && shared.has(value))
      roles.set(next!, { value: value === 'by' ? 'with' : value, p: other.p });
    else if (value === 'none' && shared.has(other.value)) roles.set(k, { value: other.value, p });
  }
}

/** The name after this token, with at most a word between. */
function nextName(tokens: Token[], k: number): number | undefined {
  return [k + 1, k + 2].find((at) => tokens[at]?.type === 'name');
}

function likeliest(scores: Float32Array, columns: readonly number[]): { at: number; p: number } {
  let at = columns[0]!;
  for (const c of columns) if (scores[c]! > scores[at]!) at = c;
  let sum = 0;
  for (const c of columns) sum += Math.exp(scores[c]! - scores[at]!);
  return { at, p: 1 / sum };
}

/** What weighed most for or against a kind in some pieces, the strongest first: 「听课」 +2.1. */
export function reasonsFor(
  { table }: Weights,
  script: Script,
  { kind, from, to }: Pick<Stretch, 'kind' | 'from' | 'to'>,
  most = 6,
): string[] {
  const column = KIND0 + KINDS.indexOf(kind as (typeof KINDS)[number]);
  const weighed = new Map<string, number>();
  for (let piece = from; piece < to; piece += 1)
    for (const name of named((by) => pieceFeatures(script, piece, by))) {
      const said = readable(name);
      const weight = table.of(name).find(([c]) => c === column)?.[1];
      if (said && weight !== undefined) weighed.set(said, (weighed.get(said) ?? 0) + weight);
    }
  return [...weighed]
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, most)
    .map(([said, weight]) => `${said} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`);
}

/** A feature in a form that people can read; undefined for one that no words of the message show. */
function readable(name: string): string | undefined {
  const words = /^P([cpn])([^#^$l].*)$/u.exec(name);
  if (words) return `${PLACED[words[1]!]}「${words[2]}」`;
  const tag = /^P([pn]?)l[TVNK]([a-zA-Z_]+)$/u.exec(name);
  return tag ? `${PLACED[tag[1] || 'c']}${tag[2]}` : undefined;
}

const PLACED: Record<string, string> = { c: '', p: 'before it ', n: 'after it ' };
