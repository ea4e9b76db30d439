import type { ActivityDraft } from '../judge/drafts.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Reading } from '../types.ts';

/** A reading with the draft it was made from. */
export interface Made {
  reading: Reading;
  draft: ActivityDraft;
}

/** Drops headings that only group others, and contrasts that only restate what was done. */
export function kept(all: Made[], text: string, roster: NameRoster): Made[] {
  const made = taughtThere(givenBy(heardThere(detailed(all), roster)));
  const told = made.some(({ reading }) => reading.status === 'done' || reading.status === 'needs_detail');
  return made.filter(
    (item) =>
      !(told && isContrast(item)) && !headsOthers(item, made, text) && !isEcho(item, made) && !saysWhoWent(item, made),
  );
}

/** 「没上课, 就听了两节」: not a failed attempt. */
const isContrast = ({ reading, draft }: Made): boolean =>
  reading.status === 'not_done' && !reading.reason && !draft.moods.some((mood) => mood.failed || mood.intended);

/** 送教一节。…今后将把送教做细: a second mention without a day, a number or a name of its own tells no other activity. */
function isEcho({ reading, draft }: Made, made: Made[]): boolean {
  const bare = !draft.tokens.some(
    (token) =>
      /^(?:date|name|grade|title)$/u.test(token.type) ||
      token.count?.unit === 'lessons' ||
      (token.count?.unit === 'times' && token.count.n !== undefined) ||
      token.subject ||
      has(token, 'they', 'me'),
  );
  const earlier = made.some(
    (other) =>
      other.draft !== draft &&
      other.reading.kind === reading.kind &&
      other.draft.segments[0]!.start < draft.segments[0]!.start,
  );
  return bare && earlier && draft.kind !== 'donation' && reading.status !== 'not_done' && reading.status !== 'question';
}

/** 罗老师也上了一节, 我听了: the lesson that the sender heard there. */
function heardThere(made: Made[], roster: NameRoster): Made[] {
  const own = roster.knows.sender?.school;
  const schoolOf = (name: string) => roster.knows.people.find((person) => person.name === name)?.school;
  const given = made.find(
    ({ reading: { kind, by, status } }) =>
      kind === 'demo_lesson' && status === 'done' && by !== undefined && own !== undefined && schoolOf(by) !== own,
  );
  const heard = made.find(
    (item) =>
      given && item.draft.before === given.draft && item.reading.kind === 'observe' && item.reading.status === 'done',
  );
  if (!given || !heard || heard.reading.direction === 'inbound' || heard.reading.teacher) return made;
  const { by, subject, grade, lessons, topic } = given.reading;
  const said = { subject, grade, lessons, topic };
  const reading: Reading = { ...definite(said), ...heard.reading, teacher: by };
  return made.filter((item) => item !== given).map((item) => (item === heard ? { ...item, reading } : item));
}

/** 何俊来听了两节课，周文博上的: whose lessons they were. */
function givenBy(made: Made[]): Made[] {
  const told = made.find(
    ({ reading, draft }) =>
      reading.kind === 'demo_lesson' &&
      reading.by !== undefined &&
      (draft.segments.find(({ hit }) => hit)?.tokens.length ?? 4) < 4 &&
      draft.tokens.some(({ text }) => /^(?:上|讲|执教)的$/u.test(text)) &&
      !draft.tokens.some(({ count, date }) => count || date),
  );
  const heard = made.find((item) => told && item.draft === told.draft.before && item.reading.kind === 'observe');
  if (!told || !heard || heard.reading.teacher) return made;
  const reading: Reading = { ...heard.reading, teacher: told.reading.by };
  return made.filter((item) => item !== told).map((item) => (item === heard ? { ...item, reading } : item));
}

/** 今天到万佑支教，任教七年级语文: what a person teaches there is no lesson that was given today. */
function taughtThere(made: Made[]): Made[] {
  const told = made.find(
    ({ reading: { kind, lessons }, draft }) =>
      kind === 'demo_lesson' && lessons === undefined && draft.tokens.some(({ text }) => TEACHES.test(text)),
  );
  const stay = made.find((item) => item.draft === told?.draft.before && item.reading.kind === 'secondment');
  if (!told || !stay) return made;
  const reading: Reading = { ...definite({ subject: told.reading.subject }), ...stay.reading };
  return made.filter((item) => item !== told).map((item) => (item === stay ? { ...item, reading } : item));
}

const TEACHES = /^(?:教|任教|执教|担任)$/u;

