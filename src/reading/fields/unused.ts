import { daysBetween, type Ymd } from '../../plan/dates.ts';
import type { Script } from '../structure/pieces.ts';
import type { Unit } from '../tables/school.ts';
import { resolve } from '../tokens/calendar.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { GIVEN_TO, isSurrounded, type Surrounded } from './bystanders.ts';

const COUNTED: ReadonlySet<Unit | undefined> = new Set([
  'times',
  'lessons',
  'goods',
  'money',
  'days',
  'weeks',
  'months',
]);

/** Words beside a number or a name that no reading needs to hold. */
interface Remark extends Surrounded {
  /** The writer of the example. */
  as?: string;
}

export const REMARKS: readonly Remark[] = [
  {
    name: 'a number that was all of them',
    says: '周三听了两节，两节都评了',
    said: /^[\d一-十两]/u,
    after: /^[都均全]/u,
  },
  {
    name: 'how many things are told',
    says: '今天做了两件事：上午在万佑上了一节语文，下午和小杰谈了',
    said: /[\d一-十两几]件$/u,
    after: /^(?:小|大)?事/u,
  },
  {
    name: 'a month and a half',
    says: '支教满两个半月',
    said: /[\d一-十两]个$/u,
    after: /^半?多?(?:月|小时|钟头|学期|星期|礼拜)/u,
  },
  {
    name: 'what somebody said of it',
    says: '绘本60本送到圈内了，俸艳说娃娃们高兴',
    as: '朱琳',
    after: /^(?:老师|校长|园长|主任)?(?:都|还|也|直)?(?:说(?!了)|讲孩|笑|夸|已?准假?了?$|已准|批了|批准)/u,
  },
  {
    name: 'where the sender stayed',
    says: '周四、周五在大朝山各上一节，晚上歇在高婷宿舍',
    as: '孙丽华',
    after: /^(?:老师|校长)?(?:的)?(?:宿舍|家|屋)/u,
    before: /[在去到]$/u,
  },
  {
    name: 'whose class it was',
    says: '今天给罗兰她们班上了一节劳动',
    as: '方明',
    after: /^(?:老师)?(?:[她他]们的?|的|那个?)?班/u,
  },
  { name: 'all of a school listened', says: '今天给全园老师讲了一个小时幼小衔接', as: '朱琳', said: /^全[园校]/u },
  { name: 'who gets a paper', says: '教学反思交给王校长了', before: GIVEN_TO, kind: 'document' },
];

const isRemark = (token: Token, text: string, readings: Reading[]): boolean =>
  REMARKS.some(
    (one) =>
      (one.kind === undefined || readings.some(({ kind }) => kind === one.kind)) && isSurrounded(token, text, one),
  );

/** The dates, numbers and names of a message that no reading uses: the best sign of a misreading. */
export function unusedIn({ tokens, text }: Script, readings: Reading[], today: Ymd, roster: NameRoster): Token[] {
  const names = new Set(readings.flatMap(namesOf));
  const numbers = new Set(readings.flatMap(numbersOf));
  const lengths = new Set(readings.flatMap(lengthsOf));
  const { sender } = roster.knows;
  const received = readings.some(({ kind, to }) => kind === 'donation' && to === sender?.school);
  return tokens.filter((token) => {
    if (token.date) return !readings.some((reading) => dated(reading, token, today));
    const { unit, n } = token.count ?? {};
    if (token.count && (!COUNTED.has(unit) || n === undefined || n === 1 || n === 0.5 || numbers.has(n))) return false;
    if (token.count && unit !== 'times' && unit !== 'lessons' && lengths.has(n!)) return false;
    if (!token.count && !token.named) return false;
    if (isRemark(token, text, readings)) return false;
    if (token.count) return true;
    const { pupils, people, schools } = token.named!;
    const all = [...pupils, ...people, ...schools];
    // 收到实验小学送的书: who gave it is the other school.
    if (received && schools.some((name) => roster.partners.includes(name))) return false;
    return !all.some((name) => names.has(name) || name === sender?.name || name === sender?.school);
  });
}

function namesOf(reading: Reading): string[] {
  const { pupils = [], participants = [], by, teacher, place, partner, to, choices = {} } = reading;
  return [
    by,
    place,
    partner,
    to,
    ...(teacher?.split('、') ?? []),
    ...pupils,
    ...participants,
    ...Object.values(choices).flat(),
  ].filter((name) => name !== undefined);
}

/** 小雨、小杰两个; 3月31日到4月1日，两天: how many were just listed. */
const lengthsOf = ({ dates, pupils, date_from, date_to }: Reading): number[] =>
  [dates?.length, pupils?.length, date_from && date_to ? daysBetween(date_from, date_to) + 1 : undefined].filter(
    (n) => n !== undefined,
  );

function numbersOf(reading: Reading): number[] {
  const { times, lessons, per_pupil_times, pupil_count, days, weeks, months, cash_yuan, value_yuan, pieces } = reading;
  return [
    ...[times, lessons, per_pupil_times, pupil_count, days, weeks, months, cash_yuan, value_yuan, pieces],
    ...(reading.items ?? []).map((item) => item.qty),
    ...Object.values(reading.set ?? {}),
  ].filter((n) => typeof n === 'number');
}

/** Whether a reading has a day that this expression can mean. Words without a day (最近) never match. */
function dated(reading: Reading, token: Token, today: Ymd): boolean {
  const said = token.date!.said;
  if (said === 'vague' || said === 'term' || said === 'later' || said === 'week' || said === 'month') return true;
  const held = [reading.date, ...(reading.dates ?? []), reading.date_from, reading.date_to];
  return (['past', 'future', 'open'] as const).some((tense) => {
    const when = resolve(token.date!, today, tense);
    const days = when.from ? [when.from, when.to] : when.days;
    return days.some((day) => held.includes(day));
  });
}
