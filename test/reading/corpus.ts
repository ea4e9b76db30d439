import { readdirSync, readFileSync } from 'node:fs';
import { readMessage } from '../../src/reading/read.ts';
import { normalise } from '../../src/reading/text/normalise.ts';
import type { ReaderKnows, Reading } from '../../src/reading/types.ts';

/** One message of the corpus and its expected readings. */
export interface Case {
  id: string;
  text: string;
  /** The sender; the roster's sender if absent. */
  as?: string;
  /** Local time of writing; Friday 2026-11-20 in the evening if absent. */
  at?: string;
  readings: Partial<Reading>[];
  extra?: Extra;
  /** What the reader knows, for a message of another programme. */
  knows?: ReaderKnows;
}

export interface Outcome {
  item: Case;
  actual: Reading[];
  exact: boolean;
  /** A record that was not reported: the worst error. */
  falseRecord: boolean;
  wrongDate: boolean;
  /** Nothing was reported, but a card would ask what was meant. */
  bothered: boolean;
}

const FOLDER = new URL('./corpus/', import.meta.url);
export const ROSTER = JSON.parse(readFileSync(new URL('roster.json', FOLDER), 'utf8')) as ReaderKnows;

/** Fields with free text: compared only if a case names them. */
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
/** Fields that do not come from the text. */
const UNCOUNTED: ReadonlySet<string> = new Set(['act', 'p', 'note', 'approx', 'why']);
const DATES = ['date', 'dates', 'date_from', 'date_to'] as const;

/** All cases of the corpus, or of another folder of the same shape. */
export function casesIn(folder: URL = FOLDER): Case[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap((name) => caseLines(readFileSync(new URL(name, folder), 'utf8')));
}

export function caseLines(text: string): Case[] {
  const cases = text
    .trim()
    .split('\n')
    .flatMap((line) => waysOf(JSON.parse(line) as Case & { texts?: string[] }));
  const extra = strangersIn(cases);
  return extra ? cases.map((item) => ({ ...item, extra })) : cases;
}

/** A line with several `texts` is a case for each: they say the same in other words. */
const waysOf = ({ texts, ...item }: Case & { texts?: string[] }): Case[] =>
  texts?.map((text, k) => ({ ...item, id: `${item.id}-${k + 1}`, text })) ?? [item];

/** People of a set who are not in the common roster. A programme knows its own people, so the set's roster includes them. */
export interface Extra {
  people: string[];
  hosts: string[];
  pupils: string[];
}

function strangersIn(cases: Case[]): Extra | undefined {
  const known = new Set([...ROSTER.people.map(({ name }) => name), ...ROSTER.care.map(({ pupil }) => pupil)]);
  const people = new Set<string>();
  const hosts = new Set<string>();
  const pupils = new Set<string>();
  for (const { by, direction, teacher, participants = [], pupils: named = [] } of cases.flatMap(
    (item) => item.readings,
  )) {
    const [guests, own] = direction === 'inbound' ? [[by], [teacher]] : [[teacher], [by]];
    for (const name of guests) if (name && !known.has(name)) hosts.add(name);
    for (const name of [...own, ...participants]) if (name && !known.has(name)) people.add(name);
    for (const name of named) if (!known.has(name)) pupils.add(name);
  }
  for (const name of hosts) people.delete(name);
  for (const list of [people, hosts])
    for (const name of list) if (!/^\p{Script=Han}{2,4}(?<!老师|校长|主任|园长|书记)$/u.test(name)) list.delete(name);
  return people.size + hosts.size + pupils.size > 0
    ? { people: [...people], hosts: [...hosts], pupils: [...pupils] }
    : undefined;
}

const KNOWN = new Map<string, ReaderKnows>();

/** What the reader knows for a person of the roster; the same object each time, as in a running bot. */
export function knownBy(name: string | undefined, extra?: Extra): ReaderKnows {
  const as = name ?? ROSTER.sender!.name;
  const key = `${as} ${extra ? JSON.stringify(extra) : ''}`;
  const known =
    KNOWN.get(key) ?? withStrangers({ ...ROSTER, sender: ROSTER.people.find((person) => person.name === as) }, extra);
  KNOWN.set(key, known);
  return known;
}

function withStrangers(knows: ReaderKnows, extra: Extra | undefined): ReaderKnows {
  if (!extra) return knows;
  const school = knows.sender?.school;
  const host = knows.pairings.find(({ supporter }) => supporter === school)?.recipient;
  return {
    ...knows,
    people: [
      ...knows.people,
      ...extra.people.map((name) => ({ name, school, roles: ['teacher'] })),
      ...extra.hosts.map((name) => ({ name, school: host, roles: ['teacher'] })),
    ],
    care: [...knows.care, ...extra.pupils.map((pupil) => ({ mentor: knows.sender!.name, pupil, school }))],
  };
}