const definite = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** 上了一节又听了一节，上的是地理，听的是生物: details of an activity that was already reported. */
function detailed(made: Made[]): Made[] {
  const out: Made[] = [];
  for (const item of made) {
    const { subject, grade, topic, kind, status } = item.reading;
    const more = definite({ subject, grade, topic });
    const bare = !item.draft.tokens.some(
      (token) =>
        token.date || token.type === 'name' || token.count?.unit === 'lessons' || token.count?.unit === 'times',
    );
    const at = out.findIndex(
      ({ reading }) =>
        reading.kind === kind &&
        reading.status === 'done' &&
        reading.lessons !== undefined &&
        Object.keys(more).every((name) => reading[name as keyof Reading] === undefined),
    );
    if (LESSON_KINDS.has(kind) && status === 'done' && bare && at >= 0 && Object.keys(more).length > 0)
      out[at] = { ...out[at]!, reading: { ...out[at]!.reading, ...more } };
    else out.push(item);
  }
  return out;
}

const LESSON_KINDS: ReadonlySet<string> = new Set(['demo_lesson', 'observe']);

/** Keeps each activity once, and each companion only in the activity of the person they went with. */
export const eachOnce = (readings: Reading[]): Reading[] => alone(toldOnce(readings));

/** 今日赴万佑教研: 上午听课1节, 下午集体备课1次: a heading only says what the others belong to. */
function headsOthers({ reading, draft }: Made, made: Made[], text: string): boolean {
  const hit = draft.segments.find((segment) => segment.hit);
  const others = made.filter((item) => item.draft !== draft && item.reading.kind !== reading.kind);
  return (
    HEADINGS.has(reading.kind) &&
    others.length > 1 &&
    hit !== undefined &&
    text[hit.end] === ':' &&
    !draft.tokens.some((token) => token.count)
  );
}

/** 高原带领毕晓东、沙金花赴新华送教。毕晓东执教1节, 沙金花执教1节: the lessons are listed one by one. */
function saysWhoWent({ reading, draft }: Made, made: Made[]): boolean {
  const went = new Set(draft.tokens.filter(isPerson).map((token) => token.named!.people.join()));
  if (went.size < 2 || reading.lessons !== undefined || reading.status !== 'done') return false;
  return made.some(
    (other) =>
      other.draft !== draft &&
      other.reading.kind === reading.kind &&
      other.reading.lessons !== undefined &&
      other.draft.before === draft &&
      other.draft.segments[0]!.sentence > draft.segments.at(-1)!.sentence,
  );
}

const HEADINGS: ReadonlySet<string> = new Set(['research', 'exchange', 'secondment', 'document', 'meeting']);

/** 谈了半个小时, …, 劝了好久: two mentions of a pupil on a day, without a count, are one talk. */
function toldOnce(readings: Reading[]): Reading[] {
  const key = ({ kind, status, date, dates, mode, by, per_pupil_times }: Reading) =>
    JSON.stringify([kind, status, date, dates, mode ?? '', by ?? '', per_pupil_times ?? 1]);
  const covers = (one: Reading, other: Reading) =>
    key(one) === key(other) && (other.pupils ?? []).every((name) => one.pupils?.includes(name));
  return readings.filter((reading, k) => {
    const counted =
      reading.status !== 'done' ||
      !PUPIL_KINDS.has(reading.kind) ||
      (reading.per_pupil_times ?? 1) > (reading.dates?.length ?? 1);
    return counted || !readings.slice(0, k).some((other) => covers(other, reading));
  });
}

/** A colleague with a reading of that kind is not a companion in another's as well. */
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

const OWN_KINDS: ReadonlySet<string> = new Set(['research', 'joint_prep', 'exam', 'observe']);
const OWN_ONLY = /^(?:校内|自己学校|我们自己学校|本校的|本组|校本)$/u;

/** 我校昨天月考, 今天校内教研: an internal activity of one school does not belong to the pairing. */
export function ownAffair(draft: ActivityDraft, roster: NameRoster): boolean {
  if (OWN_KINDS.has(draft.kind) && draft.tokens.some((token) => OWN_ONLY.test(token.text)))
    return !draft.tokens.some(
      (token) =>
        has(token, 'joint', 'partner') || (isSchool(token) && token.named!.schools[0] !== roster.knows.sender?.school),
    );
  // 今天在本校听了两节汇报课.
  if (
    /^(?:observe|meeting)$/u.test(draft.kind) &&
    draft.tokens.some(({ text }) => text === '本校') &&
    !draft.tokens.some((token) => isSchool(token) || isPerson(token) || has(token, 'partner', 'they', 'joint'))
  )
    return true;
  // 今天给自己班上了三节语文: the sender's own lessons.
  if (
    draft.kind === 'demo_lesson' &&
    !draft.tokens.some(isSchool) &&
    draft.tokens.some(({ text }) => text === '自己班')
  )
    return true;
  const schools = draft.tokens.filter(isSchool);
  const own = roster.knows.sender?.school;
  return (
    draft.kind === 'exam' &&
    schools.length > 0 &&
    schools.every((token) => token.named!.schools[0] === own) &&
    !draft.tokens.some((token) => has(token, 'joint', 'partner', 'together') || /联|统/u.test(token.text))
  );
}
