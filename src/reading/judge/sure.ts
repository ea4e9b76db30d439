import type { Script } from '../structure/pieces.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Opinion, Verdict, Way } from './judge.ts';

/** What is known of a reading: each sign that holds as 1, and numbers. */
export type Traits = ReadonlyMap<string, number>;

/** A question about one trait: the first tree if it is at most the number, else the second; at the end what that adds. */
export type DecisionTree = number | [trait: string, most: number, low: DecisionTree, high: DecisionTree];

/** How sure a reading is: the mean of what its signs say one by one, and of trees that see how they go together. */
export interface Sure {
  signs: ReadonlyMap<string, number>;
  trees: readonly DecisionTree[];
}

/** A reading with the activity it comes from and the chances of what was decided for it. */
export interface Weighed {
  reading: Reading;
  activity?: Verdict;
  chances: number[];
  open?: readonly ('day' | 'place')[];
}

/** The facts about a message that decide how sure its readings are. */
export interface Ground {
  script: Script;
  opinion: Opinion;
  /** How it was divided. */
  way: Way;
  made: Weighed[];
  /** Dates, numbers and names that no reading uses. */
  unused: Token[];
}

/** The best of several ways, with the chance that it is. */
export interface Chosen extends Ground {
  wayChance: number;
}

/** The chance that a reading is right, learned from similar readings. */
export function sureness({ signs, trees }: Sure, one: Weighed, ground: Chosen): number {
  const traits = withWay(traitsOf(one, ground), ground.wayChance);
  let sum = 0;
  for (const trait of traits.keys()) sum += signs.get(trait) ?? 0;
  const grown = trees.reduce<number>((all, tree) => all + leafOf(tree, traits), 0);
  return (chanceOf(sum) + chanceOf(grown)) / 2;
}

const chanceOf = (score: number): number => 1 / (1 + Math.exp(-score));

function leafOf(tree: DecisionTree, traits: Traits): number {
  let at = tree;
  while (typeof at !== 'number') at = (traits.get(at[0]) ?? 0) <= at[1] ? at[2] : at[3];
  return at;
}

/** What is known of a reading, but for the chance that the message is divided well. */
export function traitsOf(one: Weighed, ground: Ground): Map<string, number> {
  const traits = new Map<string, number>();
  for (const sign of signsOf(one, ground)) traits.set(sign, 1);
  for (const [name, value] of Object.entries(numbersOf(one, ground))) traits.set(`${NUMBER}${name}`, value);
  return traits;
}

/** Begins the name of a trait that is a number. */
export const NUMBER = '#';

/** The same traits with the chance that the message is divided well. */
export const withWay = (traits: Traits, p: number): Traits =>
  new Map([...traits, [`way${step(p)}`, 1], [`${NUMBER}way`, p]]);

const FIELDS = [
  ...[
    'by',
    'participants',
    'teacher',
    'place',
    'partner',
    'to',
    'direction',
    'late',
    'lessons',
    'items',
    'mode',
    'subject',
  ],
  ...[
    'grade',
    'all_assigned',
    'pupil_count',
    'date_from',
    'dates',
    'set',
    'replace_pupil',
    'days',
    'cash_yuan',
    'value_yuan',
  ],
] as const;

/** Roles that a name takes only if the words around it say so. */
const PEOPLE = ['by', 'with', 'teacher', 'pupil'] as const;

/** Chances and sizes as numbers, for the trees. */
function numbersOf({ activity, chances }: Weighed, ground: Ground): Record<string, number> {
  const held = [...(activity?.roles.values() ?? [])];
  const least = (of: typeof held) => Math.min(1, ...of.map(({ p }) => p));
  return {
    p: activity?.p ?? 0.9,
    least: Math.min(1, ...chances),
    // Without the chance of the activity itself, which is `p`.
    choices: chances.reduce((product, p) => product * p, 1),
    roles: least(held),
    ...Object.fromEntries(PEOPLE.map((role) => [role, least(held.filter(({ value }) => value === role))])),
    length: ground.script.text.length,
    made: ground.made.length,
    unused: ground.unused.length,
    pieces: ground.script.pieces.length,
    tokens: ground.script.tokens.length,
  };
}

