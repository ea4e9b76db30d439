import type { Token } from '../tokens/tokens.ts';

/** Weights of what stands around a place where a speaker may pause, by feature. */
export type Pauses = ReadonlyMap<string, number>;

const SIGN = /[,;。!?\n:]/u;
/** A run without a sign that is longer than this is dictation, and gets its pauses. */
const BREATH = 18;

/** What stands around the gap before `at`. */
export function gapFeatures(text: string, at: number): string[] {
  const left = text.slice(Math.max(0, at - 4), at);
  const right = text.slice(at, at + 4);
  const [l1, l2, l3] = [left.slice(-1), left.slice(-2), left.slice(-3)];
  const [r1, r2, r3] = [right.slice(0, 1), right.slice(0, 2), right.slice(0, 3)];
  return [
    'b',
    `a${l1}`,
    `b${l2}`,
    `c${l3}`,
    `d${left}`,
    `e${r1}`,
    `f${r2}`,
    `g${r3}`,
    `h${right}`,
    `i${l1}${r1}`,
    `j${l2}${r1}`,
    `k${l1}${r2}`,
    `l${l2}|${r2}`,
  ];
}

/** How much speaks for a pause before `at`; above 0 there is one. Steps of the weights. */
function pauseScore(pauses: Pauses, text: string, at: number): number {
  let sum = 0;
  for (const feature of gapFeatures(text, at)) sum += pauses.get(feature) ?? 0;
  return sum;
}

/** A dictated text with commas where its clauses end, and never within a word, a name or a date. */
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

/** A space in chat stands where others set a comma, unless what it parts is short. */
const SPACE = 36;

function parts(run: string, k: number, pauses: Pauses): boolean {
  return (
    /\p{Script=Han}/u.test(run[k - 1]! + run[k + 1]!) &&
    pauseScore(pauses, run.slice(0, k) + run.slice(k + 1), k) + SPACE > 0
  );
}

function withPauses(run: string, from: number, tokens: Token[], pauses: Pauses): string {
  const inside = new Set<number>();
  for (const { start, end, type } of tokens)
    for (let at = start + 1; at < end + Number(type === 'name'); at += 1) inside.add(at - from);
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
