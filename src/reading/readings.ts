import type { Ymd } from '../plan/types.ts';
import { type Counts, countsOf } from './counts.ts';
import type { Draft } from './drafts.ts';
import { extrasOf } from './extras.ts';
import { has, isPupil } from './is.ts';
import { taughtAway } from './pairs.ts';
import { reasonOf } from './reason.ts';
import type { Roster } from './roster.ts';
import { onlyMentioned, settled, statusOf, tenseOf } from './status.ts';
import { PUPIL_KINDS } from './tables/kinds.ts';
import type { ReadAt, Reading, ReadingStatus } from './types.ts';
import { type Dates, datesOf } from './when.ts';
import { filledPlace, perSchool, placeOf } from './where.ts';
import { peopleOf, pupilsOf } from './who.ts';

/** Kinds that last: a span of days is one record and not so many visits. */
const LASTING: ReadonlySet<string> = new Set(['secondment', 'training', 'exam', 'exchange', 'research', 'meeting']);

/** All drafts of a message as readings; each may lean on what was said before it. */
export function readingsOf(drafts: Draft[], text: string, at: ReadAt, roster: Roster): Reading[] {
  const made: { reading: Reading; draft: Draft }[] = [];
  for (const draft of drafts.flatMap((item) => perSchool(item, roster))) {
    const reading = readingOf(draft, text, at, roster, made.at(-1)?.reading);
    const twice =
      reading?.status === 'question' &&
      made.some((item) => item.reading.status === 'question' && item.reading.kind === reading.kind);
    if (reading && !twice) made.push({ reading, draft });
  }
  // 「没上课, 就听了两节」 says what was done by what was not: no attempt that failed.
  const told = made.some(({ reading }) => reading.status === 'done' || reading.status === 'needs_detail');
  const contrast = ({ reading, draft }: { reading: Reading; draft: Draft }) =>
    reading.status === 'not_done' &&
    !reading.reason &&
    told &&
    !draft.moods.some((mood) => mood.failed || mood.intended);
  return made.filter((item) => !contrast(item)).map((item) => item.reading);
}

/** One draft as a reading, or nothing where it reports nothing. `earlier` are the readings made before it. */
function readingOf(
  said: Draft,
  text: string,
  at: ReadAt,
  roster: Roster,
  earlier: Reading | undefined,
): Reading | undefined {
  const status = statusOf(said, at);
  if (onlyMentioned(said, status, text)) return undefined;
  const draft = status === 'done' ? settled(said) : said;
  if (status === 'question') return { kind: draft.kind, status };
  const dates = inherit(
    datesOf(afterReplan(draft, status), text, at.today, tenseOf(status, draft)),
    draft,
    status,
    earlier,
  );
  const people = peopleOf(draft, roster);
  const pupils = PUPIL_KINDS.has(draft.kind) ? pupilsOf(draft, roster, people.by) : { ask: [], choices: {} };
  const place =
    status === 'not_done' ? placeOf(draft, roster) : filledPlace(draft, placeOf(draft, roster), roster, earlier);
  const reading: Reading = { kind: draft.kind, status };
  const plainLesson =
    draft.kind === 'demo_lesson' &&
    !place.said &&
    !place.ask.length &&
    !earlier?.place &&
    !earlier?.partner &&
    !taughtAway(draft.tokens);
  if (plainLesson) Object.assign(place, { place: undefined, ask: ['place'], choices: { place: roster.partners } });
  const visited =
    place.partner !== undefined && place.place !== undefined && place.place === roster.knows.sender?.school;
  const ask = [...pupils.ask, ...(visited ? [] : people.ask), ...place.ask];
  Object.assign(reading, dateFields(dates, draft, status, at.today, ask));
  Object.assign(
    reading,
    given({ place: place.place, partner: place.partner, to: place.to, direction: place.direction }),
  );
  if (visited && people.by === undefined) people.on_behalf = undefined;
  if (place.direction === 'inbound') Object.assign(people, { by: undefined, on_behalf: undefined });
  Object.assign(
    reading,
    given({ by: people.by, on_behalf: people.on_behalf, participants: people.participants, teacher: people.teacher }),
  );
  Object.assign(
    reading,
    given({ pupils: pupils.pupils, all_assigned: pupils.all_assigned, pupil_count: pupils.pupil_count }),
  );
  Object.assign(reading, given(extrasOf(draft, text)));
  if (status === 'done' && draft.kind === 'home_visit' && !reading.mode) ask.push('mode');
  if (status === 'done') Object.assign(reading, given(countFields(draft, dates, reading, ask)));
  else if (status === 'planned')
    Object.assign(reading, given({ lessons: countsOf(draft.tokens).lessons, times: countsOf(draft.tokens).times }));
  if (status === 'not_done') Object.assign(reading, given({ reason: reasonOf(draft, text) }));
  if (draft.kind === 'observe') Object.assign(reading, given({ evaluated: evaluatedOf(draft, status) }));
  return asked(reading, ask, { ...pupils.choices, ...people.choices, ...place.choices });
}

/** After 改到, the dates before it are those that no longer hold. */
function afterReplan(draft: Draft, status: ReadingStatus) {
  const word = draft.tokens.findLast((token) => has(token, 'replanned'));
  if (status !== 'planned' || !word) return draft.tokens;
  const after = draft.tokens.filter((token) => token.start >= word.start || !token.date);
  return after.some((token) => token.date) ? after : draft.tokens;
}

