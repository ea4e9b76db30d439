import { daysBetween, type Ymd } from '../../plan/dates.ts';
import type { Script } from '../structure/pieces.ts';
import { homeOf } from '../structure/stand-in.ts';
import { NOT_POSSIBLE } from '../tables/failure.ts';
import { isPupil } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Act, Reading } from '../types.ts';
import { isHardlyDone, tellsOfFailure } from './hardly-done.ts';
import type { Verdict } from './judge.ts';
import { isOfOthers, isOnlySaid } from './rules.ts';
import { type Chosen, type Sure, sureness, type Weighed } from './sure.ts';

/** Who reads the message when, and whether a second opinion took part: its findings must be confirmed. */
export interface Hearing extends Chosen {
  roster: NameRoster;
  today: Ymd;
  seconded: boolean;
}

/**
 * A message of about this length (reading.md) must be surer, one that is much longer, or has more strangers than the number below, is
 * confirmed and never recorded at once. Marks and spaces are no signs.
 */
const LONG = { about: 80, over: 85, sure: 0.8 };
const STRANGERS = 3;
/** 11月25日 said on 20 November is more likely a slip than a year ago. */
const LONG_AGO = 180;
/** 13月40日, 32号. */
const NO_DAY = /(?<!\d)(?:1[3-9]|[2-9]\d)月\d|(?<!\d)(?:3[2-9]|[4-9]\d)[日号](?!楼|线|馆|店)/u;
/** Chosen on first-sight and leave-one-voice-out figures (docs/reading.md). */
const SURE = 0.62;
/** A plan or an attempt credits nothing, and its card takes it back. */
const PLANNED = 0.5;
/** 今天交了一份教学计划: if it tells nothing else, no count or person can be wrong. */
const PAPER = 0.45;
/** 我帮扶的两名学生, by a mentor of two: the number already says who is meant. */
const ALL_OWN = 0.4;
const MENDED = 0.2;
/** So sure that an unused word changes nothing. */
const FIRM = 0.75;
/** 听了一节课，听课记录: a label for the notes of that lesson, not a document that was handed in. */
const RECORD = /^(?:附|有)?(?:听课|谈话|家访|活动|教研|辅导)记录[表本]?[\s。]*$/u;
/** 送教活动的记录、总结已装订归档: its papers were filed, whenever it took place. */
const FILED = /^(?!.*[上听讲开谈做]了).*(?:记录|总结|材料|资料|台账|照片).{0,8}(?:装订|归档|存档|立卷|入档)/u;
/** A report of an exam contains one of these. */
const EXAM = /[考卷题测]/u;
/** 没谈成 alone denies the record shown last. */
const BARE_DENIAL = /^[没未]\p{Script=Han}{1,2}成了?$/u;
/** As likely as this, what seems only mentioned is confirmed and not left out. */
const TOLD_ANYWAY = 0.8;
/** Beside a reading that is this sure, a very unlikely one is left out. */
const BESIDE = 0.14;
const HARDLY = 0.06;
/** Nobody gives so many lessons at once: it is the sum of a school or a year. */
const MANY = 30;

/** Each reading with the chance that it is right, and with its act. */
export function banded(hearing: Hearing, sure: Sure): Reading[] {
  const told = hearing.made.filter((one) => hearing.seconded || !isUnsaid(one, sure, hearing));
  const judged = told.map((one): Reading => {
    if (one.reading.status === 'question') return one.reading;
    const p = sureness(sure, one, hearing);
    return { ...one.reading, act: actOf(one, p, hearing), p: Number(p.toFixed(3)) };
  });
  const best = Math.max(...judged.map(({ p }) => p ?? 1));
  return judged.filter(({ p, status }) => best < BESIDE || status === 'question' || (p ?? 1) > HARDLY);
}

/** The judge heard it as done, but the message has no word for it, or seems only to mention it. */
function isUnsaid(one: Weighed, sure: Sure, hearing: Hearing): boolean {
  const { reading, activity } = one;
  const { script } = hearing;
  if (reading.status !== 'done' || activity === undefined) return false;
  if (reading.kind === 'exam' && !EXAM.test(script.text)) return true;
  const papers = hearing.made.some((other) => other.reading.kind === 'document');
  if (reading.kind !== 'document' && papers && FILED.test(script.text)) return true;
  if (reading.kind === 'document' && hearing.made.length > 1 && RECORD.test(textOf(activity, script))) return true;
  return isOnlySaid(activity, script) && sureness(sure, one, hearing) <= TOLD_ANYWAY;
}

const textOf = ({ span }: NonNullable<Weighed['activity']>, { text, pieces }: Chosen['script']): string =>
  text.slice(pieces[span.from]!.start, pieces[span.to - 1]!.end);

