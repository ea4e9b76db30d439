/** What a coordinator writes about personnel changes: names and dates in a line such as 「张老师 11-20至11-30 生病」. */
import { UserError } from '../../errors.ts';
import { pairingsCalled, peopleCalled, pupilsCalled, schoolsCalled, wholeName } from '../../plan/called.ts';
import { addDays, type Ymd } from '../../plan/dates.ts';
import type { Pairing, Person, Pupil, School } from '../../plan/people.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { resolve, type Tense } from '../../reading/tokens/calendar.ts';
import { type DateSaid, dateAt } from '../../reading/tokens/dates.ts';
import { hanNumber } from '../../reading/tokens/numerals.ts';
import type { Facts } from '../intake/facts.ts';

/** A duration in days: 三天, 两周, 一个月. */
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

/** The end of the date or duration that begins at `at`. */
export const dateEnd = (text: string, at: number): number | undefined =>
  wordBefore(text, at) ? undefined : (lastingAt(text, at)?.end ?? dateAt(text, at)?.end);

/** A calendar date means the nearest one, since a leave may be reported afterwards; weeks, months and weekdays look ahead. */
const tenseOf = (date: DateSaid): Tense =>
  date.said === 'month_day' || date.said === 'list' || (date.said === 'span' && date.from.said === 'month_day')
    ? 'open'
    : 'future';

/**
 * The first and last day that a line names, and its other words. A single day is both; 「起」 leaves the end open, 「止」 the
 * beginning; 「三天」 counts from the first day, or from today.
 */
export function datesIn(text: string, today: Ymd): { from?: Ymd; to?: Ymd; words: string[] } {
  const days: Ymd[] = [];
  let rest = '';
  let duration: number | undefined;
  for (let at = 0; at < text.length; ) {
    const inWord = wordBefore(text, at);
    const lasting = inWord ? undefined : lastingAt(text, at);
    if (lasting) {
      duration = lasting.days;
      rest += '\n';
      at = lasting.end;
      continue;
    }
    const found = inWord ? undefined : dateAt(text, at);
    const when = found && resolve(found.value, today, tenseOf(found.value));
    const resolved = when ? [...when.days, ...[when.from, when.to].filter((d) => d !== undefined)] : [];
    if (found && resolved.length > 0) {
      days.push(...resolved);
      rest += '\n';
      at = found.end;
    } else rest += text[at++];
  }
  // On a Friday, 「周三到周五」 means next week.
  if (days.length === 2 && days[1]! < days[0]! && /(?:至|到|~|-)/.test(rest) && addDays(days[1]!, 7) > days[0]!)
    days[1] = addDays(days[1]!, 7);
  days.sort();
  if (duration !== undefined) days.splice(0, days.length, days[0] ?? today, addDays(days[0] ?? today, duration - 1));
  const words = rest
    .replace(/\s*\n\s*(?:至|到|~|～|—+|－|-)?\s*\n?\s*(起|开始|以后|之后|止|为止)?/g, ' $1 ')
    .split(/[\s,，;；:：]+/);
  const open = duration === undefined && words.some((w) => /^(起|开始|以后|之后)$/.test(w));
  const until = words.some((w) => /^(止|为止)$/.test(w));
  return {
    ...(days.length > 0 && !until ? { from: days[0] } : {}),
    ...(days.length > 0 && !open ? { to: days.at(-1) } : {}),
    words: words.filter((w) => w !== '' && !/^(起|开始|以后|之后|止|为止|从|自|至|到)$/.test(w)),
  };
}

/** The only candidate that a name fits, or a refusal that lists the possible ones. */
function one<T>(facts: Facts, name: string | undefined, found: T[], labelOf: (item: T) => string): T {
  if (found.length === 1) return found[0]!;
  const { arrange, comma } = facts.t;
  const nameAsked = (name ?? '').slice(0, 20);
  const several = found.slice(0, 5).map(labelOf).join(comma);
  throw new UserError(
    'bad_form',
    found.length === 0 ? arrange.unknown(nameAsked) : arrange.several(nameAsked, several),
  );
}

/** The person of this name, or of this surname for 「陈老师」; people the sender may arrange for come first. */
export function personNamed(facts: Facts, name: string | undefined): Person {
  const { programme, me } = facts;
  const byFullName = peopleCalled(programme, name ?? '');
  const surname = /^([\u4e00-\u9fff])(?:老师|校长|主任)$/.exec(name ?? '')?.[1];
  const near = (p: Person) => surname !== undefined && p.name.startsWith(surname) && p.schoolId === me.schoolId;
  const found = byFullName.length > 0 ? byFullName : programme.people.filter(near);
  const arrangeable = found.filter(({ id }) => may(me, 'arrange', { kind: 'person', id }, programme));
  return one(facts, name, arrangeable.length > 0 ? arrangeable : found, (p) => wholeName(programme, p));
}

/** The pupil of this name among those the sender cares for or arranges for; others' names are never returned. */
export function pupilNamed(facts: Facts, name: string | undefined): Pupil {
  const { programme, me } = facts;
  const ownPupilIds = new Set((rosterOf(programme).caresOfMentor.get(me.id) ?? []).map((c) => c.pupilId));
  const found = pupilsCalled(programme, name ?? '');
  const ownPupils = found.filter((p) => ownPupilIds.has(p.id));
  const arrangeable = found.filter((p) => may(me, 'arrange', { kind: 'pupil', id: p.id }, programme));
  return one(facts, name, ownPupils.length > 0 ? ownPupils : arrangeable, (p) => wholeName(programme, p));
}

export const schoolNamed = (facts: Facts, name: string | undefined): School =>
  one(facts, name, schoolsCalled(facts.programme, name ?? ''), (s) => s.name);

/** `甲校→乙校`, by full or short names; reversed if only that is a pairing. */
export function pairingNamed(facts: Facts, text: string): Pairing {
  for (const name of text.split(/→|->|=>/)) schoolNamed(facts, name);
  const found = pairingsCalled(facts.programme, text);
  const turned = text
    .split(/→|->|=>/)
    .toReversed()
    .join('→');
  return one(facts, text, found.length > 0 ? found : pairingsCalled(facts.programme, turned), () => text);
}
