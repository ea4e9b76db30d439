import { daysBetween, type Ymd } from '../../plan/dates.ts';
import type { Roster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Act, Reading } from '../types.ts';
import type { Opinion } from './model.ts';

/** What is known of a message when it is decided what becomes of its readings. */
export interface Ground {
  plain: string;
  readings: Reading[];
  opinion: Opinion;
  tokens: Token[];
  unused: Token[];
  roster: Roster;
  today: Ymd;
}

/** Longer than this many signs, or with more strangers than this, a message is confirmed and never recorded at once. */
const LONG = 80;
const STRANGERS = 3;
/** 11月25日 said on 20 November is more likely a slip than a year ago. */
const LONG_AGO = 180;
/** 13月40日, 32号. */
const NO_DAY = /(?<!\d)(?:1[3-9]|[2-9]\d)月\d|(?<!\d)(?:3[2-9]|[4-9]\d)[日号](?!楼|线|馆|店)/u;
/** Chosen on first-sight and leave-one-voice-out figures (docs/reading.md). */
const SURE = 0.5;

/** Each reading with the chance that it is right, and with what is to be done with it. */
export function banded(ground: Ground): Reading[] {
  const { readings, opinion } = ground;
  const also = opinion.verdicts.filter(
    ({ kind, p }) => p > 0.5 && !readings.some((reading) => reading.kind === kind),
  ).length;
  return readings.map((reading) => {
    const { p: heard, ...rest } = reading;
    if (rest.status === 'question') return rest;
    const chance = heard ?? whole(reading, opinion);
    const p = also > 0 ? Math.min(0.5, chance) : chance;
    return { ...rest, act: actOf(rest, p, ground), p: Number(p.toFixed(3)) };
  });
}

/** Of a correction or withdrawal, which no stretch holds alone. */
function whole(reading: Reading, { verdicts, statusAt }: Opinion): number {
  const verdict = verdicts.find(({ kind }) => kind === reading.kind);
  return (verdict?.p ?? 0) * (statusAt(reading.kind, []).find(({ status }) => status === reading.status)?.p ?? 0);
}

function actOf(reading: Reading, p: number, ground: Ground): Act {
  if (reading.status === 'needs_detail') return 'ask';
  return doubtsOf(reading, p, ground).length > 0 ? 'confirm' : 'record';
}

/** Each reason to confirm a reading before it counts. */
export type Doubt = 'unsure' | 'unused' | 'days' | 'long' | 'strangers' | 'long ago' | 'no such day';

function doubtsOf(reading: Reading, p: number, { plain, tokens, unused, readings, roster, today }: Ground): Doubt[] {
  const mends = reading.kind === 'same_as_last';
  const doubts: [Doubt, boolean][] = [
    ['unsure', p < SURE],
    ['unused', unused.length > 0 && !mends],
    ['days', gathered(reading, tokens)],
    ['long', plain.length > LONG],
    ['long ago', reading.status === 'done' && isLongAgo(reading.date, today)],
    ['no such day', NO_DAY.test(plain)],
    ['strangers', strangers(readings, roster) >= STRANGERS || foreignPupils(reading, roster)],
  ];
  return doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}

const isLongAgo = (date: Ymd | undefined, today: Ymd): boolean =>
  date !== undefined && daysBetween(date, today) > LONG_AGO;

/** Several days that were not said as one list (3号、10号) but gathered from the message. */
function gathered({ dates = [], status }: Reading, tokens: Token[]): boolean {
  if (status !== 'done' || dates.length < 2) return false;
  return !tokens.some((token) => token.date?.said === 'list' && token.date.parts.length === dates.length);
}

function foreignPupils({ pupils = [] }: Reading, { ownPupils }: Roster): boolean {
  return ownPupils.length > 0 && pupils.some((name) => !ownPupils.includes(name));
}

/** Colleagues and pupils named who are not in the sender's care. */
function strangers(readings: Reading[], { ownPupils, knows }: Roster): number {
  const named = readings.flatMap(({ by, participants = [], pupils = [] }) => [by, ...participants, ...pupils]);
  return new Set(named.filter((name) => name !== undefined && name !== knows.sender?.name && !ownPupils.includes(name)))
    .size;
}
