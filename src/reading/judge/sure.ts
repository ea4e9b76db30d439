import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Opinion } from './model.ts';

/** How strongly each sign suggests that a reading is right as it stands. */
export type Sure = ReadonlyMap<string, number>;

/** The facts about a message that decide how sure its readings are. */
export interface SaidReadings {
  plain: string;
  readings: Reading[];
  opinion: Opinion;
  tokens: Token[];
  unused: Token[];
}

const FIELDS = [
  ...['by', 'participants', 'teacher', 'place', 'partner', 'to', 'direction', 'late', 'lessons', 'items', 'mode'],
  ...[
    'subject',
    'grade',
    'all_assigned',
    'pupil_count',
    'reason',
    'date_from',
    'dates',
    'set',
    'replace_pupil',
    'days',
  ],
  ...['cash_yuan', 'value_yuan', 'evaluated'],
] as const;

/** The chance that a reading is right, learned from similar readings. */
export function sureness(sure: Sure, reading: Reading, said: SaidReadings): number {
  let sum = 0;
  for (const sign of new Set(signsOf(reading, said))) sum += sure.get(sign) ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

/** The signs that distinguish a right reading from a wrong one. */
export function signsOf(reading: Reading, said: SaidReadings): string[] {
  const { kind, status } = reading;
  const own = [
    `k${kind}`,
    `s${status}`,
    `ks${kind}${status}`,
    `p${step(reading.p ?? 0)}`,
    `p${step(reading.p ?? 0)}${status}`,
    `heard${reading.heard ?? false}${few(said.readings.length)}`,
  ];
  for (const field of FIELDS) if (reading[field] !== undefined) own.push(`f${field}`, `f${field}${kind}`);
  own.push(`t${few(reading.times ?? 1)}`, `d${few(reading.dates?.length ?? 0)}`, `l${few(reading.lessons ?? 0)}`);
  own.push(`n${few(reading.pupils?.length ?? 0)}`, `g${reading.date_given === false}`);
  return [...own, ...aboutMessage(said), ...between(reading, said)];
}

/** Signs of the message as a whole: the same for each of its readings. */
function aboutMessage({ plain, readings, opinion, tokens, unused }: SaidReadings): string[] {
  const signs = ['bias', `r${few(readings.length)}`, `len${Math.floor(Math.log2(plain.length + 1) * 2)}`];
  const also = Math.max(
    0,
    ...opinion.verdicts.map(({ kind, p }) => (readings.some((one) => one.kind === kind) ? 0 : p)),
  );
  signs.push(`also${step(also)}`);
  for (const token of unused) signs.push(`u${token.date ? 'date' : token.count ? token.count.unit : nameSort(token)}`);
  signs.push(`un${few(unused.length)}`);
  const count = (test: (token: Token) => boolean) => few(tokens.filter(test).length);
  signs.push(
    `cn${count((token) => token.type === 'name' && isPerson(token) && !isPupil(token))}`,
    `cd${count((token) => token.date !== undefined)}`,
    `cl${count((token) => token.count?.unit === 'lessons')}`,
    `ct${count((token) => token.count?.unit === 'times')}`,
    `cs${count(isSchool)}`,
    `cp${count(isPupil)}`,
    `cc${count((token) => token.type === 'comma' || token.type === 'stop')}`,
  );
  const tags = new Set(tokens.flatMap((token) => [...(token.tags ?? [])]));
  for (const tag of tags) signs.push(`tag${tag}`);
  if (tokens.some((token) => token.heard)) signs.push('heard');
  if (/\n/u.test(plain)) signs.push('lines');
  const known = tokens.reduce((sum, token) => sum + token.end - token.start, 0);
  signs.push(`known${Math.floor((5 * known) / Math.max(1, plain.length))}`);
  return signs;
}

/** Signs between a reading and the message: how much of the message it uses. */
function between(reading: Reading, { readings, tokens }: SaidReadings): string[] {
  const same = readings.filter((other) => other.kind === reading.kind).length;
  const negated = tokens.some((token) => has(token, 'negation', 'failed'));
  const dates = tokens.filter((token) => token.date).length;
  const days = new Set(readings.flatMap((one) => one.dates ?? [one.date])).size;
  const lists = tokens.some(
    (token) => token.date?.said === 'list' && token.date.parts.length === reading.dates?.length,
  );
  return [
    `same${few(same)}`,
    `neg${negated}${reading.status}`,
    `days${few(dates)}/${few(days)}`,
    ...(reading.dates ? [`list${lists}`] : []),
    `others${readings.some((one) => one.status !== reading.status)}`,
    `ask${readings.some((one) => one.status === 'needs_detail')}`,
  ];
}

function nameSort(token: Token): string {
  return isPupil(token) ? 'pupil' : isSchool(token) ? 'school' : 'person';
}

const few = (n: number): string => (n > 4 ? 'many' : String(n));

/** Confidence in steps: the last hundredths matter most. */
function step(p: number): number {
  return Math.round(Math.max(-6, Math.min(6, Math.log((p + 1e-4) / (1 - p + 1e-4)))));
}
