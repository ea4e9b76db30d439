import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReadAt, ReaderKnows, Reading } from '../../src/reading/types.ts';
import { type Case, caseLines, knownBy, plainly, same } from './corpus.ts';

/** A reader for this command: today's, or an older one from another work tree. */
export type Reader = (text: string, at: ReadAt, knows: ReaderKnows) => { readings: Reading[]; leftover?: string };

/** The result of one message. Each field is true or false; the table counts them. */
export interface Score {
  item: Case;
  readings: Reading[];
  leftover?: string;
  report: boolean;
  /** Every reading is right, with nothing left to tap. */
  exact: boolean;
  /** Right at once, or after one tap: a confirmation of a right reading, or one question with the answer among its buttons. */
  oneTap: boolean;
  unanswered: boolean;
  /** A needless question: about a complete report, or if nothing is reported. */
  needless: boolean;
  wrongDate: boolean;
  falseRecord?: 'nothing done' | 'wrong person' | 'too many' | 'twice';
}

const DATES = ['date', 'dates', 'date_from', 'date_to'] as const;
const COUNTS = ['times', 'lessons', 'per_pupil_times', 'days', 'weeks', 'months', 'cash_yuan', 'value_yuan'] as const;
/** A question with at most this many buttons takes one tap. */
const BUTTONS = 7;

const actOf = (reading: Reading) => reading.act ?? (reading.status === 'needs_detail' ? 'ask' : 'record');
const words = (reading: Partial<Reading>) => JSON.stringify([reading.kind, reading.status]);

/** Reads one case and scores the result. Readings are compared with expected ones of their own kind, not by position. */
export function scoreOf(item: Case, reader: Reader): Score {
  const [today, time] = (item.at ?? '2026-11-20T18:00').split('T');
  const { readings: read, leftover } = reader(item.text, { today: today!, time }, knownBy(item.as, item.extra));
  const readings = joined(read) as Reading[];
  const wanted = joined(item.readings);
  const report = wanted.length > 0;
  const pairs = matched(wanted, readings);
  const fields =
    readings.length === wanted.length && pairs.every(([want, got]) => want !== undefined && same(want, got));
  const sure = readings.every((reading) => actOf(reading) !== 'confirm');
  const recorded = pairs.filter(([, got]) => got.status === 'done' && actOf(got) === 'record');
  const answered =
    readings.length === wanted.length &&
    readings.filter((reading) => actOf(reading) === 'ask').length <= 1 &&
    pairs.every(([want, got]) => want !== undefined && (same(want, got) || byButton(want, got)));
  return {
    item,
    readings,
    leftover,
    report,
    exact: fields && sure,
    oneTap: fields || answered,
    unanswered: report && readings.length === 0 && leftover === undefined,
    needless: !report
      ? leftover !== undefined || readings.some((reading) => actOf(reading) !== 'record')
      : readings.some((reading) => actOf(reading) === 'ask') && !wanted.some((want) => want.status === 'needs_detail'),
    wrongDate: recorded.some(
      ([want, got]) =>
        want !== undefined && DATES.some((name) => JSON.stringify(got[name]) !== JSON.stringify(want[name])),
    ),
    falseRecord: recorded
      .map(([want, got]) => falsely(want, got, item.readings, read))
      .find((found) => found !== undefined),
  };
}

/** As many days as pupils, once for each: one reading for each of them on their day. */
function onTheirDays(reading: Partial<Reading>): Partial<Reading>[] {
  const { pupils = [], dates = [], times: _times, dates: _dates, ...rest } = reading;
  if (pupils.length < 2 || pupils.length !== dates.length || reading.per_pupil_times !== 1) return [reading];
  return pupils.map((pupil, k) => ({ ...rest, pupils: [pupil], date: dates[k], times: 1 }));
}

/**
 * One activity on several days, with several pupils on a day, or with several observed teachers, as one reading or as several: both mean
 * the same, and are compared as one.
 */
