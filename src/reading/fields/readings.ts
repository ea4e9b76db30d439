import type { ActivityDraft } from '../judge/drafts.ts';
import { chanceOf, type Hearing, heardStatus, isNothing, isSomething } from '../judge/hearing.ts';
import { reportedBefore, wayOf } from '../judge/mentioned.ts';
import { taughtAway } from '../structure/whom.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadAt, Reading, ReadingStatus } from '../types.ts';
import { countsOf } from './counts.ts';
import { afterReplan, dateFields, dayByDay, inherit, ofItsDays, sameDay } from './dated.ts';
import { extrasOf, papersApart } from './extras.ts';
import { eachOnce, kept, type Made, ownAffair } from './left-out.ts';
import { perDoer } from './per-doer.ts';
import { perPupil } from './per-pupil.ts';
import { perSchool } from './per-school.ts';
import { perTeacher } from './per-teacher.ts';

import { pupilsOf } from './pupils.ts';
import { reasonOf } from './reason.ts';
import { settled, statusOf, tenseOf } from './status.ts';
import { countFields } from './tally.ts';
import { visiting, visitOf } from './visits.ts';
import { type Dates, datesOf } from './when.ts';
import { filledPlace, type PlaceSaid, placeOf } from './where.ts';
import { goingOn, homeSchoolOf, peopleOf } from './who.ts';

/** All drafts of a message as readings; each may use what the message said before. */
export function readingsOf(
  drafts: ActivityDraft[],
  text: string,
  said: Token[],
  at: ReadAt,
  roster: NameRoster,
  hearing: Hearing,
): Reading[] {
  const made: Made[] = [];
  let earlier: Reading | undefined;
  for (const draft of drafts.flatMap((item) => partsOfDraft(item, roster))) {
    const heard = readingOf(
      draft,
      text,
      said,
      at,
      roster,
      earlier,
      hearing,
      new Set(made.map(({ reading }) => reading.by)).size > 1,
    );
    if (heard) earlier = heard.reading;
    const reading = heard?.nothing ? undefined : heard?.reading;
    const twice =
      reading?.status === 'question' &&
      made.some((item) => item.reading.status === 'question' && item.reading.kind === reading.kind);
    if (reading && !twice) made.push({ reading, draft });
  }
  const apart = kept(made, text, roster).flatMap((item) => papersApart(item.reading, roster.knows.topics));
  return eachOnce(apart);
}

/** Splits a draft by schools and pupils that have days or numbers of their own. */
export const partsOfDraft = (draft: ActivityDraft, roster: NameRoster): ActivityDraft[] =>
  perSchool(draft, roster)
    .flatMap((part) => perDoer(part, roster))
    .flatMap(perTeacher)
    .flatMap(perPupil);

/** 报送了下学年方案: work reported as done is done, whatever year it is for. */
function officeStatus(said: ActivityDraft, at: ReadAt, text: string): ReadingStatus {
  const status = statusOf(said, at);
  const clause = said.segments.find((segment) => segment.office)!;
  const done = /[了好完]/u.test(text.slice(clause.start, clause.end));
  return status === 'planned' && done && !said.moods.some((mood) => mood.intended || mood.negated) ? 'done' : status;
}

/** Documents may be about a pupil: 给小杰制定了帮扶计划. */
const ABOUT_PUPILS: ReadonlySet<string> = new Set(['document', 'care_roster']);

function pupilsNamed(draft: ActivityDraft, { ownPupils }: NameRoster): string[] | undefined {
  const named = draft.tokens.filter(isPupil).flatMap((token) => token.named!.pupils);
  const own = [...new Set(named)].filter((name) => ownPupils.includes(name));
  return own.length > 0 ? own : undefined;
}

/** The chance that the office rules give a reading. */
const OFFICE_CHANCE = 0.9;

