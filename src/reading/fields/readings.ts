import type { ActivityDraft } from '../judge/drafts.ts';
import { chanceOf, type Hearing, heardStatus, isNothing, isSomething } from '../judge/hearing.ts';
import { wayOf } from '../judge/mentioned.ts';
import { taughtAway } from '../structure/whom.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadAt, Reading, ReadingStatus } from '../types.ts';
import { countsOf } from './counts.ts';
import { afterReplan, dateFields, dayByDay, inherit, ofItsDays } from './dated.ts';
import { extrasOf, papersApart } from './extras.ts';
import { perPupil } from './per-pupil.ts';
import { perSchool } from './per-school.ts';
import { pupilsOf, type WhoPart } from './pupils.ts';
import { reasonOf } from './reason.ts';
import { settled, statusOf, tenseOf } from './status.ts';
import { countFields } from './tally.ts';
import { type Dates, datesOf } from './when.ts';
import { filledPlace, placeOf } from './where.ts';
import { goingOn, peopleOf } from './who.ts';

/** All drafts of a message as readings; each may lean on what was said before it. */
export function readingsOf(
  drafts: ActivityDraft[],
  text: string,
  said: Token[],
  at: ReadAt,
  roster: NameRoster,
  hearing: Hearing,
): Reading[] {
  const made: { reading: Reading; draft: ActivityDraft }[] = [];
  let earlier: Reading | undefined;
  for (const draft of drafts.flatMap((item) => partsOfDraft(item, roster))) {
    const heard = readingOf(draft, text, said, at, roster, earlier, hearing);
    if (heard) earlier = heard.reading;
    const reading = heard?.nothing ? undefined : heard?.reading;
    const twice =
      reading?.status === 'question' &&
      made.some((item) => item.reading.status === 'question' && item.reading.kind === reading.kind);
    if (reading && !twice) made.push({ reading, draft });
  }
  // 「没上课, 就听了两节」 says what was done by what was not: no attempt that failed.
  const told = made.some(({ reading }) => reading.status === 'done' || reading.status === 'needs_detail');
  const contrast = ({ reading, draft }: { reading: Reading; draft: ActivityDraft }) =>
    reading.status === 'not_done' &&
    !reading.reason &&
    told &&
    !draft.moods.some((mood) => mood.failed || mood.intended);
  const apart = made
    .filter((item) => !contrast(item))
    .flatMap((item) => papersApart(item.reading, roster.knows.topics));
  return alone(toldOnce(apart));
}

/** A draft as one for each school and each pupil that has days or numbers alone. */
export const partsOfDraft = (draft: ActivityDraft, roster: NameRoster): ActivityDraft[] =>
  perSchool(draft, roster).flatMap(perPupil);

/** 谈了半个小时, …, 劝了好久: what is told of a pupil twice on a day, and counted nowhere, was once. */
function toldOnce(readings: Reading[]): Reading[] {
  const key = ({ kind, status, date, pupils, mode, by, per_pupil_times }: Reading) =>
    JSON.stringify([kind, status, date, pupils, mode ?? '', by ?? '', per_pupil_times ?? 1]);
  return readings.filter((reading, k) => {
    const counted = reading.status !== 'done' || !PUPIL_KINDS.has(reading.kind) || (reading.per_pupil_times ?? 1) > 1;
    return counted || !readings.slice(0, k).some((other) => key(other) === key(reading));
  });
}

/** Who has a reading of the same kind alone is no companion in another's. */
function alone(readings: Reading[]): Reading[] {
  return readings.map((reading) => {
    const others = readings
      .filter((other) => other !== reading && other.kind === reading.kind)
      .map((other) => other.by);
    const participants = reading.participants?.filter((name) => !others.includes(name));
    if (participants?.length === reading.participants?.length) return reading;
    const { participants: _all, ...rest } = reading;
    return participants!.length > 0 ? { ...rest, participants } : rest;
  });
}

