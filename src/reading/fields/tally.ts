import type { ActivityDraft } from '../judge/drafts.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { isPupil } from '../tokens/is.ts';
import type { Reading } from '../types.ts';
import { type Counts, countsOf } from './counts.ts';
import type { Dates } from './when.ts';

/** The counts: occasions, lessons, and occasions for each pupil. Unclear counts are added to `ask`. */
export function countFields(draft: ActivityDraft, dates: Dates, reading: Reading, ask: string[]): Partial<Reading> {
  if (draft.kind === 'secondment' || draft.kind === 'donation') return {};
  const counts = countsOf(draft.tokens);
  const days = Math.max(1, dates.days.length);
  const open = ask.includes('dates');
  if (counts.unsure && counts.times === undefined) ask.push('times');
  if (PUPIL_KINDS.has(draft.kind)) return pupilCounts(draft, counts, days, reading, open);
  const said = counts.times;
  const times = said === undefined ? days : counts.eachTime && days > 1 ? said * days : Math.max(said, days);
  const lessons = lessonsOf(draft, reading, counts, times, days);
  if (open && said === undefined) return { lessons };
  return { times: counts.unsure ? undefined : times, lessons };
}

/** Counts lessons for kinds in which they are given or observed; not for 备了一节课. */
function lessonsOf(
  draft: ActivityDraft,
  reading: Reading,
  counts: Counts,
  times: number,
  days: number,
): number | undefined {
  if (counts.lessons === undefined || (draft.kind !== 'demo_lesson' && draft.kind !== 'observe')) return undefined;
  if (counts.everyTime && !counts.whole) return counts.lessons * times;
  if (!counts.each || counts.whole || summed(draft, times)) return counts.lessons;
  const teachers = counts.lessons === 1 ? (reading.teacher?.split('、').length ?? 1) : 1;
  return counts.lessons * Math.max(days, teachers);
}

/** 听了两节, 上周二和这周一各一节: the first number is the total. */
function summed({ tokens }: ActivityDraft, times: number): boolean {
  const said = tokens.flatMap(({ count }) => (count?.unit === 'lessons' ? (count.n ?? []) : []));
  return said.length === 2 && said[0] === said[1]! * times;
}

/** A joint talk credits each pupil once; with 各, or visits to several homes, there are as many occasions (reading.md, 5). */
function pupilCounts(
  draft: ActivityDraft,
  counts: Counts,
  days: number,
  reading: Reading,
  open: boolean,
): Partial<Reading> {
  if (open && counts.times === undefined) return {};
  if (counts.unsure) return {};
  const pupils = reading.pupils?.length ?? (reading.all_assigned ? (reading.pupil_count ?? 1) : 1);
  if (days === pupils && days > 1 && inTurn(draft)) return { times: pupils, per_pupil_times: 1 };
  const times = draft.tokens.flatMap((token) => (token.count?.unit === 'times' ? (token.count.n ?? []) : []));
  // 谈话4次(小杰、小雨各2次): the first number is the total.
  const summed = counts.each && times.length === 2 && times[0] === times[1]! * pupils;
  const said = summed ? times[1]! : (counts.times ?? 1);
  const all = counts.each || draft.tokens.some((token) => token.text === '都');
  // 14、15日家访了小杰和小雨: as many visits as days or homes; a second visit to a home is not certain.
  if (draft.kind === 'home_visit' && days > 1 && pupils > 1 && !all && counts.times === undefined)
    return { times: Math.max(days, pupils), per_pupil_times: 1 };
  const together = draft.tokens.some((token) => /^(?:一起|一同|一块|一块儿|同时)$/u.test(token.text));
  const apart = counts.each || (!together && pupils > 1 && draft.kind === 'home_visit');
  const eachDay = counts.each && days > 1 && (pupils === 1 || said < days);
  const split = (draft.kind === 'home_visit' || pupils > 2) && !counts.each && said === pupils;
  const per = eachDay ? said * days : Math.max(split ? 1 : said, days);
  return { times: apart ? per * pupils : per, per_pupil_times: per };
}

/** 3号小杰, 5号小雨; 周三、周四分别给小杰和小雨: a day for each pupil. */
function inTurn(draft: ActivityDraft): boolean {
  const order = draft.tokens
    .filter((token) => token.date !== undefined || isPupil(token))
    .map((token) => (token.date ? 'd' : 'p'));
  return /^(?:dp)+$|^(?:pd)+$/u.test(order.join('')) || draft.tokens.some((token) => token.text === '分别');
}