/** The messages that the stories' people write, with their programmes: each is held by its story. */
export function storyCases(): Case[] {
  const file = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
  const programmes = JSON.parse(file('stories-rosters.json')) as ReaderKnows[];
  return file('stories.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Omit<Case, 'knows'> & { knows: number })
    .map((item) => ({ ...item, knows: programmes[item.knows]! }));
}

/** Reads one case and compares it with the expectation. */
export function outcomeOf(item: Case): Outcome {
  const [today, time] = (item.at ?? '2026-11-20T18:00').split('T');
  const { readings: actual, leftover } = readMessage(item.text, { today: today!, time }, knownBy(item.as, item.extra));
  const same =
    actual.length === item.readings.length && actual.every((reading, k) => matches(item.readings[k]!, reading));
  const done = (readings: Partial<Reading>[]) =>
    readings.filter((reading) => reading.status === 'done' && reading.act !== 'confirm').length;
  const wrongDate = actual.some(
    (reading, k) =>
      reading.status === 'done' &&
      reading.act !== 'confirm' &&
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
 * Whether a reading matches, apart from free text and confidence. Equivalent forms match: no mention of a discussion, one occasion, the
 * other school as place or as partner, several subjects in one record.
 */
export function same(expected: Partial<Reading>, actual: Reading): boolean {
  const [want, got] = [plainly(expected), plainly(actual)];
  // The other school of a visit, or of what both do online, is known from the pairing: a label need not name it.
  const unsaid = want.direction === 'inbound' || actual.mode === 'online';
  if (unsaid && want.partner === undefined) got.partner = undefined;
  if (actual.mode === 'online' && got.partner === undefined) want.partner = undefined;
  // Who took part from the other school says which it is.
  const along = [...(want.participants ?? []), ...(got.participants ?? [])].map((name) => HOME.get(name));
  if (want.partner === undefined && along.includes(got.partner)) got.partner = undefined;
  if (got.partner === undefined && along.includes(want.partner)) want.partner = undefined;
  // What both schools do is with the only other school if the label names none (reading.md, 8).
  if (BOTH_ACT.has(want.kind ?? '') && want.partner === undefined) got.partner = undefined;
  // What was not done credits nobody: a label need not say where and with whom it would have been.
  if (want.status === 'not_done') for (const field of UNCREDITED) if (want[field] === undefined) got[field] = undefined;
  // A paper counts for who wrote it, wherever it went: the receiver is compared only if both name one.
  if (want.kind === 'document')
    for (const field of ['partner', 'to'] as const)
      if (want[field] === undefined || got[field] === undefined) want[field] = got[field] = undefined;
  // What is asked is not known yet.
  if (want.kind === 'donation' && want.ask?.includes('items')) want.items = got.items = undefined;
  // Where somebody is seconded to is known from the pairing.
  if (want.kind === 'secondment' && want.place === undefined) got.place = undefined;
  if (want.kind === 'secondment' && want.role === undefined) got.role = undefined;
  if (expected.direction === 'inbound' && want.kind === 'donation' && want.to === undefined) got.to = undefined;
  // A record of several lessons need not name all who gave them.
  if (want.teacher === undefined && got.teacher?.includes('、')) got.teacher = undefined;
  const fields = new Set([...Object.keys(want), ...Object.keys(got)]) as Set<keyof Reading>;
  return [...fields].every(
    (field) =>
      FREE.has(field) || UNCOUNTED.has(field) || canonical(field, want[field]) === canonical(field, got[field]),
  );
}

const HOME = new Map(ROSTER.people.map(({ name, school }) => [name, school]));
/** Fields that matter only for what counts. */
const UNCREDITED = [
  'date',
  'place',
  'partner',
  'teacher',
  'participants',
  'lessons',
  'subject',
  'grade',
  'mode',
] as const;

/** A paper that was sent to a school. */
const toSchool = ({ kind, to }: Partial<Reading>) =>
  kind === 'document' && ROSTER.schools.some(({ name }) => name === to) ? to : undefined;
const WITH_PUPILS: ReadonlySet<string> = new Set('talk home_visit study_guidance'.split(' '));
/** Kinds in which both schools act, so that the other one is both place and partner. */
const TOGETHER: ReadonlySet<string> = new Set('joint_prep training exchange exam research meeting document'.split(' '));

/** Kinds that count for both schools, whichever of them travelled. */
const BOTH_ACT: ReadonlySet<string> = new Set('joint_prep exchange exam research meeting'.split(' '));

/** Visitors as those who took part. */
function asCompany(reading: Partial<Reading>): Partial<Reading> {
  const { direction: _inbound, by, on_behalf: _behalf, place: _home, partner = HOME.get(by ?? ''), ...rest } = reading;
  const all = [...(by ? [by] : []), ...(rest.participants ?? [])];
  return { ...rest, partner, ...(all.length > 0 ? { participants: all } : {}) };
}

export function plainly(reading: Partial<Reading>): Partial<Reading> {
  // A question has the kind that it asks about (reading.md, Fields).
  if (reading.status === 'question') return { kind: reading.kind, status: reading.status };
  const {
    ended: _ended,
    target: _target,
    evaluated,
    times,
    per_pupil_times,
    place,
    partner,
    subject,
    grade,
    mode,
    date_given: _given,
    ...rest
  } = reading;
  const inbound = reading.direction === 'inbound';
  // In what both schools do, visitors are those who came or those who took part: it counts for both schools either way.
  if (inbound && BOTH_ACT.has(reading.kind ?? '')) return plainly(asCompany(reading));
  // What visitors did here is by its nature somebody else's: with their name, `on_behalf` says nothing new. Talks and visits are credited by
  // pupil and mentor, and gifts by who gets them, so there the direction says nothing new either.
  const given = reading.kind === 'donation' || WITH_PUPILS.has(reading.kind ?? '');
  const other: Partial<Reading> = given
    ? {
        ...(reading.kind === 'donation'
          ? { place, partner, pupils: undefined }
          : { place: undefined, partner: undefined }),
        direction: undefined,
        ...(reading.by ? { on_behalf: true } : {}),
      }
    : inbound
      ? { partner: reading.by ? undefined : partner, on_behalf: undefined }
      : TOGETHER.has(reading.kind ?? '')
        ? { partner: partner ?? place ?? toSchool(reading), ...(toSchool(reading) ? { to: undefined } : {}) }
        : { place, partner };
  const one = (said: string | undefined) =>
    said?.includes('、')
      ? undefined
      : said?.replace(/^初([一二三])$/u, (_, year: '一') => ({ 一: '七年级', 二: '八年级', 三: '九年级' })[year]);
  return {
    ...rest,
    ...other,
    mode: reading.kind === 'home_visit' ? mode : undefined,
    // A plan of a secondment has no event yet.
    action: reading.status !== 'done' && reading.action === 'check_in' ? undefined : reading.action,
    subject: one(subject)?.replace(/^道法$/u, '道德与法治'),
    // For whom a talk was given is free text.
    grade: reading.kind === 'lecture' || reading.kind === 'meeting' ? undefined : one(grade),
    ask: reading.ask && [reading.ask].flat().map((field) => (field === 'date' ? 'dates' : field)),
    // Whether a lesson was discussed is asked only of those heard.
    evaluated: reading.kind === 'observe' ? (evaluated ?? undefined) : undefined,
    // A lesson given or heard without a number is one for each occasion.
    ...(reading.kind === 'demo_lesson' || reading.kind === 'observe'
      ? { lessons: (reading.lessons ?? times ?? 1) === 1 ? undefined : (reading.lessons ?? times) }
      : {}),
    // A plan of one lesson, or of one occasion, is a plan.
    ...(reading.status === 'planned' && (reading.lessons ?? 1) === 1 ? { lessons: undefined } : {}),
    // The days of an absence or a stay say how many they are.
    days: reading.date_to || (reading.date && reading.days === 1) ? undefined : reading.days,
    // What each of several pupils had is counted by `per_pupil_times`.
    times:
      times === 1 || reading.status === 'planned' || (reading.pupils ?? []).length > 1 || reading.all_assigned
        ? undefined
        : times,
    per_pupil_times: per_pupil_times === 1 ? undefined : per_pupil_times,
  };
}

/** 旧书, 图书, 《书》 and 書 are 书: whether goods are new, and how they are written, say nothing of what they are. */
export const goodsName = (name: string) =>
  normalise(name)
    .replace(/[《》]/gu, '')
    .replace(/^(?:崭?新|全新|旧|二手)的?/u, '')
    .replace(/^图书$/u, '书');

function canonical(field: string, value: unknown): string | undefined {
  if (field === 'items' && Array.isArray(value))
    return JSON.stringify(value.map(({ name, qty, unit }) => [goodsName(name), qty, unit]));
  if (field === 'teacher' && Array.isArray(value)) return canonical(field, value.join('、'));
  if (field === 'teacher' && typeof value === 'string') return value.split('、').sort().join('、');
  const sorted =
    (field === 'ask' || field === 'pupils' || field === 'participants') && Array.isArray(value)
      ? [...value].sort()
      : value;
  return JSON.stringify(
    sorted,
    sorted !== null && typeof sorted === 'object' && !Array.isArray(sorted) ? Object.keys(sorted).sort() : undefined,
  );
}
