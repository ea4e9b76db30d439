import { daysBetween, type Ymd } from '../../plan/dates.ts';
import { has } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Act, Reading } from '../types.ts';
import { isHardlyDone } from './hardly-done.ts';
import type { Opinion } from './model.ts';
import { type Sure, sureness } from './sure.ts';

/** The facts about a message that decide the act of each of its readings. */
export interface Ground {
  plain: string;
  readings: Reading[];
  opinion: Opinion;
  tokens: Token[];
  unused: Token[];
  roster: NameRoster;
  today: Ymd;
  /** A second opinion was used: its findings must be confirmed. */
  seconded: boolean;
}

/** A message longer than this, or with more strangers than the number below, is confirmed and never recorded at once. */
const LONG = 80;
const STRANGERS = 3;
/** 11月25日 said on 20 November is more likely a slip than a year ago. */
const LONG_AGO = 180;
/** 13月40日, 32号. */
const NO_DAY = /(?<!\d)(?:1[3-9]|[2-9]\d)月\d|(?<!\d)(?:3[2-9]|[4-9]\d)[日号](?!楼|线|馆|店)/u;
/** Chosen on first-sight and leave-one-voice-out figures (docs/reading.md). */
const SURE = 0.62;
/** So sure that an unused word, or days collected from the message, change nothing. */
const FIRM = 0.9;
/** 没谈成 alone denies the record shown last. */
const BARE_DENIAL = /^[没未]\p{Script=Han}{1,2}成了?$/u;
/** Beside a reading that is this sure, a very unlikely one is left out. */
const BESIDE = 0.14;
const HARDLY = 0.06;
/** Nobody gives so many lessons at once: it is the sum of a school or a year. */
const MANY = 30;

/** Each reading with the chance that it is right, and with its act. */
export function banded(ground: Ground, sure: Sure): Reading[] {
  const { readings, opinion } = ground;
  const weighed = readings.map((reading) => ({ ...reading, p: reading.p ?? whole(reading, opinion) }));
  const said = { ...ground, readings: weighed };
  const judged = weighed.map((reading): Reading => {
    const { p: _chance, heard: _heard, ...rest } = reading;
    if (rest.status === 'question') return rest;
    const p = sureness(sure, reading, said);
    return { ...rest, act: actOf(reading, p, said), p: Number(p.toFixed(3)) };
  });
  const best = Math.max(...judged.map(({ p }) => p ?? 1));
  return judged.filter(({ p, status }) => best < BESIDE || status === 'question' || (p ?? 1) > HARDLY);
}

/** For a correction or withdrawal, which is not tied to one stretch. */
function whole(reading: Reading, { verdicts, statusAt }: Opinion): number {
  const verdict = verdicts.find(({ kind }) => kind === reading.kind);
  return (verdict?.p ?? 0) * (statusAt(reading.kind, []).find(({ status }) => status === reading.status)?.p ?? 0);
}

function actOf(reading: Reading, p: number, ground: Ground): Act {
  if (reading.status === 'needs_detail') return 'ask';
  return doubtsOf(reading, p, ground).length > 0 ? 'confirm' : 'record';
}

/** Each reason to confirm a reading before it counts. */
export type Doubt =
  | 'unsure'
  | 'unused'
  | 'days'
  | 'seconded'
  | 'hardly done'
  | 'long'
  | 'strangers'
  | 'many'
  | 'long ago'
  | 'no sign'
  | 'no such day';

function doubtsOf(reading: Reading, p: number, ground: Ground): Doubt[] {
  const { plain, tokens, unused, readings, roster, today, seconded } = ground;
  const doubts: [Doubt, boolean][] = [
    ['unsure', p < SURE && !BARE_DENIAL.test(plain)],
    ['unused', p < FIRM && unused.length > 0 && reading.kind !== 'same_as_last'],
    ['days', p < FIRM && gathered(reading, tokens)],
    ['seconded', seconded],
    ['hardly done', reading.status === 'done' && isHardlyDone(plain)],
    ['long', plain.length > LONG],
    ['many', (reading.lessons ?? 0) > MANY || (reading.times ?? 0) > MANY],
    ['long ago', reading.status === 'done' && isLongAgo(reading.date, today)],
    ['no such day', NO_DAY.test(plain)],
    ['no sign', reading.date_given === false && reading.status === 'done' && !isTold(plain, tokens)],
    ['strangers', strangers(readings, roster) >= STRANGERS || foreignPupils(reading, roster)],
  ];
  return doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}

/** Several days that were not said as one list (3号、10号) but collected from the message. */
function gathered({ dates = [], status }: Reading, tokens: Token[]): boolean {
  if (status !== 'done' || dates.length < 2) return false;
  return !tokens.some((token) => token.date?.said === 'list' && token.date.parts.length === dates.length);
}

/** 家访小雨, 措施：辅导: neither a day nor a sign that it happened. */
const isTold = (plain: string, tokens: Token[]): boolean =>
  /[了过完好]/u.test(plain) ||
  tokens.some((token) => token.type === 'count' || token.date || has(token, 'all', 'afternoon', 'late', 'now'));

const isLongAgo = (date: Ymd | undefined, today: Ymd): boolean =>
  date !== undefined && daysBetween(date, today) > LONG_AGO;

/** Pupils in the care of neither the sender nor, if another did it, that person. */
function foreignPupils({ pupils = [], by }: Reading, { ownPupils, knows }: NameRoster): boolean {
  const theirs = (pupil: string) =>
    by !== undefined && knows.care.some((row) => row.pupil === pupil && row.mentor === by);
  return ownPupils.length > 0 && pupils.some((name) => !ownPupils.includes(name) && !theirs(name));
}

/** Named colleagues and pupils who are not in the sender's care. */
function strangers(readings: Reading[], { ownPupils, knows }: NameRoster): number {
  const named = readings.flatMap(({ by, participants = [], pupils = [] }) => [by, ...participants, ...pupils]);
  return new Set(named.filter((name) => name !== undefined && name !== knows.sender?.name && !ownPupils.includes(name)))
    .size;
}
