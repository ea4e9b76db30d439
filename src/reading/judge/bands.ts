import { daysBetween, type Ymd } from '../../plan/dates.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Act, Reading } from '../types.ts';
import { isOfOthers, isOnlySaid } from './rules.ts';
import { type Chosen, type Sure, sureness, type Weighed } from './sure.ts';

/** Who reads the message when, and whether a second opinion took part: its findings must be confirmed. */
export interface Hearing extends Chosen {
  roster: NameRoster;
  today: Ymd;
  seconded: boolean;
}

/** A message longer than this, or with more strangers than the number below, is confirmed and never recorded at once. */
const LONG = 80;
const STRANGERS = 3;
/** 11月25日 said on 20 November is more likely a slip than a year ago. */
const LONG_AGO = 180;
/** 13月40日, 32号. */
const NO_DAY = /(?<!\d)(?:1[3-9]|[2-9]\d)月\d|(?<!\d)(?:3[2-9]|[4-9]\d)[日号](?!楼|线|馆|店)/u;
/** Chosen on first-sight and leave-one-voice-out figures (docs/reading.md). */
const SURE = 0.62;
/** A plan credits nothing, and its card takes it back. */
const PLANNED = 0.5;
const MENDED = 0.2;
/** So sure that an unused word changes nothing. */
const FIRM = 0.9;
/** 听了一节课，听课记录: the record of what is told beside it, of which nothing is said. */
const RECORD = /^(?:附|有)?(?:听课|谈话|家访|活动|教研|辅导)记录[表本]?[\s。]*$/u;
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
    return { ...bared(one.reading, hearing), act: actOf(one, p, hearing), p: Number(p.toFixed(3)) };
  });
  const best = Math.max(...judged.map(({ p }) => p ?? 1));
  return judged.filter(({ p, status }) => best < BESIDE || status === 'question' || (p ?? 1) > HARDLY);
}

/** A denial alone says neither where nor when: it is about a record shown before. */
function bared(reading: Reading, { script }: Hearing): Reading {
  const { place: _place, date: _date, ...rest } = reading;
  return reading.status === 'not_done' && BARE_DENIAL.test(script.text) ? rest : reading;
}

