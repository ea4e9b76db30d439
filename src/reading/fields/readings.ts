import type { Verdict } from '../judge/judge.ts';
import { statusOf } from '../judge/rules.ts';
import { NO_ANSWER } from '../tables/failure.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { countsOf } from './counts.ts';
import { donationOf } from './donation.ts';
import { pupilsOf } from './pupils.ts';
import { secondmentOf } from './secondment.ts';
import { type Context, type Telling, tellingOf } from './telling.ts';
import { saidDates, whenOf } from './when.ts';
import { whereOf } from './where.ts';
import { whoOf } from './who.ts';
import { modeOf, namesVisit, papersApart, wordsOf } from './words.ts';

/** A reading with the activity it comes from and the chances of what was decided for it. */
export interface Made {
  reading: Reading;
  activity: Verdict;
  chances: number[];
  /** What the activity told after it says for it too. */
  open: ('day' | 'place')[];
}

const SUBJECTED: ReadonlySet<string> = new Set([
  'demo_lesson',
  'observe',
  'joint_prep',
  'exam',
  'study_guidance',
  'research',
  'training',
]);
const GRADED: ReadonlySet<string> = new Set(['demo_lesson', 'observe', 'joint_prep', 'exam', 'research', 'exchange']);

/** One activity as readings: one, or one for each of those who did their part of it. */
export function readingsOf(activity: Verdict, context: Context): Made[] {
  const telling = tellingOf(activity, statusOf(activity, context.script, context.at, context.before), context);
  const { kind, status, ask, offers, chances } = telling;
  if (status === 'question') return [{ reading: { kind: askedKind(telling), status }, activity, chances, open: [] }];
  const dates = saidDates(telling);
  const when = whenOf(telling, dates);
  const { doers, ...who } = whoOf(telling);
  const withPupils = PUPIL_KINDS.has(kind);
  const reading: Reading = {
    kind,
    status,
    ...when,
    ...(withPupils ? {} : whereOf(telling, who)),
    ...who,
    ...(withPupils ? pupilsOf(telling, who.by) : {}),
  };
  Object.assign(reading, given(lessonOf(telling)), given(wordsOf(telling)));
  if (kind === 'home_visit') Object.assign(reading, metBy(telling));
  if (kind === 'donation') Object.assign(reading, given(donationOf(telling)));
  if (kind === 'secondment') Object.assign(reading, given(secondmentOf(telling)));
  Object.assign(reading, given(countsOf(telling, reading, dates, doers)));
  if (kind === 'observe' && status === 'done')
    reading.evaluated = { true: true, false: false }[telling.pick('evaluated')] ?? null;
  if (telling.pick('late') === 'late') reading.late = true;
  const whole = asked(given(reading) as Reading, ask, offers);
  // 小杰小雨各谈了两次，3号和10号: both of them on both days.
  const onAllDays = telling.having('times').some(({ count }) => count!.n! > 1 && count!.n === reading.dates?.length);
  const parts = telling.each && !onAllDays ? distributed(whole, doers).map((part) => ownOf(part, context)) : [whole];
  const each = parts.flatMap((part) => atEach(part, telling.also));
  return each
    .flatMap((part) => papersApart(part, context.roster.knows.topics))
    .map((part) => ({ reading: part, activity, chances: relevant(telling), open: telling.open }));
}

/** 两校月考组织了几次: a question that names one kind is about that kind. */
function askedKind({ kind, own }: Telling): Reading['kind'] {
  const named = new Set(own.flatMap((token) => token.kind ?? []));
  const [only] = named;
  return named.size === 1 && kind !== 'same_as_last' ? only! : kind;
}

/** 李淑芬老师和我各上一节: the sender's own reading has no `by`. */
function ownOf(reading: Reading, { roster }: Context): Reading {
  const { by, on_behalf: _behalf, ...rest } = reading;
  if (by === undefined) return reading;
  const others = rest.participants?.filter((name) => name !== by) ?? [];
  const own = { ...rest, participants: others.length > 0 ? others : undefined };
  if (by === roster.knows.sender?.name) return given(own) as Reading;
  return given({ ...own, by, ...(reading.direction === 'inbound' ? {} : { on_behalf: true }) }) as Reading;
}

/** 中班健康, 一节语言课, 健康活动: what a kindergarten teaches. */
const FIELD =
  /(?:[大中小]班(?:的|组)?|节|个|年级)(健康|社会|语言|艺术|美工|手工|阅读)(?=活动|课|教学|领域|[\s,。;)（(《]|一节|\d节|$)/u;

/** 给漫湾、大朝山各送三十本; 上周二漫湾，上周四大朝山，各上一节: at each school, on its day if there are as many. */
function atEach(reading: Reading, also: string[]): Reading[] {
  const field = reading.kind === 'donation' ? 'to' : 'place';
  const places = [reading[field], ...also];
  const { dates = [], lessons, ...rest } = reading;
  if (also.length === 0 || dates.length !== places.length)
    return places.map((place) => ({ ...reading, [field]: place }));
  const own = lessons === undefined ? {} : { lessons: Math.max(1, lessons / places.length) };
  return places.map((place, k) => ({ ...rest, ...own, [field]: place, date: dates[k], times: 1 }));
}

