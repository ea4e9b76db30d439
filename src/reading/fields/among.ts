import type { Ymd } from '../../plan/dates.ts';
import type { Script } from '../structure/pieces.ts';
import { homeOf } from '../structure/stand-in.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import { datesOf } from '../tokens/when.ts';
import type { Reading } from '../types.ts';
import { isLesson } from './for-all.ts';

// What the readings of one message say of each other.

/** 方老师和段老师来了，方老师上课，段老师听课: somebody with an activity of their own does not count as company in another's. */
export function apart(readings: readonly Reading[]): Reading[] {
  return readings.map((reading, k) => {
    const { kind, participants } = reading;
    if (!participants || !OWN_PART.has(kind)) return reading;
    // 我上了一节，她上了一节，我们俩又听了一节: she taught, and still came along to listen.
    const together = kind === 'observe' && reading.by === undefined;
    const others = readings.filter((other, n) => n !== k && (!together || other.kind === 'observe'));
    const along = participants.filter((name) => !others.some(({ by }) => by === name));
    const { participants: _all, ...rest } = reading;
    return along.length > 0 ? { ...rest, participants: along } : rest;
  });
}

const OWN_PART: ReadonlySet<string> = new Set(['demo_lesson', 'lecture', 'observe']);

/** After the name of somebody who leads others. */
const LEADS = /^(?:亲自)?(?:带队|率队|领队|带领|率领?(?=\p{Script=Han})|带着|领着)/u;

/** 高校长带队，毕老师上了一节，沙老师听了一节: a leader without a part of their own came along to every lesson of that day. */
export function ledBy(readings: Reading[], { tokens, text }: Script, { knows }: NameRoster): Reading[] {
  const leader = tokens.find(({ named, end }) => named?.people.length === 1 && LEADS.test(text.slice(end)));
  const [name] = leader?.named?.people ?? [];
  const taken = readings.some(
    (one) => one.by === name || one.teacher === name || (one.by ?? knows.sender?.name) === name,
  );
  if (name === undefined || taken || new Set(readings.map(({ date }) => date)).size > 1) return readings;
  const home = homeOf(name, knows.people);
  return readings.map((reading) => {
    const { by = knows.sender?.name ?? '', participants = [] } = reading;
    if (!isLesson(reading) || homeOf(by, knows.people) !== home || participants.includes(name)) return reading;
    return { ...reading, participants: [...participants, name] };
  });
}

/** 毕晓东家访补充⏎张文文：5.24 电话⏎岩罕：5.26 上门: if a list is headed by a colleague's name, that colleague did all of it. */
export function ofHeading(readings: Reading[], { tokens, text }: Script, { knows }: NameRoster): Reading[] {
  const end = text.indexOf('\n');
  const heading = text.slice(0, Math.max(0, end));
  const [first] = tokens;
  const names = tokens.filter(({ type, start }) => type === 'name' && start < end);
  const people = names.filter(({ named }) => named!.people.length > 0);
  const name = first?.named?.people[0];
  const isHeading = people.length === 1 && people[0] === first && LIST_OF.test(heading.slice(first?.end));
  const sender = knows.sender?.name;
  const ownLines = tokens.some((token) => has(token, 'me') || token.named?.people.includes(sender ?? ''));
  if (!name || first.named!.people.length > 1 || !isHeading || ownLines) return readings;
  const open = ({ kind, status, by, direction, teacher, participants = [] }: Reading) =>
    kind !== 'same_as_last' &&
    status !== 'question' &&
    by === undefined &&
    direction === undefined &&
    teacher !== name &&
    !participants.includes(name);
  const ours = name !== sender && homeOf(name, knows.people) === knows.sender?.school;
  return ours && readings.every(open) ? readings.map((one) => ({ ...one, by: name, on_behalf: true })) : readings;
}

/** 家访补充, 三月条目（圈内）, 11月份送教汇总: words after a name that make it the heading of a list. */
const LIST_OF =
  /^(?:老师|校长|主任|的|同志)?[^,。;!?了过请好您你让]{0,10}(?:补充|汇总|条目|记录|登记|小结|流水账?|清单|台账|情况|日志|统计|周报|月报)(?:\([^()]{1,8}\))?:?$/u;

/** 听课三节，其中罗春梅两节、何俊一节: the readings after a total that add up to it replace it (reading.md, 17). */
export function inParts(readings: readonly Reading[]): (Reading | undefined)[] {
  const out: (Reading | undefined)[] = [...readings];
  readings.forEach((total, k) => {
    const many = total.lessons ?? 1;
    if (out[k] !== total || !isLesson(total) || total.teacher !== undefined || many < 2) return;
    let sum = 0;
    let end = k + 1;
    for (; end < readings.length && sum < many; end += 1) {
      const { kind, status, by = total.by, direction, lessons = 1 } = readings[end]!;
      if (kind !== total.kind || status !== total.status || by !== total.by || direction !== total.direction) break;
      sum += lessons;
    }
    if (sum !== many || end < k + 3) return;
    out[k] = undefined;
    const { by, on_behalf, participants } = total;
    for (let n = k + 1; n < end; n += 1)
      out[n] = { ...readings[n]!, ...(by ? { by, on_behalf } : {}), ...(participants ? { participants } : {}) };
  });
  return out;
}