function actOf(one: Weighed, p: number, hearing: Hearing): Act {
  if (one.reading.status === 'needs_detail') return 'ask';
  // A correction shows what it changed, with a button to take it back.
  if (one.reading.kind === 'same_as_last') return p < MENDED ? 'confirm' : 'record';
  return doubtsOf(one, p, hearing).length > 0 ? 'confirm' : 'record';
}

/** Each reason to confirm a reading before it counts. */
export type Doubt =
  | 'unsure'
  | 'unused'
  | 'seconded'
  | 'of others'
  | 'hardly done'
  | 'failed'
  | 'somebody unknown'
  | 'own lesson'
  | 'at home'
  | 'in turn'
  | 'long'
  | 'strangers'
  | 'many'
  | 'long ago'
  | 'no such day'
  | 'which month'
  | 'which days'
  | 'habit';

function doubtsOf({ reading, activity }: Weighed, p: number, hearing: Hearing): Doubt[] {
  const { script, unused, made, roster, today, seconded } = hearing;
  const { text, tokens } = script;
  const done = reading.status === 'done';
  const readings = made.map((one) => one.reading);
  const doubts: [Doubt, boolean][] = [
    ['unsure', p < sureEnough(reading, roster, readings.length === 1) && !BARE_DENIAL.test(text)],
    ['unused', p < FIRM && unused.some((token) => isToldIn(token, hearing))],
    ['seconded', seconded],
    ['of others', done && activity !== undefined && isOfOthers(activity, script)],
    // 朱园长昨天开讲座，叫我代报: if no name was understood, it must not be recorded for the sender.
    ['of others', done && FOR_ANOTHER.test(text) && readings.every((one) => !one.by && !one.direction)],
    ['hardly done', done && isHardlyDone(text)],
    // 何俊来不了我明天替他去: perhaps only somebody else is prevented.
    ['failed', reading.status === 'not_done' && REPLACED.test(text)],
    // 明天去不了万佑: neither done nor a plan.
    ['failed', (done || reading.status === 'planned') && tellsOfFailure(text) && !readings.some(isFailed)],
    ['somebody unknown', done && activity !== undefined && isByUnknown(reading, activity, script)],
    ['own lesson', done && isOwnLesson(reading, roster)],
    ['at home', done && isAtHome(reading, hearing)],
    ['in turn', done && (reading.pupils ?? []).length > 0 && (reading.dates ?? []).length > 1 && pupilsIn(tokens) > 1],
    ['long', isLong(text, p)],
    ['many', (reading.lessons ?? 0) > MANY || (reading.times ?? 0) > MANY],
    ['long ago', done && isLongAgo(reading.date, today)],
    ['no such day', NO_DAY.test(text)],
    ['which month', done && activity !== undefined && isOfUnclearMonth(reading, activity, hearing)],
    ['which days', done && TAKEN_BACK.test(text)],
    ['habit', done && HABIT.test(text)],
    ['somebody unknown', done && BOSS_ACTS.test(text) && readings.every((one) => !one.by && !one.direction)],
    ['strangers', strangers(readings, roster) >= STRANGERS || foreignPupils(reading, roster)],
  ];
  return doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}

const FOR_ANOTHER = /(?:[叫让托请喊]我(?:[来去帮代替给]|一起)?|(?<![交现时])代为?|[帮替][他她])(?:报(?!名)|登记)/u;
/** 校长昨天去万佑做了讲座: whoever this principal is, it was not the sender. */
const BOSS_ACTS =
  /^(?!.*我[^们校园])(?:咱们?|我们)?(?:校长|园长|书记)(?:[今昨前]天|上?个?(?:周|星期)[一二三四五六日]?|\d{1,2}[月日号]){0,3}(?:[上下]午)?(?:去|到(?!场)|来)/su;

/** 每天晚上给小雨补数学: without a number or an end it tells what is usual, not what was done on one day. */
const HABIT =
  /^(?!.*[\d一二两三四五六七八九十了过完]).*(?<![他她爸妈孩娃们生])(?:每[天晚日]|天天)(?:晚上|早上|中午|放学后?)?(?:都|也)?[给和跟找在去]/su;

const REPLACED = new RegExp(`(?:${NOT_POSSIBLE})[^,。;!?\\n]*(?:我|[今明]天|后天|周|星期|礼拜|\\d号)`, 'u');

/** 我跟王晓琳去的，她听了一节: if 王晓琳 is not on the roster, 她 has no name, and the lesson must not go to the sender. */
function isByUnknown({ kind, by, direction }: Reading, activity: Verdict, script: Script): boolean {
  const act = ACTS.get(kind);
  if (act === undefined || by !== undefined || direction !== undefined) return false;
  const acts = (who: string) =>
    new RegExp(`(?<![给跟和听陪带替代让请把看同帮教对叫喊问是由])${who}[也又还再则]?${act}`, 'u').test(
      textOf(activity, script),
    );
  return acts('[他她]') && !acts('我');
}
const ACTS: ReadonlyMap<Reading['kind'], string> = new Map([
  ['demo_lesson', '[上讲](?![面次周个星礼午学])'],
  ['observe', '听'],
]);

