import { along, type FeatureNames, featureNamesOf, ROOT } from '../tokens/feature-names.ts';
import type { Token } from '../tokens/tokens.ts';

/** Weights of the surroundings of a place where a speaker may pause, by feature. */
export interface Pauses {
  names: FeatureNames;
  weights: number[];
}

const SIGN = /[,;。!?\n:]/u;
/** A longer run without punctuation is dictation, and gets its pauses. */
const BREATH = 18;

/** Marks of features, each with the range of characters around the gap that it covers. */
const AROUND: [string, number, number][] = [
  ['b', 0, 0],
  ['a', -1, 0],
  ['b', -2, 0],
  ['c', -3, 0],
  ['d', -4, 0],
  ['e', 0, 1],
  ['f', 0, 2],
  ['g', 0, 3],
  ['h', 0, 4],
  ['i', -1, 1],
  ['j', -2, 1],
  ['k', -1, 2],
  ['l', -2, 2],
];

/** The surroundings of the gap before `at`. */
export function gapFeatures(text: string, at: number): string[] {
  return AROUND.map(([mark, from, to]) => mark + text.slice(Math.max(0, at + from), at + to));
}

export function pausesOf(learned: ReadonlyMap<string, number>): Pauses {
  return { names: featureNamesOf([...learned.keys()]), weights: [...learned.values()] };
}

/** The score for a pause before `at`, in steps of the weights; above 0 there is one. */
function pauseScore({ names, weights }: Pauses, text: string, at: number): number {
  let sum = 0;
  for (const [mark, from, to] of AROUND) {
    let node = along(names, ROOT, mark);
    if (node !== undefined) node = along(names, node, text, Math.max(0, at + from), Math.min(text.length, at + to));
    const name = node === undefined ? -1 : names.ends[node]!;
    if (name >= 0) sum += weights[name]!;
  }
  return sum;
}

/** A dictated text with commas at the ends of its clauses, and never within a word, a name or a date. */
export function paused(text: string, tokens: Token[], pauses: Pauses): string {
  if (text.length <= BREATH) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !SIGN.test(text[at]!)) continue;
    out += at - from > BREATH ? withPauses(text.slice(from, at), from, tokens, pauses) : text.slice(from, at);
    out += text[at] ?? '';
    from = at + 1;
  }
  return out;
}

/** No clause begins with these. */
const AFTER = /^(?:以后|之后|以前|的时候|的话)/u;

/** A space in chat often replaces a comma, unless the parts are short. */
const SPACE = 36;

function parts(run: string, k: number, pauses: Pauses): boolean {
  return (
    /\p{Script=Han}/u.test(run[k - 1]! + run[k + 1]!) &&
    pauseScore(pauses, run.slice(0, k) + run.slice(k + 1), k) + SPACE > 0
  );
}

function withPauses(run: string, from: number, tokens: Token[], pauses: Pauses): string {
  const inside = new Set<number>();
  for (const { start, end, type, count, verbs } of tokens) {
    // A number stays with its thing, and a gift with its verb.
    const held = type === 'name' || count?.unit === 'goods' || count?.unit === 'persons' || verbs?.has('give');
    for (let at = start + 1; at < end + Number(held); at += 1) inside.add(at - from);
  }
  let out = '';
  for (let k = 0; k < run.length; k += 1) {
    if (run[k] === ' ' && k > 2 && k < run.length - 3 && parts(run, k, pauses)) {
      out += ',';
      continue;
    }
    if (
      k > 1 &&
      k < run.length - 1 &&
      !inside.has(k) &&
      !AFTER.test(run.slice(k, k + 3)) &&
      pauseScore(pauses, run, k) > 0
    )
      out += ',';
    out += run[k];
  }
  return out;
}
