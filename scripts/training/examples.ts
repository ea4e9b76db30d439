import { KINDS } from '../../src/reading/judge/classes.ts';
import { saidIn } from '../../src/reading/read.ts';
import type { Script } from '../../src/reading/structure/pieces.ts';
import { PUPIL_KINDS } from '../../src/reading/tables/kinds.ts';
import { resolve } from '../../src/reading/tokens/calendar.ts';
import type { NameRoster } from '../../src/reading/tokens/roster.ts';
import type { Token } from '../../src/reading/tokens/tokens.ts';
import type { Reading } from '../../src/reading/types.ts';
import { type Case, knownBy } from '../../test/reading/corpus.ts';

/** The expected readings that one run of words tells: several if 各 or 分别 distributes it. */
export interface Told {
  kind: number;
  readings: Partial<Reading>[];
}

/** A message to learn from. */
export interface Example {
  script: Script;
  roster: NameRoster;
  today: string;
  told: Told[];
  /** Its readings list only kind and status. */
  loose?: boolean;
  /** Put together from others: it teaches only where activities begin and end. */
  joined?: boolean;
}

const KNOWN = new WeakMap<Case, ReturnType<typeof saidIn>>();

/** When a case was written; a Friday evening if it does not say. */
export function writtenAt({ at = '2026-11-20T18:00' }: Case): { today: string; time?: string } {
  const [today, time] = at.split('T');
  return { today: today!, time };
}

/** The message of a case; read once, though it is learned from and tried. */
export function messageOf(item: Case): ReturnType<typeof saidIn> {
  const known = KNOWN.get(item) ?? saidIn(item.text, writtenAt(item), item.knows ?? knownBy(item.as, item.extra));
  KNOWN.set(item, known);
  return known;
}

const DISTRIBUTES = /各|分别|每人|一人一/u;

export function exampleOf(item: Case, more: Pick<Example, 'loose' | 'joined'> = {}): Example {
  const { script, roster, today } = messageOf(item);
  const told: Told[] = [];
  for (const reading of item.readings) {
    const kind = KINDS.indexOf(reading.kind!);
    if (kind < 0) continue;
    const last = told.at(-1);
    if (last?.kind === kind && together(last.readings[0]!, reading, script.text)) last.readings.push(reading);
    else told.push({ kind, readings: [reading] });
  }
  return { script, roster, today, told: told.slice(0, script.pieces.length), ...more };
}

/** 「方明、段玉梅各上一节」, 「家访了杨明和何欢」: told in the same words. */
function together(one: Partial<Reading>, other: Partial<Reading>, text: string): boolean {
  if (one.status !== other.status || text.includes('\n')) return false;
  const children =
    PUPIL_KINDS.has(one.kind!) &&
    JSON.stringify(daysOf(one)) === JSON.stringify(daysOf(other)) &&
    one.mode === other.mode &&
    one.by === other.by &&
    one.note === other.note;
  // 到九合中学、江上中学支教: a list of schools.
  const places = (r: Partial<Reading>) => JSON.stringify({ ...r, place: undefined });
  return children || DISTRIBUTES.test(text) || (one.place !== other.place && places(one) === places(other));
}

export const daysOf = (r: Partial<Reading>): string[] =>
  [r.date, ...(r.dates ?? []), r.date_from, r.date_to].filter((day) => day !== undefined);

export const teachersOf = (r: Partial<Reading>): string[] =>
  [r.teacher ?? []].flat().flatMap((name) => name.split('、'));

/** Whether a token says something of a reading: true, false, or undefined if that is open. */
export function says(token: Token, r: Partial<Reading>, today: string, roster: NameRoster): boolean | undefined {
  if (token.date) return saysDay(token, r, today);
  if (token.named) {
    const { people, pupils, schools } = token.named;
    const held = new Set([
      ...[r.by, r.place, r.partner, r.to, r.replace_pupil?.from, r.replace_pupil?.to],
      ...[...teachersOf(r), ...(r.participants ?? []), ...(r.pupils ?? []), ...((r.set?.pupils as string[]) ?? [])],
    ]);
    if ([...people, ...pupils, ...schools, token.text].some((name) => held.has(name))) return true;
    const sender = roster.knows.sender && people.includes(roster.knows.sender.name);
    return sender && r.by === undefined ? undefined : false;
  }
  if (token.subject) return r.subject === undefined ? undefined : r.subject.split('、').includes(token.value!);
  if (token.type === 'grade') return r.grade === undefined ? undefined : sharesGrade(token, r);
  return undefined;
}

export const sharesGrade = (token: Token, r: Partial<Reading>): boolean =>
  r.grade?.split('、').some((grade) => token.value!.split('、').includes(grade)) === true;

function saysDay(token: Token, r: Partial<Reading>, today: string): boolean | undefined {
  const days = daysOf(r);
  const senses = (['past', 'future', 'open'] as const).map((tense) => resolve(token.date!, today, tense));
  const held = (day: string | undefined) => day !== undefined && days.includes(day);
  if (senses.some((when) => when.days.some(held) || held(when.from) || held(when.to))) return true;
  // 最近, 将来: without a day, it can only be the time of a reading without one.
  if (senses.every(({ from, days: single }) => from === undefined && single.length === 0))
    return days.length > 0 ? false : undefined;
  const spans = senses.filter(({ from }) => from !== undefined);
  const around = spans.some(({ from, to }) => days.some((day) => from! <= day && day <= to!));
  return spans.length > 0 && (r.ask !== undefined || around) ? undefined : false;
}