/** 走了三户，小杰、小雨、阿木家，阿木家没人: who was not met, as is said afterwards, is no longer among those who were. */
export function withoutMissed(readings: readonly Reading[]): Reading[] {
  return readings.map((reading, k) => {
    const { kind, status, date, by, pupils = [], times } = reading;
    if (status !== 'done' || date === undefined || !PUPIL_KINDS.has(kind)) return reading;
    const failed = readings
      .slice(k + 1)
      .filter((other) => other.status === 'not_done' && other.kind === kind && other.date === date && other.by === by);
    const met = pupils.filter((name) => !failed.some((other) => other.pupils?.includes(name)));
    if (met.length === 0 || met.length === pupils.length) return reading;
    return { ...reading, pupils: met, ...(times === pupils.length ? { times: met.length } : {}) };
  });
}

/** 上周四给小刚补了除法，今天又给他补，两回都补出一身汗: the last number is the sum of all, this one included. */
export function withoutSum(readings: readonly Reading[], { text }: Script): Reading[] {
  if (!SUM.test(text)) return [...readings];
  const whatOf = ({ kind, status, by, direction, pupils }: Reading) =>
    JSON.stringify([kind, status, by, direction, pupils]);
  return readings.map((reading, k) => {
    if (k < readings.length - 1 || reading.dates) return reading;
    const before = readings.slice(0, k).filter((other) => whatOf(other) === whatOf(reading));
    const isSum = before.length > 0 && before.every(({ times }) => times === 1) && reading.times === before.length + 1;
    return isSum ? { ...reading, times: 1, ...(reading.pupils ? { per_pupil_times: 1 } : {}) } : reading;
  });
}

const SUM = /[,。;][两三四五2-5][次回趟](?:都|加起来|下来)|(?:共|加起来|合计|前后)[^,。;]{0,4}[两三四五2-5][次回趟]/u;

/** 听课一节，送教一节，万佑，周三: a day or school given at the end also applies to the activities before it that lack one. */
export function fromAfter(readings: Reading[], open: readonly (readonly ('day' | 'place')[])[]): Reading[] {
  const out = [...readings];
  for (let k = out.length - 2; k >= 0; k -= 1) {
    const [own, next] = [out[k]!, out[k + 1]!];
    if (open[k]!.includes('day') && own.status !== 'question') {
      const { date: _date, date_given: _given, ...rest } = own;
      const { date, dates, date_from, date_to } = next;
      const days = dates ? { dates, times: Math.max(own.times ?? 1, dates.length) } : { date };
      if ((date ?? dates) && date_from === undefined && date_to === undefined) out[k] = { ...rest, ...days };
    }
    const school = next.place ?? next.to ?? next.partner;
    if (open[k]!.includes('place') && school)
      out[k] = { ...out[k]!, [own.kind === 'donation' ? 'to' : 'place']: school };
  }
  return out;
}

/** 李开心谈话1次，岩罕电话家访1次，均为昨天; in the last line (11月12日): the day of all that name none. */
export function dayOfAll(readings: Reading[], { tokens, text }: Script, today: Ymd): Reading[] {
  const last = tokens.findLast(({ date }) => date !== undefined);
  if (!last || readings.length < 2 || !AT_END.test(text.slice(last.end))) return readings;
  const [day, more] = datesOf([last], text, today, 'past').days;
  const ofAll = OF_ALL.test(text.slice(0, last.start));
  if (!ofAll || day === undefined || more !== undefined || day > today) return readings;
  return readings.map((reading) => {
    if (reading.date_given !== false || reading.status !== 'done') return reading;
    const { date_given: _given, ...rest } = reading;
    return { ...rest, date: day };
  });
}

const OF_ALL = /(?:[都均全](?:为|是)?在?|[\n—-]|\n[（(])$/u;
const AT_END = /^(?:[上中下]午|晚上|早上)?(?:的事|做的|去的|的)?[)）。!,\s]*$/u;

/** A question asked twice is one; 走了两户，小杰家、小雨家，到小雨家天都黑了: told once more of one of the pupils. */
export function repeats(one: Reading, other: Reading): boolean {
  if (other.status === 'question') return one.status === 'question' && one.kind === other.kind;
  const { pupils = [] } = other;
  return (
    other.status === 'done' &&
    pupils.length > 0 &&
    pupils.length < (one.pupils?.length ?? 0) &&
    pupils.every((name) => one.pupils!.includes(name)) &&
    (['kind', 'status', 'date', 'mode', 'by'] as const).every((field) => one[field] === other[field])
  );
}
