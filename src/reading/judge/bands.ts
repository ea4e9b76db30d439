import type { Roster } from '../roster.ts';
import type { Token } from '../tokens.ts';
import type { Act, Reading } from '../types.ts';
import type { Verdict } from './model.ts';

/** What is known of a message when it is decided what becomes of its readings. */
export interface Ground {
  plain: string;
  readings: Reading[];
  verdicts: Verdict[];
  unused: Token[];
  roster: Roster;
}

/** Longer than this many signs, or with more strangers than this, a message is confirmed and never recorded at once. */
const LONG = 80;
const STRANGERS = 3;
/** Chosen on first-sight figures (docs/reading.md). */
const SURE = 0.8;

/** Each reading with the chance that it is right, and with what is to be done with it. */
export function banded(ground: Ground): Reading[] {
  const { readings, verdicts } = ground;
  const also = verdicts.filter(({ kind, p }) => p > 0.5 && !readings.some((reading) => reading.kind === kind)).length;
  return readings.map((reading) => {
    if (reading.status === 'question') return reading;
    const p = also > 0 ? Math.min(0.5, chanceOf(reading, verdicts)) : chanceOf(reading, verdicts);
    return { ...reading, act: actOf(reading, p, ground), p: Number(p.toFixed(3)) };
  });
}

function chanceOf(reading: Reading, verdicts: Verdict[]): number {
  const verdict = verdicts.find(({ kind }) => kind === reading.kind);
  if (!verdict) return 0;
  return verdict.p * (verdict.status[reading.status === 'needs_detail' ? 'done' : reading.status] ?? 0);
}

function actOf(reading: Reading, p: number, { plain, unused, readings, roster }: Ground): Act {
  if (reading.status === 'needs_detail') return 'ask';
  if (p < SURE || unused.length > 0 || plain.length > LONG) return 'confirm';
  return strangers(readings, roster) >= STRANGERS ? 'confirm' : 'record';
}

/** Colleagues and pupils named who are not in the sender's care. */
function strangers(readings: Reading[], { ownPupils, knows }: Roster): number {
  const named = readings.flatMap(({ by, participants = [], pupils = [] }) => [by, ...participants, ...pupils]);
  return new Set(named.filter((name) => name !== undefined && name !== knows.sender?.name && !ownPupils.includes(name))).size;
}
