import type { Script } from '../structure/pieces.ts';
import type { Heard } from '../types.ts';
import { CHOICES, CHOICE_WIDTH, type Choice, columnOf, KINDS, ROLES, type Role } from './classes.ts';
import { activityFeatures, messageFeatures, pieceFeatures, type Span, tokenFeatures } from './features.ts';
import { divided, type Found, KIND0, likelyKinds, NONE, ON, PIECE_WIDTH, type Scores, type Visit, visits } from './lattice.ts';
import { allowedRoles } from './roles.ts';
import type { Weights } from './weights.ts';

/** A value with the chance that it is right. */
export interface Held<T> {
  value: T;
  p: number;
}

/** One activity of a message and what was decided about it. */
export interface Activity {
  span: Span;
  /** The chance that exactly these pieces tell it. */
  p: number;
  choices: Record<Choice, Held<string>>;
  /** The role of each token that can have one, by its index. */
  roles: ReadonlyMap<number, Held<Role>>;
}

/** The judge's opinion on a message. */
export interface Opinion {
  spans: (Span & { p: number })[];
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

/** Which activities a message tells, and which pieces tell each. What a second opinion has `heard` weighs as much as several words. */
export function judged(script: Script, weights: Weights, heard: Heard[] = []): Opinion {
  const scores = scoresOf(script, weights);
  for (const one of heard) weighIn(scores, script, one);
  const kinds = likelyKinds(scores);
  const steps = visits(scores, kinds);
  const begins = steps.filter(({ kind, act }) => kind >= 0 && act !== ON);
  const sum = (list: Visit[]) => list.reduce((all, { p }) => all + p, 0);
  const spans = spansOf(divided(scores, kinds), scores);
  return {
    spans: spans.map((span) => ({ ...span, p: chanceOf(span, steps, script.pieces.length) })),
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
export function spansOf(found: Found[], { pieces }: Scores): Span[] {
  return found.map(({ kind, from, to }, index) => {
    let main = from;
    for (let k = from; k < to; k += 1) if (pieces[k]![KIND0 + kind]! > pieces[main]![KIND0 + kind]!) main = k;
    const lead = index === 0 ? 0 : found[index - 1]!.to;
    return { kind: KINDS[kind]!, from, to, main, lead, index, count: found.length };
  });
}

/** The least likely of the steps that make a run. */
function chanceOf({ kind, from, to }: Span, steps: Visit[], pieces: number): number {
  const k = KINDS.indexOf(kind as (typeof KINDS)[number]);
  const at = (piece: number, fits: (visit: Visit) => boolean) =>
    steps.reduce((sum, visit) => sum + (visit.piece === piece && fits(visit) ? visit.p : 0), 0);
  let least = at(from, ({ kind: own, act }) => own === k && act !== ON);
  for (let piece = from + 1; piece < to; piece += 1) least = Math.min(least, at(piece, ({ kind: own, act }) => own === k && act === ON));
  return to < pieces ? Math.min(least, at(to, ({ act }) => act !== ON)) : least;
}

/** What is decided about an activity as one of a few values, and the roles of its tokens. */
export function decided(script: Script, span: Span & { p: number }, { table }: Weights): Activity {
  const scores = table.sum((by) => activityFeatures(script, span, by), new Float32Array(CHOICE_WIDTH));
  const choices = {} as Activity['choices'];
  for (const name of Object.keys(CHOICES) as Choice[]) {
    const columns = CHOICES[name].map((_, c) => columnOf(name) + c);
    const { at, p } = likeliest(scores, columns);
    choices[name] = { value: CHOICES[name][at - columnOf(name)]!, p };
  }
  const roles = new Map<number, Held<Role>>();
  const last = script.pieces[span.to - 1]!.last;
  for (let k = script.pieces[span.lead]!.first; k < last; k += 1) {
    const allowed = allowedRoles(script.tokens[k]!);
    if (allowed.length < 2) continue;
    const { at, p } = likeliest(table.sum((by) => tokenFeatures(script, span, k, by), new Float32Array(ROLES.length)), allowed);
    roles.set(k, { value: ROLES[at]!, p });
  }
  return { span, p: span.p, choices, roles };
}

function likeliest(scores: Float32Array, columns: readonly number[]): { at: number; p: number } {
  let at = columns[0]!;
  for (const c of columns) if (scores[c]! > scores[at]!) at = c;
  let sum = 0;
  for (const c of columns) sum += Math.exp(scores[c]! - scores[at]!);
  return { at, p: 1 / sum };
}
