import { isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Verdict } from './judge.ts';
import type { Chosen, Ground, Weighed } from './sure.ts';

/** How strongly each sign speaks for one way to divide a message, beside the others. */
export type WayWeights = ReadonlyMap<string, number>;

/** A sign, and how often or how strongly it holds. */
export type Signs = Map<string, number>;

/**
 * The readings of the best way to divide a message, and the chance that it is the best. Where activities begin is first judged by the words
 * there; this looks at the readings that would come out: what they leave unused, whether two of them say the same.
 */
export function bestWay(grounds: Ground[], weights: WayWeights): Chosen {
  const { at, p } = grounds.length === 1 ? { at: 0, p: 1 } : likeliest(grounds.map(signsOfWay), weights);
  return { ...grounds[at]!, wayChance: p };
}

/** Which of several ways with these signs is the likeliest, and how likely. */
export function likeliest(ways: Signs[], weights: WayWeights): { at: number; p: number } {
  const scores = ways.map((signs) => scoreOf(signs, weights));
  const most = Math.max(...scores);
  const sum = scores.reduce((all, score) => all + Math.exp(score - most), 0);
  return { at: scores.indexOf(most), p: 1 / sum };
}

export function scoreOf(signs: Signs, weights: WayWeights): number {
  let sum = 0;
  for (const [sign, n] of signs) sum += (weights.get(sign) ?? 0) * n;
  return sum;
}

const FIELDS = [
  'by',
  'participants',
  'teacher',
  'pupils',
  'dates',
  'lessons',
  'subject',
  'grade',
  'items',
  'ask',
] as const;
const LISTS = ['teacher', 'subject', 'grade'] as const;
/** The chance of all decisions about a reading counts no further than this. */
const FLOOR = -6;
const SHAKY = 0.7;

/** The signs that distinguish the right way from others. */
export function signsOfWay(ground: Ground): Signs {
  const { script, made, unused, way } = ground;
  const signs: Signs = new Map();
  const add = (sign: string, n = 1) => signs.set(sign, (signs.get(sign) ?? 0) + n);
  const tagged = (piece: number, marks: string) => script.pieces[piece]!.tags.some((tag) => marks.includes(tag[0]!));
  const outside = script.pieces.map((_, k) => k).filter((k) => !way.spans.some(({ from, to }) => from <= k && k < to));
  add('behind', way.behind);
  if (way.behind === 0) add('first');
  add(`n${few(made.length)}`);
  add(`unused${few(unused.length)}`);
  for (const token of unused) add(`unused ${sortOf(token)}`);
  add(`outside${few(outside.filter((k) => tagged(k, 'KV')).length)}`);
  add(`outside kind${few(outside.filter((k) => tagged(k, 'K')).length)}`);
  made.forEach((one, k) => {
    const { reading } = one;
    const { kind } = reading;
    aboutReading(one, add);
    if (one.activity) aboutPieces(one.activity, ground, tagged, add);
    const before = made.slice(0, k).map((other) => other.reading);
    const last = before.at(-1);
    if (last && last.kind !== kind) add(`then ${last.kind} ${kind}`);
    if (last && last.kind === kind) {
      add(`again ${kind}`);
      add(`again ${SAME.map((fields) => fields.every((field) => same(last[field], reading[field])))}`);
    }
    if (before.some((other) => other.kind === kind && TOLD.every((field) => same(other[field], reading[field]))))
      add('twin');
  });
  return signs;
}

const SAME = [['status'], ['date', 'dates'], ['by'], ['teacher'], ['pupils']] as const;
const TOLD = [
  'status',
  'date',
  'dates',
  'by',
  'teacher',
  'pupils',
  'subject',
  'grade',
  'place',
  'partner',
  'to',
  'mode',
] as const;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function aboutReading({ reading, chances }: Weighed, add: (sign: string, n?: number) => void): void {
  const { kind, status } = reading;
  const all = chances.reduce((product, p) => product * p, 1);
  add('chances', Math.max(FLOOR, Math.log(all)));
  add(kind);
  add(`${kind} ${status}`);
  if (reading.date_given === false) add('no day');
  for (const field of FIELDS)
    if (reading[field] !== undefined) {
      add(field);
      add(`${field} ${kind}`);
    }
  for (const field of LISTS) if (reading[field]?.includes('、')) add(`list ${field}`);
  if (kind === 'observe' && reading.teacher === undefined) add('no teacher');
  for (const count of ['times', 'lessons'] as const)
    if ((reading[count] ?? 1) > 1) add(`${count}${few(reading[count]!)}`);
}

/** Whether its pieces hold more than one activity, or none. */
function aboutPieces(
  { span, roles }: Verdict,
  { script }: Ground,
  tagged: (piece: number, marks: string) => boolean,
  add: (sign: string, n?: number) => void,
): void {
  let verbs = 0;
  for (let k = span.from; k < span.to; k += 1) if (tagged(k, 'KV')) verbs += 1;
  add(`verbs${few(verbs)}`);
  add(`verbs${few(verbs)} ${span.kind}`);
  add(`pieces${few(Math.floor((span.to - span.from) / 2))}`);
  const pieces = new Map<string, Set<number>>();
  for (const [k, { value, p }] of roles) {
    if (value !== 'none') pieces.set(value, (pieces.get(value) ?? new Set()).add(script.of[k]!));
    if (p < SHAKY) add(`shaky ${value}`);
    const { named, date } = script.tokens[k]!;
    if (value === 'none' && (named || date) && script.of[k]! >= span.from) add('without a role');
  }
  for (const [role, { size }] of pieces)
    if (size > 1) {
      add(`pieces${few(size)} ${role}`);
      add(`pieces ${role} ${span.kind}`);
    }
}

const sortOf = (token: Token): string =>
  token.date
    ? 'date'
    : token.count
      ? `count ${token.count.unit}`
      : isPupil(token)
        ? 'pupil'
        : isSchool(token)
          ? 'school'
          : 'person';

const few = (n: number): string => (n > 3 ? ' many' : ` ${n}`);