/** The judge heard it as done, but the message has no word for it, or seems only to mention it. */
function isUnsaid(one: Weighed, sure: Sure, hearing: Hearing): boolean {
  const { reading, activity } = one;
  const { script } = hearing;
  if (reading.status !== 'done' || activity === undefined) return false;
  if (reading.kind === 'exam' && !EXAM.test(script.text)) return true;
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
  | 'own lesson'
  | 'in turn'
  | 'long'
  | 'strangers'
  | 'many'
  | 'long ago'
  | 'no sign'
  | 'no such day';

function doubtsOf({ reading, activity }: Weighed, p: number, hearing: Hearing): Doubt[] {
  const { script, unused, made, roster, today, seconded } = hearing;
  const { text, tokens } = script;
  const done = reading.status === 'done';
  const readings = made.map((one) => one.reading);
  const doubts: [Doubt, boolean][] = [
    ['unsure', p < (reading.status === 'planned' ? PLANNED : SURE) && !BARE_DENIAL.test(text)],
    ['unused', p < FIRM && unused.some((token) => isToldIn(token, hearing))],
    ['seconded', seconded],
    ['of others', done && activity !== undefined && isOfOthers(activity, script)],
    ['hardly done', done && (isHardlyDone(text) || (isUndone(text) && !readings.some(isFailed)))],
    ['own lesson', done && isOwnLesson(reading, roster)],
    ['in turn', done && (reading.pupils ?? []).length > 0 && (reading.dates ?? []).length > 1 && pupilsIn(tokens) > 1],
    ['long', text.length > LONG],
    ['many', (reading.lessons ?? 0) > MANY || (reading.times ?? 0) > MANY],
    ['long ago', done && isLongAgo(reading.date, today)],
    ['no such day', NO_DAY.test(text)],
    ['no sign', reading.date_given === false && done && !isTold(text, tokens)],
    ['strangers', strangers(readings, roster) >= STRANGERS || foreignPupils(reading, roster)],
  ];
  return doubts.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}

/** Whether a word stands among the pieces that tell an activity, and not in the small talk beside it. */
function isToldIn({ start }: Token, { script, way }: Chosen): boolean {
  return way.spans.some(({ from, to }) => script.pieces[from]!.start <= start && start < script.pieces[to - 1]!.end);
}

/** 家访小雨, 措施：辅导: neither a day nor a sign that it happened. */
const isTold = (text: string, tokens: Token[]): boolean =>
  /[了过完好]/u.test(text) ||
  tokens.some((token) => token.type === 'count' || token.date || has(token, 'all', 'afternoon', 'late', 'now'));

const isLongAgo = (date: Ymd | undefined, today: Ymd): boolean =>
  date !== undefined && daysBetween(date, today) > LONG_AGO;

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

const pupilsIn = (tokens: Token[]): number =>
  new Set(tokens.filter(isPupil).flatMap(({ named }) => named!.pupils)).size;

/** Named colleagues and pupils who are not in the sender's care. */
function strangers(readings: Reading[], { ownPupils, knows }: NameRoster): number {
  const named = readings.flatMap(({ by, participants = [], pupils = [] }) => [by, ...participants, ...pupils]);
  return new Set(named.filter((name) => name !== undefined && name !== knows.sender?.name && !ownPupils.includes(name)))
    .size;
}

/** A way of speaking that says, or may say, that it was not done after all. `says` is a message to which it applies. */
interface Telling {
  name: string;
  says: string;
  when: RegExp;
}

/** After these, a record needs confirmation: a false record is the worst error. */
export const HARDLY_DONE: readonly Telling[] = [
  { name: 'nearly', says: '昨天差点去家访小杰', when: /差一?点(?:就|儿)?(?:[去来上和跟给]|家访|谈|听)|险些/u },
  {
    name: 'ought to have',
    says: '昨天本该和小雨谈话',
    when: /本该|本应|原本(?:该|要|打算|计划|想)|本来(?:想|打算|要|该|准备|说好)/u,
  },
  {
    name: 'meant to',
    says: '昨天打算和小杰谈话结果开会去了',
    when: /(?:打算|准备|计划|说好).+(?:结果|可是|但是|不过)|想.+来着/u,
  },
  {
    name: 'forgotten',
    says: '昨天忘了和小岩谈话',
    when: /忘[了记](?:去|和|跟|给|找|同|陪|家访|谈|听|上课|送)|[给都也]忘了|我忘了(?!报|说|填|写|记|登|签|发|上报|补)/u,
  },
  { name: 'got ready for', says: '准备了昨天家访小雨的材料', when: /准备.{0,25}材料|材料.{0,4}准备/u },
  {
    name: 'half of it',
    says: '帮扶总结写了一半',
    when: /(?:写|做|弄|准备|填|备)了?(?:一半|一多半|一小半|一部分|个开头)|没写完|没做完/u,
  },
  {
    name: 'somebody else went',
    says: '昨天家访小岩是杨一帆去的',
    when: /是(?!我)[\u4e00-\u9fff]{1,4}[去做谈上听]的|不是我(?:去|做|谈|上|听|家访)/u,
  },
  {
    name: 'asks whether it counts',
    says: '昨天微信视频和小雨爸妈聊了半小时，算家访吗',
    when: /算不算|算.{0,8}[吗么?]|能算.{0,6}吗/u,
  },
];

/** Words for what came to nothing: if no reading says so, one of them is wrong. */
const UNDONE =
  /没人在?家|家里没人|不遇|扑了?个?空|门?锁着|上锁|没(?:访|谈|去|听|上|做|弄)[成上着]|黄了|没接|没人接|打不通|不作?登记|不算|不当.{0,4}报/u;
export const isUndone = (text: string): boolean => UNDONE.test(text);

export const isHardlyDone = (text: string): boolean => HARDLY_DONE.some(({ when }) => when.test(text));
