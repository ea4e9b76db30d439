/** What a coordinator writes about changes of people: names and dates out of a line such as 「张老师 11-20至11-30 生病」. */
import { UserError } from '../../errors.ts';
import { addDays, type Ymd } from '../../plan/dates.ts';
import type { Pairing, Person, Pupil, School } from '../../plan/people.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { resolve, type Tense } from '../../reading/calendar.ts';
import { type DateSaid, dateAt } from '../../reading/dates.ts';
import { hanNumber } from '../../reading/numerals.ts';
import type { Facts } from '../intake/facts.ts';

/** How long something lasts: 三天, 两周, 一个月; in days. */
function lastingAt(text: string, at: number): { days: number; end: number } | undefined {
  const found = /^(\d{1,2}|半|[一二两三四五六七八九十]{1,3})个?(天|周|星期|礼拜|月)(?![一二三四五六日末])/.exec(
    text.slice(at, at + 6),
  );
  if (!found || (found[2] === '月' && !found[0].includes('个'))) return undefined;
  const n = found[1] === '半' ? 0.5 : Number(found[1]) || (hanNumber(found[1]!) ?? 1);
  const unit = { 天: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30 }[found[2]!]!;
  return { days: Math.max(1, Math.ceil(n * unit)), end: at + found[0].length };
}

const wordBefore = (text: string, at: number): boolean => /[A-Za-z\d]/.test(text[at - 1] ?? '');

/** Where a date or a length of time that begins at `at` ends. */
export const dateEnd = (text: string, at: number): number | undefined =>
  wordBefore(text, at) ? undefined : (lastingAt(text, at)?.end ?? dateAt(text, at)?.end);

/** A calendar day is the nearest one, a leave told of afterwards may be past; what is said by weeks, months or weekdays looks ahead. */
const tenseOf = (said: DateSaid): Tense =>
  said.said === 'month_day' || said.said === 'list' || (said.said === 'span' && said.from.said === 'month_day')
    ? 'open'
    : 'future';

/**
 * The first and last day that a line names, and its other words. One day is both; 「起」 leaves the end open, 「止」 the beginning;
 * 「三天」 counts from the first day, or from today.
 */
export function datesIn(text: string, today: Ymd): { from?: Ymd; to?: Ymd; words: string[] } {
  const days: Ymd[] = [];
  let rest = '';
  let lasts: number | undefined;
  for (let at = 0; at < text.length; ) {
    const inWord = wordBefore(text, at);
    const lasting = inWord ? undefined : lastingAt(text, at);
    if (lasting) {
      lasts = lasting.days;
      rest += '\n';
      at = lasting.end;
      continue;
    }
    const found = inWord ? undefined : dateAt(text, at);
    const when = found && resolve(found.value, today, tenseOf(found.value));
    const said = when ? [...when.days, ...[when.from, when.to].filter((d) => d !== undefined)] : [];
    if (found && said.length > 0) {
      days.push(...said);
      rest += '\n';
      at = found.end;
    } else rest += text[at++];
  }
  days.sort();
  if (lasts !== undefined) days.splice(0, days.length, days[0] ?? today, addDays(days[0] ?? today, lasts - 1));
  const words = rest
    .replace(/\s*\n\s*(?:至|到|~|～|—+|－|-)?\s*\n?\s*(起|开始|以后|之后|止|为止)?/g, ' $1 ')
    .split(/[\s,，;；:：]+/);
  const open = words.some((w) => /^(起|开始|以后|之后)$/.test(w));
  const until = words.some((w) => /^(止|为止)$/.test(w));
  return {
    ...(days.length > 0 && !until ? { from: days[0] } : {}),
    ...(days.length > 0 && !open ? { to: days.at(-1) } : {}),
    words: words.filter((w) => w !== '' && !/^(起|开始|以后|之后|止|为止|从|自|至|到)$/.test(w)),
  };
}

const bare = (name: string): string => name.replace(/(老师|教师|同学|校长|园长|主任)$/, '');

/** The one that a name means among some, or a refusal that says what else it may mean. */
function one<T>(facts: Facts, name: string | undefined, found: T[], whole: (item: T) => string): T {
  if (found.length === 1) return found[0]!;
  const { arrange, comma } = facts.t;
  const asked = (name ?? '').slice(0, 20);
  const several = found.slice(0, 5).map(whole).join(comma);
  throw new UserError('bad_form', found.length === 0 ? arrange.unknown(asked) : arrange.several(asked, several));
}

const schoolName = ({ programme }: Facts, id: string | undefined): string =>
  rosterOf(programme).school.get(id ?? '')?.name ?? '';

const named = (name: string | undefined, item: { name: string }, school: string): boolean =>
  name !== undefined &&
  name !== '' &&
  [item.name, `${school}/${item.name}`, `${item.name}·${school}`].some((n) => n === name || n === bare(name));

/** Those among the found ones that one may arrange for; all of them where there is none. */
function preferred<T extends { id: string }>({ me, programme }: Facts, kind: 'person' | 'pupil', found: T[]): T[] {
  const able = found.filter(({ id }) => may(me, 'arrange', { kind, id }, programme));
  return able.length > 0 ? able : found;
}

/** The person of this name, or of this surname where it is 「陈老师」. */
export function personNamed(facts: Facts, name: string | undefined): Person {
  const { people } = facts.programme;
  const whole = people.filter((p) => named(name, p, schoolName(facts, p.schoolId)));
  const surname = /^([\u4e00-\u9fff])(?:老师|校长|主任)$/.exec(name ?? '')?.[1];
  const near = surname ? people.filter((p) => p.name.startsWith(surname) && p.schoolId === facts.me.schoolId) : [];
  const found = preferred(facts, 'person', whole.length > 0 ? whole : near);
  return one(facts, name, found, (p) => `${schoolName(facts, p.schoolId)}/${p.name}`);
}

/** The pupil of this name among those whom one cares for or arranges for; of others one is told no name. */
export function pupilNamed(facts: Facts, name: string | undefined): Pupil {
  const { programme, me } = facts;
  const own = new Set((rosterOf(programme).caresOfMentor.get(me.id) ?? []).map((c) => c.pupilId));
  const found = programme.pupils.filter((p) => named(name?.replace(/^学生/, ''), p, schoolName(facts, p.schoolId)));
  const mine = found.filter((p) => own.has(p.id));
  const able = found.filter((p) => may(me, 'arrange', { kind: 'pupil', id: p.id }, programme));
  return one(facts, name, mine.length > 0 ? mine : able, (p) => `${schoolName(facts, p.schoolId)}/${p.name}`);
}

const isSchool = (name: string) => (s: School) => s.name === name || s.short.includes(name);

export const schoolNamed = (facts: Facts, name: string | undefined): School =>
  one(facts, name, facts.programme.schools.filter(isSchool(name ?? '')), (s) => s.name);

/** `甲校→乙校`, by full or short names. */
export function pairingNamed(facts: Facts, text: string): Pairing {
  const [supporter, recipient] = text.split(/\s*(?:→|->|=>)\s*/);
  const ids = [schoolNamed(facts, supporter).id, schoolNamed(facts, recipient).id];
  const { pairings } = facts.programme;
  const either = pairings.filter((p) => ids.includes(p.supporterId) && ids.includes(p.recipientId));
  const exact = either.filter((p) => p.supporterId === ids[0]);
  const found = exact.length > 0 ? exact : either;
  return one(facts, text, found, () => text);
}