/** 报送了下学年方案: what is said to be done was done, whatever year it is for. */
function officeStatus(said: ActivityDraft, at: ReadAt, text: string): ReadingStatus {
  const status = statusOf(said, at);
  const clause = said.segments.find((segment) => segment.office)!;
  const done = /[了好完]/u.test(text.slice(clause.start, clause.end));
  return status === 'planned' && done && !said.moods.some((mood) => mood.intended || mood.negated) ? 'done' : status;
}

/** Papers may be about a pupil: 给小杰制定了帮扶计划. */
const ABOUT_PUPILS: ReadonlySet<string> = new Set(['document', 'care_roster']);

function pupilsNamed(draft: ActivityDraft, { ownPupils }: NameRoster): string[] | undefined {
  const named = draft.tokens.filter(isPupil).flatMap((token) => token.named!.pupils);
  const own = [...new Set(named)].filter((name) => ownPupils.includes(name));
  return own.length > 0 ? own : undefined;
}

/** How sure the rules of the office are. */
const OFFICE_CHANCE = 0.9;

/** One draft as a reading, or nothing where it reports nothing. `earlier` are the readings made before it. */
function readingOf(
  meant: ActivityDraft,
  text: string,
  said: Token[],
  at: ReadAt,
  roster: NameRoster,
  earlier: Reading | undefined,
  hearing: Hearing,
): { reading: Reading; nothing: boolean } | undefined {
  const office = meant.segments.some((segment) => segment.office);
  const chance = office ? Math.max(OFFICE_CHANCE, chanceOf(hearing, meant)) : chanceOf(hearing, meant);
  const ruled = office ? officeStatus(meant, at, text) : statusOf(meant, at);
  const { status, p } = office ? { status: ruled, p: 1 } : heardStatus(hearing, meant, ruled, at.today);
  if ((wayOf(meant, status, text) && !isSomething(chance)) || ownExam(meant, roster)) return undefined;
  const draft = ofItsDays(status === 'done' ? settled(meant) : meant, text);
  if (status === 'question') return { reading: { kind: draft.kind, status }, nothing: isNothing(chance) };
  const dates = inherit(
    dayByDay(datesOf(afterReplan(draft, status), text, at.today, tenseOf(status, draft)), draft),
    draft,
    status,
    earlier,
  );
  const place = placedAt(draft, status, roster, earlier, text);
  const people = goingOn(visiting(peopleOf(draft, roster, text), place, draft, roster), draft, earlier, roster);
  const pupils = PUPIL_KINDS.has(draft.kind)
    ? pupilsOf(draft, roster, people.by, said)
    : { ask: [], choices: {}, pupils: ABOUT_PUPILS.has(draft.kind) ? pupilsNamed(draft, roster) : undefined };
  const ask = [...pupils.ask, ...people.ask, ...place.ask];
  const reading: Reading = { kind: draft.kind, status, ...dateFields(dates, draft, status, at.today, ask) };
  for (const part of [place, people, pupils]) Object.assign(reading, given(part, ['ask', 'choices', 'said']));
  Object.assign(reading, given(extrasOf(draft, text, roster.knows.topics)));
  if (status === 'done' && draft.kind === 'home_visit' && !reading.mode) ask.push('mode');
  Object.assign(reading, given(fieldsByStatus(draft, dates, reading, text, ask)));
  const whole = asked({ ...reading, p: chance * p }, ask, { ...pupils.choices, ...people.choices, ...place.choices });
  return { reading: whole, nothing: isNothing(chance) };
}

/** 我校昨天月考: an examination of one school alone is none of the pairing. */
function ownExam(draft: ActivityDraft, roster: NameRoster): boolean {
  const schools = draft.tokens.filter(isSchool);
  const own = roster.knows.sender?.school;
  return (
    draft.kind === 'exam' &&
    schools.length > 0 &&
    schools.every((token) => token.named!.schools[0] === own) &&
    !draft.tokens.some((token) => has(token, 'joint', 'partner', 'together') || /联|统/u.test(token.text))
  );
}

