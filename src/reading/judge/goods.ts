import type { Script } from '../structure/pieces.ts';
import { NOUNS } from '../tables/kinds.ts';
import type { Token } from '../tokens/tokens.ts';
import type { TokenRole } from './classes.ts';
import type { Held } from './judge.ts';

/** A place in a text where the name of counted goods may stand: 十台「电脑」, 「电脑」10台, 「电脑」今天到了，10台. */
export interface GoodsPlace {
  from: number;
  to: number;
  /** It stands behind the number. */
  behind: boolean;
}

/** How strongly each sign suggests that a place holds the name. */
export type GoodsWeights = ReadonlyMap<string, number>;

const LONGEST = 9;
/** So many characters may stand between a name and the number after it. */
const FURTHEST = 14;
/** A name that stands further from its number than this is not longer than `SHORT`. */
const BESIDE = 2;
const SHORT = 6;
const STOP = /[。;!?\n]/u;
const SIGN = /[,、。;:!?()\n\s"《》+]/u;
const KNOWN: ReadonlySet<string> = new Set(NOUNS.goods.split(/\s+/u));

/** The places near a number where the name of what it counts may stand, and none: 捐了60本. */
export function goodsPlaces({ text, tokens }: Script, { start, end }: Token): (GoodsPlace | undefined)[] {
  const places: (GoodsPlace | undefined)[] = [undefined];
  const others = tokens.filter((token) => token.start !== start);
  const [counts, names] = [
    others.filter(({ count }) => count?.unit !== undefined),
    others.filter(({ type, date }) => type === 'name' || date !== undefined),
  ];
  const holds = (list: Token[], at: number) => list.some((token) => token.start <= at && at < token.end);
  const stops = (at: number) => SIGN.test(text[at] ?? ' ') || holds(counts, at) || holds(names, at);
  const first = text[end] === ' ' ? end + 1 : end;
  for (let from = first; from <= first + BESIDE && !stops(from); from += 1)
    for (let to = from + 1; to <= from + LONGEST && !stops(to - 1); to += 1) places.push({ from, to, behind: true });
  for (let to = start; to > 0 && to >= start - FURTHEST; to -= 1) {
    if (to < start && (STOP.test(text[to]!) || holds(counts, to))) break;
    const most = to < start - BESIDE ? SHORT : LONGEST;
    for (let from = to - 1; from >= 0 && to - from <= most && !stops(from); from -= 1)
      places.push({ from, to, behind: false });
  }
  return places;
}

/** The signs that distinguish the place of the name. */
export function goodsSigns({ text }: Script, { start, end, count }: Token, place: GoodsPlace | undefined): string[] {
  const measure = count?.measure ?? '-';
  const ends = `${SIGN.test(text[end] ?? ' ') ? 'z' : '-'}${SIGN.test(text[start - 1] ?? ' ') ? 'a' : '-'}`;
  if (!place)
    return ['none', `none${measure}`, `none${ends}`, `none${text[start - 1] ?? '^'}<`, `none>${text[end] ?? '$'}`];
  const { from, to, behind } = place;
  const side = behind ? '>' : '<';
  const between = behind ? text.slice(end, from) : text.slice(to, start);
  const gap = Math.min(4, between.length);
  const name = text.slice(from, to);
  const [left, right, last] = [text[from - 1] ?? '^', text[to] ?? '$', name.at(-1)!];
  const signs = [
    ...[side, `${side}${ends}`, `${side}${gap}`, `${side}${gap}${ends}`, `${side}${measure}`, `s${side}${name.length}`],
    ...[`n${name}`, `f${name[0]}`, `f${name.slice(0, 2)}`, `l${last}`, `l${name.slice(-2)}`, `m${measure}${last}`],
    ...[`L${side}${left}`, `L${side}${text.slice(Math.max(0, from - 2), from)}`, `Lf${left}${name[0]}`],
    ...[`R${side}${right}`, `R${side}${text.slice(to, to + 2)}`, `Rl${last}${right}`],
  ];
  if (gap > 0)
    signs.push(
      `g${side}${between.slice(0, 3)}`,
      `G${side}${Math.min(4, between.length >> 1)}${/[,、:]/u.test(between) ? ',' : ''}`,
    );
  for (const sign of new Set(name)) signs.push(`c${sign}`);
  for (let k = 0; k + 1 < name.length; k += 1) signs.push(`b${name.slice(k, k + 2)}`);
  return [...signs, ...knownIn(text, from, to).map((sign) => (sign === 'known' ? `known${side}` : sign))];
}

/** How the words for goods in the table lie to a place: 旧「电脑」 ends with one, 篮「球」 cuts one in two. */
function knownIn(text: string, from: number, to: number): string[] {
  const name = text.slice(from, to);
  const signs = [1, 2, 3]
    .filter((k) => KNOWN.has(text.slice(to - 1, to + k)) || KNOWN.has(text.slice(from - k, from + 1)))
    .map(() => 'cuts');
  if (KNOWN.has(name)) return ['known', ...signs];
  const end = [4, 3, 2, 1].find((k) => k < name.length && KNOWN.has(name.slice(-k)));
  const inside = [...name].some((_, k) => k + 2 < name.length && KNOWN.has(name.slice(k, k + 2)));
  return [...(end ? [`ends${end}`] : []), ...(inside ? ['holds'] : []), ...signs];
}

/** 绘本60本、跳绳20根: names mostly stand on the same side of all numbers. */
const TURN = 1;

/** What each number with the role of goods counts, by its token; undefined if the text does not name it. */
export function goodsIn(
  script: Script,
  roles: ReadonlyMap<number, Held<TokenRole>>,
  weights: GoodsWeights,
): Map<number, string | undefined> {
  const counts = [...roles].flatMap(([k, { value }]) => (value === 'goods' ? [k] : []));
  let paths: Path[] = [{ score: 0, places: [] }];
  for (const k of counts) paths = bestOf(script, script.tokens[k]!, weights).map((step) => longer(paths, step));
  const { places } = paths.reduce((one, other) => (other.score > one.score ? other : one));
  return new Map(counts.map((k, n) => [k, places[n] && script.text.slice(places[n].from, places[n].to)]));
}

interface Path {
  score: number;
  places: (GoodsPlace | undefined)[];
}
interface Step {
  place: GoodsPlace | undefined;
  score: number;
}

/** The best place behind the number, the best before it, and none. */
function bestOf(script: Script, token: Token, weights: GoodsWeights): Step[] {
  const best = new Map<boolean | undefined, Step>();
  for (const place of goodsPlaces(script, token)) {
    let score = 0;
    for (const sign of goodsSigns(script, token, place)) score += weights.get(sign) ?? 0;
    if (score > (best.get(place?.behind)?.score ?? Number.NEGATIVE_INFINITY)) best.set(place?.behind, { place, score });
  }
  return [...best.values()];
}

/** The best path to this place: no two numbers share a name. */
function longer(paths: Path[], { place, score }: Step): Path {
  let best: Path = { score: Number.NEGATIVE_INFINITY, places: [...paths[0]!.places, undefined] };
  for (const path of paths) {
    const last = path.places.findLast((one) => one !== undefined);
    const both = last !== undefined && place !== undefined;
    if (both && last.to > place.from && last.from < place.to) continue;
    const sum = path.score + score - (both && last.behind !== place.behind ? TURN : 0);
    if (sum > best.score) best = { score: sum, places: [...path.places, place] };
  }
  return best;
}
