import { readdirSync, readFileSync } from 'node:fs';
import { readMessage } from '../../src/reading/read.ts';
import type { ReaderKnows, Reading } from '../../src/reading/types.ts';

/** One message of the corpus and what it must be read as. */
export interface Case {
  id: string;
  text: string;
  /** Who writes; the roster's sender where absent. */
  as?: string;
  /** Local time of writing; Friday 2026-11-20 in the evening where absent. */
  at?: string;
  readings: Partial<Reading>[];
}

export interface Outcome {
  item: Case;
  actual: Reading[];
  exact: boolean;
  /** A record that was not reported: the worst error. */
  falseRecord: boolean;
  wrongDate: boolean;
  /** Nothing was reported, and yet a card would ask what was meant. */
  bothered: boolean;
}

const FOLDER = new URL('./corpus/', import.meta.url);
export const ROSTER = JSON.parse(readFileSync(new URL('roster.json', FOLDER), 'utf8')) as ReaderKnows;

/** Fields whose words are free: they are compared only where a case names them. */
export const FREE: ReadonlySet<string> = new Set([
  'reason',
  'topic',
  'evidence',
  'audience',
  'external',
  'donor',
  'beneficiaries',
  'choices',
  'time_in',
  'time_out',
  'half',
  'pieces',
]);
/** Of a reading, but not of what was said. */
const UNCOUNTED: ReadonlySet<string> = new Set(['act', 'p', 'note', 'approx']);
const DATES = ['date', 'dates', 'date_from', 'date_to'] as const;

/** All cases of the corpus, or of another folder of the same shape. */
export function casesIn(folder: URL = FOLDER): Case[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap((name) => caseLines(readFileSync(new URL(name, folder), 'utf8')));
}

export function caseLines(text: string): Case[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
}

const KNOWN = new Map<string, ReaderKnows>();

/** What a person of the roster lets the reader know; the same object each time, as a running bot would keep it. */
export function knownBy(name: string | undefined): ReaderKnows {
  const as = name ?? ROSTER.sender!.name;
  const known = KNOWN.get(as) ?? { ...ROSTER, sender: ROSTER.people.find((person) => person.name === as) };
  KNOWN.set(as, known);
  return known;
}

/** Reads one case and holds it against what was expected. */
export function outcomeOf(item: Case): Outcome {
  const [today, time] = (item.at ?? '2026-11-20T18:00').split('T');
  const { readings: actual, leftover } = readMessage(item.text, { today: today!, time }, knownBy(item.as));
  const same =
    actual.length === item.readings.length && actual.every((reading, k) => matches(item.readings[k]!, reading));
  const done = (readings: Partial<Reading>[]) => readings.filter((reading) => reading.status === 'done').length;
  const wrongDate = actual.some(
    (reading, k) =>
      reading.status === 'done' &&
      item.readings[k]?.status === 'done' &&
      DATES.some((field) => JSON.stringify(reading[field]) !== JSON.stringify(item.readings[k]![field])),
  );
  const bothered = item.readings.length === 0 && leftover !== undefined;
  return { item, actual, exact: same, falseRecord: done(actual) > done(item.readings), wrongDate, bothered };
}

function matches(expected: Partial<Reading>, actual: Reading): boolean {
  const fields = new Set([...Object.keys(expected), ...Object.keys(actual)]) as Set<keyof Reading>;
  return [...fields].every(
    (field) =>
      UNCOUNTED.has(field) ||
      (FREE.has(field) && !(field in expected)) ||
      canonical(field, expected[field]) === canonical(field, actual[field]),
  );
}

/**
 * Whether a reading holds what was said, apart from free words and from how sure it is. Where two ways of writing say the
 * same they are alike: nothing said of a discussion, one occasion, the other school as place or as partner.
 */
export function same(expected: Partial<Reading>, actual: Reading): boolean {
  const [want, got] = [plainly(expected), plainly(actual)];
  const fields = new Set([...Object.keys(want), ...Object.keys(got)]) as Set<keyof Reading>;
  return [...fields].every(
    (field) => FREE.has(field) || UNCOUNTED.has(field) || canonical(field, want[field]) === canonical(field, got[field]),
  );
}

/** Kinds in which both schools act, so that the other one is place and partner alike. */
const TOGETHER: ReadonlySet<string> = new Set('joint_prep training exchange exam research meeting document'.split(' '));

function plainly(reading: Partial<Reading>): Partial<Reading> {
  const { ended: _ended, evaluated, times, per_pupil_times, place, partner, ...rest } = reading;
  const other = TOGETHER.has(reading.kind ?? '') || reading.direction ? { partner: partner ?? place } : { place, partner };
  return {
    ...rest,
    ...other,
    evaluated: evaluated ?? undefined,
    times: times === 1 ? undefined : times,
    per_pupil_times: per_pupil_times === 1 ? undefined : per_pupil_times,
  };
}

function canonical(field: string, value: unknown): string | undefined {
  const sorted = (field === 'ask' || field === 'pupils' || field === 'participants') && Array.isArray(value) ? [...value].sort() : value;
  return JSON.stringify(
    sorted,
    sorted !== null && typeof sorted === 'object' && !Array.isArray(sorted) ? Object.keys(sorted).sort() : undefined,
  );
}