export function joined(readings: Partial<Reading>[]): Partial<Reading>[] {
  const out: Partial<Reading>[] = [];
  const key = (reading: Partial<Reading>, but: (keyof Reading)[]) => {
    const rest = Object.entries(plainly(reading)).filter(
      ([name]) => !UNSAID.has(name) && !but.includes(name as keyof Reading),
    );
    return JSON.stringify(rest.filter(([, value]) => value !== undefined).sort());
  };
  const days = (reading: Partial<Reading>) => reading.dates ?? (reading.date ? [reading.date] : []);
  for (const reading of readings.flatMap(onTheirDays)) {
    const alike = (but: (keyof Reading)[]) =>
      reading.status === 'done' && reading.kind !== 'donation'
        ? out.findIndex((other) => key(other, but) === key(reading, but))
        : -1;
    const sum = (other: Partial<Reading>, name: 'times' | 'lessons' | 'per_pupil_times') =>
      other[name] === undefined && reading[name] === undefined && !(name === 'lessons' && IN_LESSONS.has(reading.kind!))
        ? {}
        : { [name]: (other[name] ?? 1) + (reading[name] ?? 1) };
    const byDay = days(reading).length > 0 ? alike(['date', 'dates', 'times', 'lessons', 'per_pupil_times']) : -1;
    const byTeacher = reading.kind === 'observe' && reading.teacher ? alike(['teacher', 'lessons', 'times']) : -1;
    const byPupil = reading.pupils ? alike(['pupils', 'times']) : -1;
    if (byDay >= 0) {
      const { date: _date, ...rest } = out[byDay]!;
      const dates = [...new Set([...days(out[byDay]!), ...days(reading)])].sort();
      const counts = {
        ...sum(rest, 'times'),
        ...sum(rest, 'lessons'),
        ...(reading.pupils ? sum(rest, 'per_pupil_times') : {}),
      };
      out[byDay] = {
        ...rest,
        ...counts,
        act: worse(rest, reading),
        ...(dates.length > 1 ? { dates } : { date: dates[0] }),
      };
    } else if (byTeacher >= 0 && out[byTeacher]!.teacher) {
      const other = out[byTeacher]!;
      out[byTeacher] = {
        ...other,
        ...sum(other, 'lessons'),
        act: worse(other, reading),
        teacher: [...other.teacher!.split('、'), reading.teacher].sort().join('、'),
      };
    } else if (byPupil >= 0) {
      const other = out[byPupil]!;
      out[byPupil] = {
        ...other,
        ...sum(other, 'times'),
        act: worse(other, reading),
        pupils: [...other.pupils!, ...reading.pupils!],
      };
    } else out.push(reading);
  }
  return out;
}

/** Kinds of which one without a number is one lesson. */
const IN_LESSONS: ReadonlySet<string> = new Set(['demo_lesson', 'observe']);

const UNSAID: ReadonlySet<string> = new Set([
  'act',
  'why',
  'p',
  'note',
  'approx',
  'topic',
  'reason',
  'evidence',
  'choices',
  'date_given',
]);
const worse = (one: Partial<Reading>, other: Partial<Reading>) => (one.act === 'confirm' ? one.act : other.act);

/** Pairs each reading with an expected one: first equal ones, then those of the same kind and status. */
function matched(wanted: Partial<Reading>[], readings: Reading[]): [Partial<Reading> | undefined, Reading][] {
  const free = [...wanted];
  const found = new Map<Reading, Partial<Reading>>();
  const alike: ((want: Partial<Reading>, got: Reading) => boolean)[] = [
    same,
    (want, got) => words(want) === words(got) && DATES.every((d) => JSON.stringify(want[d]) === JSON.stringify(got[d])),
    (want, got) => words(want) === words(got),
    (want, got) => want.kind === got.kind,
  ];
  for (const test of alike)
    for (const got of readings) {
      const at = found.has(got) ? -1 : free.findIndex((want) => test(want, got));
      if (at >= 0) found.set(got, free.splice(at, 1)[0]!);
    }
  return readings.map((got) => [found.get(got), got]);
}

function falsely(
  want: Partial<Reading> | undefined,
  got: Reading,
  wanted: Partial<Reading>[],
  read: Reading[],
): Score['falseRecord'] {
  if (want === undefined) {
    const alike = ({ kind }: Partial<Reading>) => kind === got.kind;
    if (!wanted.some(alike)) return 'nothing done';
    // One record for several pupils, or one for each: the same number was told.
    return read.filter(alike).length > wanted.filter(alike).length ? 'twice' : undefined;
  }
  if (want.status !== 'done' && want.status !== 'needs_detail') return 'nothing done';
  const [told, heard] = [plainly(want), plainly(got)];
  if ((told.by ?? '') !== (heard.by ?? '') || (told.direction ?? '') !== (heard.direction ?? '')) return 'wrong person';
  if ((got.pupils ?? []).some((name) => want.pupils && !want.pupils.includes(name))) return 'wrong person';
  return COUNTS.some((name) => ((heard[name] as number) ?? 0) > ((told[name] as number) ?? 1)) ? 'too many' : undefined;
}