/** What was said for the reading before holds on where nothing else is said: 昨天上了一节课，还听了两节. */
function inherit(dates: Dates, draft: Draft, status: ReadingStatus, earlier: Reading | undefined): Dates {
  if (dates.given || !earlier || !draft.before || earlier.date_given === false) return dates;
  if ((earlier.status === 'planned') !== (status === 'planned')) return dates;
  const days = earlier.dates ?? (earlier.date ? [earlier.date] : []);
  if (days.length === 0 && !earlier.date_from && !earlier.ask?.includes('dates')) return dates;
  return {
    days: [...days],
    from: earlier.date_from,
    to: earlier.date_to,
    given: true,
    vague: earlier.ask?.includes('dates'),
  };
}

function dateFields(dates: Dates, draft: Draft, status: ReadingStatus, today: Ymd, ask: string[]): Partial<Reading> {
  if (status === 'done' && [...dates.days, dates.to ?? today].some((day) => day > today)) {
    ask.push('dates');
    return {};
  }
  if (dates.clash) ask.push('dates');
  if (dates.days.length === 1) return { date: dates.days[0] };
  if (dates.days.length > 1) return { dates: dates.days };
  if (dates.from) {
    const open = status === 'done' && (!dates.spanned || !LASTING.has(draft.kind)) && !(draft.kind === 'secondment');
    if (open) ask.push('dates');
    return { date_from: dates.from, date_to: dates.to };
  }
  if (status !== 'done') return {};
  if (dates.given || sayable(draft)) {
    ask.push('dates');
    return {};
  }
  return { date: today, date_given: false };
}

/** Neither a date nor a sign that it happened (家访小雨): when must be asked. */
function sayable(draft: Draft): boolean {
  return (
    !draft.moods.some((mood) => mood.happened) &&
    !draft.tokens.some((token) => token.type === 'count' || has(token, 'all')) &&
    draft.kind !== 'donation' &&
    draft.kind !== 'secondment'
  );
}

function countFields(draft: Draft, dates: Dates, reading: Reading, ask: string[]): Partial<Reading> {
  if (draft.kind === 'secondment' || draft.kind === 'donation') return {};
  const counts = countsOf(draft.tokens);
  const days = Math.max(1, dates.days.length);
  const open = ask.includes('dates');
  if (counts.unsure && counts.times === undefined) ask.push('times');
  if (PUPIL_KINDS.has(draft.kind)) return pupilCounts(draft, counts, days, reading, open);
  const said = counts.times;
  const times = said === undefined ? days : counts.each && days > 1 ? said * days : Math.max(said, days);
  const lessons = lessonsOf(draft, counts, times, days);
  if (open && said === undefined) return { lessons };
  return { times: counts.unsure ? undefined : times, lessons };
}

/** Lessons are counted where lessons are given or heard; 备了一节课 counts none. */
function lessonsOf(draft: Draft, counts: Counts, times: number, days: number): number | undefined {
  if (counts.lessons === undefined || (draft.kind !== 'demo_lesson' && draft.kind !== 'observe')) return undefined;
  if (counts.everyTime) return counts.lessons * times;
  return counts.each && !counts.whole && days > 1 ? counts.lessons * days : counts.lessons;
}

/** A joint talk credits each pupil once; 各 and visits to several homes are as many occasions (reading.md, 5). */
function pupilCounts(draft: Draft, counts: Counts, days: number, reading: Reading, open: boolean): Partial<Reading> {
  if (open && counts.times === undefined) return {};
  if (counts.unsure) return {};
  const pupils = reading.pupils?.length ?? (reading.all_assigned ? (reading.pupil_count ?? 1) : 1);
  if (days === pupils && days > 1 && inTurn(draft)) return { times: pupils, per_pupil_times: 1 };
  const together = draft.tokens.some((token) => /^(?:一起|一同|一块|一块儿|同时)$/u.test(token.text));
  const apart =
    counts.each ||
    (!together && pupils > 1 && (draft.kind === 'home_visit' || draft.tokens.some((token) => token.text === '都')));
  const said = counts.times ?? 1;
  const eachDay = counts.each && days > 1 && (pupils === 1 || said < days);
  const split = draft.kind === 'home_visit' && !counts.each && said === pupils;
  const per = eachDay ? said * days : Math.max(split ? 1 : said, days);
  return { times: apart ? per * pupils : per, per_pupil_times: per };
}

/** 3号小杰, 5号小雨: a day for each pupil. */
function inTurn(draft: Draft): boolean {
  const order = draft.tokens
    .filter((token) => token.date !== undefined || isPupil(token))
    .map((token) => (token.date ? 'd' : 'p'));
  return /^(?:dp)+$|^(?:pd)+$/u.test(order.join(''));
}

/** true, false, or null where nothing was said of discussing the lesson. */
function evaluatedOf(draft: Draft, status: ReadingStatus): boolean | null | undefined {
  if (status !== 'done') return undefined;
  const at = draft.tokens.findIndex((token) => has(token, 'evaluate'));
  if (at < 0) return null;
  const near = draft.tokens.slice(Math.max(0, at - 2), at + 4);
  return !near.some((token) => has(token, 'negation') || /^(?:没|未|没有|来不及|没来得及)/u.test(token.text));
}

function asked(reading: Reading, ask: string[], choices: Record<string, string[]>): Reading {
  const counts = reading.status === 'done';
  if (ask.length === 0 || reading.status === 'not_done') return reading;
  const out: Reading = { ...reading, ask: [...new Set(ask)] };
  if (counts) out.status = 'needs_detail';
  if (Object.keys(choices).length > 0) out.choices = choices;
  return out;
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