/** The signs that distinguish a right reading from a wrong one, besides that of the way. */
function signsOf({ reading, activity, chances }: Weighed, ground: Ground): string[] {
  const { kind, status } = reading;
  const least = Math.min(1, ...chances);
  const all = chances.reduce((product, p) => product * p, activity?.p ?? 0.9);
  const own = [
    'bias',
    `k${kind}`,
    `s${status}`,
    `ks${kind}${status}`,
    `p${step(activity?.p ?? 0.9)}`,
    `c${step(least)}`,
    `a${step(all)}`,
    `a${step(all)}${status}`,
    `ak${step(all)}${kind}`,
    `t${few(reading.times ?? 1)}`,
    `d${few(reading.dates?.length ?? 0)}`,
    `l${few(reading.lessons ?? 0)}`,
    `n${few(reading.pupils?.length ?? 0)}`,
    `g${reading.date_given === false}`,
    `who${reading.by !== undefined}${reading.participants !== undefined}${kind}`,
  ];
  for (const role of PEOPLE) {
    const held = [...(activity?.roles.values() ?? [])].filter(({ value }) => value === role).map(({ p }) => p);
    if (held.length > 0) own.push(`${role}${step(Math.min(...held))}`, `${role}${step(Math.min(...held))}${kind}`);
  }
  for (const field of FIELDS) if (reading[field] !== undefined) own.push(`f${field}`, `f${field}${kind}`);
  if (reading.evaluated !== undefined) own.push(`e${reading.evaluated}`);
  return [...own, ...aboutMessage(ground), ...beside(reading, ground)];
}

/** Signs of the message as a whole: the same for each of its readings. */
function aboutMessage({ script, made, opinion, unused }: Ground): string[] {
  const { text, tokens, pieces } = script;
  const more = opinion.expected.map(({ kind, n }) => n - made.filter(({ reading }) => reading.kind === kind).length);
  const signs = [
    `r${few(made.length)}`,
    `len${Math.floor(Math.log2(text.length + 1) * 2)}`,
    `also${step(Math.min(0.999, Math.max(0, ...more)))}`,
    `un${few(unused.length)}`,
    `pc${few(Math.floor(pieces.length / 2))}`,
  ];
  for (const token of unused) signs.push(`u${token.date ? 'date' : token.count ? token.count.unit : nameSort(token)}`);
  const count = (test: (token: Token) => boolean) => few(tokens.filter(test).length);
  signs.push(
    `cn${count((token) => token.type === 'name' && isPerson(token) && !isPupil(token))}`,
    `cd${count((token) => token.date !== undefined)}`,
    `cl${count((token) => token.count?.unit === 'lessons')}`,
    `ct${count((token) => token.count?.unit === 'times')}`,
    `cs${count(isSchool)}`,
    `cp${count(isPupil)}`,
  );
  const tags = new Set(tokens.flatMap((token) => [...(token.tags ?? [])]));
  for (const tag of tags) signs.push(`tag${tag}`);
  if (tokens.some((token) => token.heard)) signs.push('heard');
  if (/\n/u.test(text)) signs.push('lines');
  const known = tokens.reduce((sum, token) => sum + token.end - token.start, 0);
  signs.push(`known${Math.floor((5 * known) / Math.max(1, text.length))}`);
  return signs;
}

/** Signs between a reading and the others. */
function beside(reading: Reading, { made, script }: Ground): string[] {
  const all = made.map((one) => one.reading);
  const days = new Set(all.flatMap((one) => one.dates ?? [one.date])).size;
  return [
    `same${few(all.filter((other) => other.kind === reading.kind).length)}`,
    `neg${script.tokens.some((token) => has(token, 'negation', 'failed'))}${reading.status}`,
    `days${few(script.tokens.reduce((n, { date }) => n + (date?.said === 'list' ? date.parts.length : Number(date !== undefined)), 0))}/${few(days)}`,
    `others${all.some((one) => one.status !== reading.status)}`,
    `ask${all.some((one) => one.status === 'needs_detail')}`,
  ];
}

const nameSort = (token: Token): string => (isPupil(token) ? 'pupil' : isSchool(token) ? 'school' : 'person');

const few = (n: number): string => (n > 4 ? 'many' : String(n));

/** Confidence in steps: the last hundredths matter most. */
const step = (p: number): number => Math.round(Math.max(-6, Math.min(7, 1.5 * Math.log((p + 1e-4) / (1 - p + 1e-4)))));