/** One question only, everything else right, and the answer is among few buttons. */
function byButton(want: Partial<Reading>, got: Reading): boolean {
  const [field, more] = got.ask ?? [];
  if (got.status !== 'needs_detail' || field === undefined || more !== undefined || want.status !== 'done')
    return false;
  const { ask: _ask, choices, ...rest } = got;
  const told = want as Record<string, unknown>;
  if (field === 'mode') return same(want, { ...rest, status: 'done', mode: want.mode } as Reading);
  if (field === 'dates') {
    const span =
      got.date_from !== undefined && want.date !== undefined && got.date_from <= want.date && want.date <= got.date_to!;
    const { date_from: _f, date_to: _t, ...open } = rest;
    return span && same(want, { ...open, status: 'done', date: want.date } as Reading);
  }
  const options = choices?.[field] ?? [];
  const chosen = told[field];
  const offered = typeof chosen === 'string' && options.includes(chosen) && options.length <= BUTTONS;
  const mend = { ...rest, status: 'done', [field]: chosen } as Reading;
  return offered && (same(want, mend) || (field === 'by' && same(want, { ...mend, on_behalf: true })));
}

export interface Row {
  messages: number;
  reports: number;
  exact: number;
  oneTap: number;
  unanswered: number;
  needless: number;
  wrongDate: number;
  falseRecord: number;
  alike: number;
}

/** The counts of a set: right results over reports, wrong ones over messages. */
export function rowOf(scores: Score[]): Row {
  const count = (test: (score: Score) => boolean) => scores.filter(test).length;
  return {
    messages: scores.length,
    reports: count((score) => score.report),
    exact: count((score) => score.report && score.exact),
    oneTap: count((score) => score.report && score.oneTap),
    unanswered: count((score) => score.unanswered),
    needless: count((score) => score.needless),
    wrongDate: count((score) => score.wrongDate),
    falseRecord: count((score) => score.falseRecord !== undefined),
    alike: count((score) => score.exact),
  };
}

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}`.padStart(6);

/** One line of the table, in per cent: exact, one tap and unanswered of reports; the others of messages. */
export function lineOf(name: string, row: Row): string {
  const { messages, reports } = row;
  return [
    name.padEnd(30),
    String(messages).padStart(5),
    String(reports).padStart(5),
    percent(row.exact, reports),
    percent(row.oneTap, reports),
    percent(row.unanswered, reports),
    percent(row.needless, messages),
    percent(row.wrongDate, messages),
    percent(row.falseRecord, messages),
    percent(row.alike, messages),
  ].join(' ');
}

export const HEADING = `${'set'.padEnd(30)}  msgs  reps  exact  1 tap   none  needl  wdate  false   all=`;

/** `node test/reading/score.ts [--reader TREE]… [--wrong] SET.jsonl…`: compares readers on the same sets. */
async function main(args: string[]): Promise<void> {
  const trees: string[] = [];
  const sets: string[] = [];
  for (let k = 0; k < args.length; k += 1) {
    if (args[k] === '--reader') trees.push(args[++k]!);
    else if (!args[k]!.startsWith('--')) sets.push(args[k]!);
  }
  if (trees.length === 0) trees.push('.');
  for (const tree of trees) {
    const { readMessage } = await import(pathToFileURL(resolve(tree, 'src/reading/read.ts')).href);
    console.log(`\n${tree}\n${HEADING}`);
    const all: Score[] = [];
    for (const set of sets) {
      const scores = caseLines(readFileSync(set, 'utf8')).map((item) => scoreOf(item, readMessage));
      all.push(...scores);
      console.log(lineOf(basename(set, '.jsonl'), rowOf(scores)));
    }
    console.log(lineOf('all', rowOf(all)));
    if (args.includes('--wrong')) for (const score of all) if (!score.exact) console.log(toldOf(score));
  }
}

/** A message with a wrong result: the expected and the actual readings. */
export function toldOf({
  item,
  readings,
  leftover,
  falseRecord,
  wrongDate,
  oneTap,
  unanswered,
  needless,
}: Score): string {
  const marks = { falseRecord, wrongDate, oneTap, unanswered, needless };
  const said = Object.entries(marks).flatMap(([name, value]) =>
    value ? [value === true ? name : `${name}: ${value}`] : [],
  );
  const lines = item.readings.map((want) => `   want ${JSON.stringify(want)}`);
  const got = readings.map((reading) => `   read ${JSON.stringify(reading)}`);
  return [
    `${item.id} [${said.join(', ')}] ${item.as ?? ''} ${item.text.replaceAll('\n', '⏎')}`,
    ...lines,
    ...got,
    ...(leftover ? ['   left over'] : []),
  ].join('\n');
}

if (import.meta.main) await main(process.argv.slice(2));