/** One draft as a reading; undefined if it reports nothing. `earlier` are the readings made before it. */
function readingOf(
  meant: ActivityDraft,
  text: string,
  said: Token[],
  at: ReadAt,
  roster: NameRoster,
  earlier: Reading | undefined,
  hearing: Hearing,
  mixed: boolean,
): { reading: Reading; nothing: boolean } | undefined {
  const office = meant.segments.some((segment) => segment.office);
  const chance = office ? Math.max(OFFICE_CHANCE, chanceOf(hearing, meant)) : chanceOf(hearing, meant);
  const ruled = office ? officeStatus(meant, at, text) : statusOf(meant, at);
  const { status, p } = office ? { status: ruled, p: 1 } : heardStatus(hearing, meant, ruled, at.today);
  if (reportedBefore(meant, text) || (wayOf(meant, status, text) && !isSomething(chance)) || ownAffair(meant, roster))
    return undefined;
  const draft = ofItsDays(status === 'done' ? settled(meant) : meant, text);
  if (status === 'question') return { reading: { kind: draft.kind, status }, nothing: isNothing(chance) };
  const dates = inherit(
    dayByDay(datesOf(sameDay(afterReplan(draft, status), earlier), text, at.today, tenseOf(status, draft)), draft),
    draft,
    status,
    earlier,
  );
  const { named, place } = visitOf(
    peopleOf(draft, roster, text),
    placedAt(draft, status, roster, earlier, text, said),
    {
      draft,
      earlier,
      said,
      roster,
    },
  );
  // 教导主任听了我的课: a colleague, at the sender's own school.
  if (
    draft.kind === 'observe' &&
    place.direction === 'inbound' &&
    named.by &&
    homeSchoolOf(named.by, roster) === roster.knows.sender?.school
  )
    return undefined;
  if (
    status === 'not_done' &&
    named.teacher &&
    !draft.segments.some(
      ({ hit, tokens }) => hit && tokens.some(({ named: name }) => name?.people.includes(named.teacher!)),
    )
  )
    named.teacher = undefined;
  const people = goingOn(visiting(named, place, draft, roster), draft, earlier, roster, mixed);
  const pupils = PUPIL_KINDS.has(draft.kind)
    ? pupilsOf(draft, roster, people.by, said)
    : { ask: [], choices: {}, pupils: ABOUT_PUPILS.has(draft.kind) ? pupilsNamed(draft, roster) : undefined };
  const ask = [...pupils.ask, ...people.ask, ...place.ask];
  const reading: Reading = { kind: draft.kind, status, ...dateFields(dates, draft, status, at.today, ask) };
  if (people.by && people.participants) {
    const others = people.participants.filter((name) => name !== people.by);
    people.participants = others.length > 0 ? others : undefined;
  }
  for (const part of [place, people, pupils]) Object.assign(reading, given(part, ['ask', 'choices', 'said']));
  Object.assign(reading, given(extrasOf(draft, text, roster.knows.topics)));
  // A check-in is meant only by what was done.
  if (status !== 'done' && reading.action === 'check_in') delete reading.action;
  if (status === 'done' && draft.kind === 'home_visit' && !reading.mode) ask.push('mode');
  Object.assign(reading, given(fieldsByStatus(draft, dates, reading, text, ask)));
  const heard = draft.segments.find((segment) => segment.hit)?.heard;
  const whole = asked({ ...reading, p: chance * p, ...(heard ? { heard } : {}) }, ask, {
    ...pupils.choices,
    ...people.choices,
    ...place.choices,
  });
  return { reading: whole, nothing: isNothing(chance) };
}

/** The counts of a finished activity, the expectations of a plan, or the details of a failure. */
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
  const evaluated = draft.kind === 'observe' ? evaluatedOf(draft, text) : undefined;
  return { ...countFields(draft, dates, reading, ask), evaluated };
}

/** The place, filled in if allowed; for a lesson without any sign of its place it is asked. */
function placedAt(
  draft: ActivityDraft,
  status: ReadingStatus,
  roster: NameRoster,
  earlier: Reading | undefined,
  text: string,
  message: Token[],
): PlaceSaid {
  const said = placeOf(draft, roster);
  const place = filledPlace(draft, said, roster, earlier, text);
  const somewhere =
    place.said ||
    place.ask.length > 0 ||
    earlier?.place ||
    earlier?.partner ||
    taughtAway(draft.tokens) ||
    message.some((token) => isSchool(token) && token.named!.schools.some((name) => roster.partners.includes(name)));
  if (draft.kind !== 'demo_lesson' || somewhere || status === 'not_done') return place;
  return { ...place, place: undefined, ask: ['place'], choices: { place: roster.partners } };
}

/** 当面反馈了, 给她提了三条意见, 听完聊了聊优点和不足: discussed in other words. */
const DISCUSSED =
  /(?<![没未])反馈了|当面反馈|交换了?意见|[给跟].{1,8}提了.{0,4}(?:意见|建议)|(?:听完|课后|下课).{0,8}(?:说了|讲了|聊了|谈了|说说|聊聊).{0,6}(?:优点|不足|问题|毛病|板书|意见|建议)/u;

/** true, false, or null if the message does not mention a discussion of the lesson. */
function evaluatedOf(draft: ActivityDraft, text: string): boolean | null {
  const at = draft.tokens.findIndex((token) => has(token, 'evaluate'));
  if (at < 0) return DISCUSSED.test(text.slice(draft.segments[0]!.start, draft.segments.at(-1)!.end)) || null;
  if (draft.segments.some((segment, k) => draft.moods[k]!.future && segment.tokens.includes(draft.tokens[at]!)))
    return false;
  const near = draft.tokens
    .slice(Math.max(0, at - 2), at + 4)
    .filter((token) => Math.abs(token.start - draft.tokens[at]!.start) <= 8);
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

/** The fields that have a value, except those named. */
export function given<T extends object>(fields: T, without: string[] = []): Partial<T> {
  const known: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined && !without.includes(name)) known[name] = fields[name];
  return known;
}