function sureEnough(
  { kind, status, by, all_assigned, pupil_count }: Reading,
  { ownPupils }: NameRoster,
  alone: boolean,
): number {
  if (status === 'planned' || status === 'not_done') return PLANNED;
  if (kind === 'document' && alone && by === undefined) return PAPER;
  return all_assigned && ownPupils.length > 0 && pupil_count === ownPupils.length ? ALL_OWN : SURE;
}

const isLong = (text: string, p: number): boolean =>
  text.length > LONG.about && (p < LONG.sure || text.replace(/[\p{P}\p{S}\s]/gu, '').length > LONG.over);

/** Whether a word stands among the pieces that tell an activity, and not in the small talk beside it. */
function isToldIn({ start }: Token, { script, way }: Chosen): boolean {
  return way.spans.some(({ from, to }) => script.pieces[from]!.start <= start && start < script.pieces[to - 1]!.end);
}

const isLongAgo = (date: Ymd | undefined, today: Ymd): boolean =>
  date !== undefined && daysBetween(date, today) > LONG_AGO;

/** 10号我在圈内上一节, on the 4th: without a word that it is over, the day may as well be the next of that number. */
function isOfUnclearMonth(reading: Reading, activity: Verdict, { script, today }: Hearing): boolean {
  if (OVER.test(textOf(activity, script))) return false;
  const bare = new Set(
    script.tokens
      .flatMap(({ date }) => (date?.said === 'list' ? date.parts : date ? [date] : []))
      .flatMap((said) => (said.said === 'day_of_month' && said.monthsAway === undefined ? [said.day] : [])),
  );
  return [reading.date, ...(reading.dates ?? [])].some(
    (date) =>
      date !== undefined &&
      bare.has(Number(date.slice(8))) &&
      (date.slice(0, 7) < today.slice(0, 7) || daysBetween(date, today) > LONG_PAST),
  );
}
/** 10月12日，不对，13日, 3号、10号不对17号: the month or the other days may still be meant. */
const TAKEN_BACK = /[月、和到至]\d{1,2}[日号][,\s]?(?:[啊哦嗯呃]?不对|[啊哦]不|说错了)/u;
const LONG_PAST = 14;
const OVER = /[了过完好]|补[报登记]|已|刚/u;

/** Pupils in the care of neither the sender nor, if another did it, that person. */
function foreignPupils({ pupils = [], by }: Reading, { ownPupils, knows }: NameRoster): boolean {
  const theirs = (pupil: string) =>
    by !== undefined && knows.care.some((row) => row.pupil === pupil && row.mentor === by);
  return ownPupils.length > 0 && pupils.some((name) => !ownPupils.includes(name) && !theirs(name));
}

const isFailed = ({ status }: Reading): boolean => status === 'not_done';

/** 给民中九（3）班上了一节: at the supporting school's own classes it is no lesson for the pairing. */
const isOwnLesson = ({ kind, place, direction }: Reading, { knows }: NameRoster): boolean =>
  kind === 'demo_lesson' &&
  direction === undefined &&
  place === knows.sender?.school &&
  knows.pairings.some(({ supporter }) => supporter === place);

/** 今天在民中串了两个门，晓琳英语一节, written at 万佑: without a word for coming, a teacher of the school that is named taught there and was observed. */
const isAtHome = ({ kind, by }: Reading, { roster: { knows }, script }: Hearing): boolean => {
  const home = by === undefined ? undefined : homeOf(by, knows.people);
  return (
    kind === 'demo_lesson' &&
    home !== undefined &&
    home !== knows.sender?.school &&
    names(script.tokens, home) &&
    !names(script.tokens, knows.sender?.school) &&
    !COMES.test(script.text)
  );
};
const names = (tokens: Token[], school: string | undefined): boolean =>
  school !== undefined && tokens.some(({ named }) => named?.schools.includes(school));
const COMES = /(?<![后原本])来|[到进上给]我|我[们校园]|这[边里儿]|咱/u;

const pupilsIn = (tokens: Token[]): number =>
  new Set(tokens.filter(isPupil).flatMap(({ named }) => named!.pupils)).size;

/** Named colleagues and pupils who are not in the sender's care. */
function strangers(readings: Reading[], { ownPupils, knows }: NameRoster): number {
  const named = readings.flatMap(({ by, participants = [], pupils = [] }) => [by, ...participants, ...pupils]);
  return new Set(named.filter((name) => name !== undefined && name !== knows.sender?.name && !ownPupils.includes(name)))
    .size;
}