/** What is counted of a thing done, expected of a plan, or said of a failure. */
function fieldsByStatus(
  draft: ActivityDraft,
  dates: Dates,
  reading: Reading,
  text: string,
  ask: string[],
): Partial<Reading> {
  if (reading.status === 'not_done') return { reason: reasonOf(draft, text) };
  const { times, lessons } = countsOf(draft.tokens);
  if (reading.status === 'planned') return { lessons, times };
  const evaluated = draft.kind === 'observe' ? evaluatedOf(draft) : undefined;
  return { ...countFields(draft, dates, reading, ask), evaluated };
}

type Place = ReturnType<typeof placeOf>;

/** The place, filled in where it may be; a lesson without any sign of where it was given is asked for it. */
function placedAt(
  draft: ActivityDraft,
  status: ReadingStatus,
  roster: NameRoster,
  earlier: Reading | undefined,
  text: string,
): Place {
  const said = placeOf(draft, roster);
  if (status === 'not_done') return said;
  const place = filledPlace(draft, said, roster, earlier, text);
  const somewhere =
    place.said || place.ask.length > 0 || earlier?.place || earlier?.partner || taughtAway(draft.tokens);
  if (draft.kind !== 'demo_lesson' || somewhere) return place;
  return { ...place, place: undefined, ask: ['place'], choices: { place: roster.partners } };
}

/**
 * Where others came to the sender's school, the visitor named did it, and the lesson heard was the sender's or a colleague's
 * (reading.md, 16); those who hear do not count.
 */
function visiting(people: WhoPart, place: Place, draft: ActivityDraft, roster: NameRoster): WhoPart {
  const own = roster.knows.sender?.school;
  const visited = place.partner !== undefined && place.place !== undefined && place.place === own;
  if (!visited) return people;
  const { by: _by, on_behalf: _behalf, teacher: _teacher, participants, ...rest } = people;
  if (place.direction !== 'inbound') return { ...people, ask: [], on_behalf: people.by ? people.on_behalf : undefined };
  const named = draft.tokens
    .filter(isPerson)
    .flatMap((token) =>
      token.named!.people.slice(0, 2).map((name) => ({ name, token, only: token.named!.people.length === 1 })),
    );
  const schoolOf = (name: string) => roster.knows.people.find((person) => person.name === name)?.school;
  const guests = named.filter(({ name }) => schoolOf(name) === place.partner);
  const hosts = named.filter(
    ({ name, only }) => only && schoolOf(name) === own && !guests.some((guest) => guest.name === name),
  );
  const mine = /[听观](?:了|取|完|摩了?)?我(?![们校园])|我(?:的|上的)?(?:一节)?课|我班/u.test(
    draft.tokens.map((token) => token.text).join(''),
  );
  const teacher =
    draft.kind === 'observe' ? (hosts[0]?.name ?? (mine ? roster.knows.sender?.name : undefined)) : undefined;
  const others =
    draft.kind === 'observe' ? undefined : participants?.filter((name) => schoolOf(name) !== place.partner);
  const guest = guests.length > 0 && guests.every(({ name }) => name === guests[0]!.name) ? guests[0]!.name : undefined;
  return { ...rest, ask: [], by: guest, teacher, participants: others && others.length > 0 ? others : undefined };
}

/** true, false, or null where nothing was said of discussing the lesson. */
function evaluatedOf(draft: ActivityDraft): boolean | null {
  const at = draft.tokens.findIndex((token) => has(token, 'evaluate'));
  if (at < 0) return null;
  if (draft.segments.some((segment, k) => draft.moods[k]!.future && segment.tokens.includes(draft.tokens[at]!)))
    return false;
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

/** The fields that have a value, without those named. */
export function given<T extends object>(fields: T, without: string[] = []): Partial<T> {
  const known: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined && !without.includes(name)) known[name] = fields[name];
  return known;
}