/** What was taught: subject and grade, of its own or of the reading before. */
function lessonOf({ kind, having, pick, before, activity, text, own }: Telling): Pick<Reading, 'subject' | 'grade'> {
  const values = (role: 'subject' | 'grade') =>
    [...new Set(having(role).flatMap(({ value }) => value!.split('、')))].join('、');
  const of = (role: 'subject' | 'grade') =>
    values(role) || (before?.[role] && pick(role) === 'before' ? before[role] : undefined);
  const taught = kind === 'secondment' && activity.choices.role.value === '支教';
  return {
    subject: SUBJECTED.has(kind) || taught ? (FIELD.exec(text)?.[1] ?? of('subject')) : undefined,
    grade: GRADED.has(kind) ? (of('grade') ?? (kind === 'demo_lesson' ? onlyGrade(own) : undefined)) : undefined,
  };
}

/** 给八1、八2各上了一节: the only grade that a lesson mentions is its grade. */
function onlyGrade(own: Token[]): string | undefined {
  const grades = new Set(own.flatMap(({ type, value }) => (type === 'grade' ? [value!] : [])));
  return grades.size === 1 ? [...grades][0] : undefined;
}

/** 留了电话: a number to call. */
const NUMBER = /[留存换记要][了个]?.{0,3}电话/u;
const DEAD_LINE = new RegExp(NO_ANSWER, 'u');

/** How the family was met; if that is open, it is asked. */
function metBy({ pick, status, ask, own, text }: Telling): Pick<Reading, 'mode'> {
  const mode = pick('mode');
  // 打过去是空号: it was a call.
  if (mode === 'visit' && status === 'not_done' && own.some(({ text }) => DEAD_LINE.test(text)))
    return { mode: 'phone' };
  const said = modeOf(own);
  // 给小杰家去了个电话: no word for a visit.
  if (mode === 'visit' && said !== undefined && said !== 'visit' && !namesVisit(text) && !NUMBER.test(text))
    return { mode: said };
  if (mode !== '-') return { mode: mode as Reading['mode'] };
  if (said) return { mode: said };
  if (status === 'done') ask.push('mode');
  return {};
}

function asked(reading: Reading, ask: string[], offers: Record<string, string[]>): Reading {
  if (ask.length === 0 || reading.status === 'not_done') return reading;
  const out: Reading = { ...reading, ask: [...new Set(ask)] };
  if (reading.status === 'done') out.status = 'needs_detail';
  if (Object.keys(offers).length > 0) out.choices = offers;
  return out;
}

/** The chances of the choices used and of the roles of its tokens. */
const relevant = ({ chances, activity }: Telling): number[] => [
  ...chances,
  ...[...activity.roles.values()].map(({ p }) => p),
];

/** The fields that have a value. */
export function given<T extends object>(fields: T): Partial<T> {
  const known: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) known[name] = fields[name];
  return known;
}

/**
 * 「方明、段玉梅分别执教数学、语文各一节」, 「9日、16日分别与小杰、小雨谈话」, 「周一、周三各一节，周一七年级，周三八年级」: lists of equal length,
 * and a reading for each of the people, pupils or days with their part of every list (reading.md, 17).
 */
export function distributed(reading: Reading, doers: string[]): Reading[] {
  const { pupils = [], dates = [] } = reading;
  const listed = (field: 'teacher' | 'subject' | 'grade') => reading[field]?.split('、') ?? [];
  const turns = doers.length < 2 && pupils.length > 1 && pupils.length === dates.length;
  const inTurn =
    dates.length > 1 && listed('grade').length === dates.length && (reading.lessons ?? dates.length) === dates.length;
  const n = doers.length > 1 ? doers.length : turns ? pupils.length : inTurn ? dates.length : 1;
  if (n < 2) return [reading];
  // 带领李淑芬、周文博到万佑，三人各听课一节: the sender is the third.
  if (doers.length === n && reading.lessons === n + 1) {
    const { by: _by, on_behalf: _behalf, ...mine } = reading;
    return [{ ...mine, participants: doers }];
  }
  const part = (field: 'teacher' | 'subject' | 'grade', k: number) => {
    const list = listed(field);
    return list.length === n ? { [field]: list[k] } : {};
  };
  return Array.from({ length: n }, (_, k) => {
    const { dates: _dates, ...rest } = reading;
    const lessons = reading.lessons !== undefined && reading.lessons % n === 0 ? { lessons: reading.lessons / n } : {};
    return {
      ...(dates.length === n ? { ...rest, date: dates[k], times: 1 } : reading),
      ...(doers.length === n ? { by: doers[k] } : {}),
      ...(turns ? { pupils: [pupils[k]!], times: 1, per_pupil_times: 1 } : {}),
      ...lessons,
      ...part('teacher', k),
      ...part('subject', k),
      ...part('grade', k),
    };
  });
}
