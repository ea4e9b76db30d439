import type { Learned } from '../../src/reading/judge/weights.ts';
import { learnActivities } from './activities.ts';
import { copies } from './copies.ts';
import { type Example, exampleOf } from './examples.ts';
import { linesOf, lottery, Names } from './fit.ts';
import { joined } from './joined.ts';
import { learnSegments, type Row, rowOf } from './segments.ts';
import { isInManyWays, standsAlone, timesOf, type Voice } from './voices.ts';

/** Messages put together from others, for each message. */
const SHARE = 0.3;

/** A voice with its examples, whose features are counted together with those of all voices. */
export interface Taught {
  voice: Voice;
  rows: Row[];
}

/** The examples of all voices; `names` counts their features. */
export const taughtBy = (voices: Voice[], names: Names): Taught[] =>
  voices.map((voice) => ({ voice, rows: examplesOf(voice).map((example) => rowOf(example, names)) }));

/** What a voice teaches: its messages, copies of them, and messages put together from them. */
function examplesOf(voice: Voice): Example[] {
  const { cases, loose } = voice;
  const random = lottery(11);
  const own = [...cases, ...(loose || isInManyWays(voice) ? [] : copies(cases, random))].flatMap((item) => {
    const example = exampleOf(item, { loose });
    return Array.from({ length: timesOf(voice) }, () => ({ ...example }));
  });
  const more = standsAlone(voice) ? [] : joined(cases, random, SHARE).map((item) => exampleOf(item, { joined: true }));
  return [...own, ...more];
}

/** The judge that these voices teach. */
export function judgeOf(taught: Taught[], names: Names): Pick<Learned, 'rows' | 'turn'> {
  const rows = taught.flatMap((one) => one.rows);
  const segments = learnSegments(rows, names);
  const own = new Names();
  const { choices, roles } = learnActivities(
    rows.map(({ example }) => example),
    segments,
    own,
  );
  const lines = {
    ...linesOf(names, (id) => segments.fit.row(id)),
    ...linesOf(own, (id, name) => (name.startsWith('F') ? choices : roles).row(id)),
  };
  return { rows: lines, turn: Array.from(segments.turn, (value) => Number(value.toFixed(3))) };
}
