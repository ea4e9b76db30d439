/**
 * How long a person has served at another school, for the certificate of service (支教证明): each school day of the reported
 * stays except days of leave (decision 6 of the source plans); a stay reported as a range needs no daily check-in.
 */
import type { Activity } from './activity.ts';
import { schoolCalendar } from './calendar.ts';
import { eachDay, type Range, type Ymd } from './dates.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';
import { secondmentDays } from './secondment-days.ts';

/** A person's answer for a day: 签到 or 请假. */
export interface Attended {
  day: Ymd;
  answer: 'present' | 'leave';
}

export interface Service {
  /** The host school; undefined if no report names it. */
  hostId?: string;
  /** 支教, 挂职 or 跟岗, if the reports say so. */
  role?: string;
  /** First and last day of the stays, the last one not after `today`. */
  from: Ymd;
  to: Ymd;
  /** School days at the host school, in order. */
  days: Ymd[];
  /** School days of the stays on which the person was on leave. */
  leave: Ymd[];
  /** How many of `days` the person has checked in on. */
  checkedIn: number;
}

/** The services of a person up to `today`, one for each host school, the earliest first. Ignores other people's `activities`. */
export function servicesOf(
  programme: Programme,
  personId: string,
  activities: Activity[],
  attended: Attended[],
  today: Ymd,
): Service[] {
  const { isSchoolDay } = schoolCalendar(programme);
  const secondments = activities
    .filter((a) => a.kind === 'secondment' && a.status === 'done' && a.confirmation !== 'disputed')
    .filter((a) => a.byId === personId || a.participantIds.includes(personId))
    .filter((a) => a.date <= today)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const answered = new Map(attended.map((a) => [a.day, a.answer]));
  const leaveDays = new Set([
    ...(rosterOf(programme).leavesOf.get(personId) ?? []).flatMap(eachDay),
    ...secondments
      .filter((a) => a.action === 'leave')
      .flatMap((a) => secondmentDays({ ...a, action: undefined }, isSchoolDay)),
  ]);
  // An answer for one day overrides a range around it.
  const isAway = (day: Ymd) => (answered.get(day) ?? (leaveDays.has(day) ? 'leave' : 'present')) === 'leave';
  const stays = closed(secondments.filter((a) => a.action !== 'leave'));
  return [...Map.groupBy(stays, (a) => hostOf(a) ?? onlyHost(stays))].map(([hostId, list]) => {
    const inside = [...new Set(list.flatMap((a) => secondmentDays(a, isSchoolDay)))].filter((d) => d <= today).sort();
    const days = inside.filter((d) => !isAway(d));
    const role = list.find((a) => a.role)?.role;
    const { start, end } = spanOf(list, inside, today);
    return {
      ...(hostId && { hostId }),
      ...(role && { role }),
      from: start,
      to: end,
      days,
      leave: inside.filter(isAway),
      checkedIn: days.filter((d) => answered.get(d) === 'present').length,
    };
  });
}

const hostOf = (a: Activity): string | undefined => a.placeId ?? a.toId ?? a.partnerId;

/** A report without a school belongs to the school that the others name, if they name one. */
function onlyHost(stays: Activity[]): string | undefined {
  const hosts = new Set(stays.map(hostOf).filter((id) => id !== undefined));
  return hosts.size === 1 ? [...hosts][0] : undefined;
}

/** 「今天开始支教」 lasts until the next 「支教结束」 at the same school; without an end it is only its first day. */
function closed(stays: Activity[]): Activity[] {
  const lasts = (a: Activity) => a.dateTo !== undefined || a.days !== undefined || a.weeks !== undefined;
  return stays.map((a) => {
    if (a.action !== 'start' || lasts(a)) return a;
    const same = (b: Activity) => hostOf(b) === hostOf(a) || hostOf(a) === undefined || hostOf(b) === undefined;
    const end = stays.find((b) => b.action === 'end' && b.date >= a.date && same(b));
    return end ? { ...a, dateTo: end.date } : a;
  });
}

function spanOf(list: Activity[], days: Ymd[], today: Ymd): Range {
  const ends = [...list.map((a) => a.dateTo ?? a.date), ...days].map((d) => (d < today ? d : today)).sort();
  return { start: list[0]!.date, end: ends.at(-1)! };
}

/** In how many terms a person was present on at least half of the school days; two of them make a year of service. */
export function termsServed(programme: Programme, { days }: Service): number {
  const { isSchoolDay } = schoolCalendar(programme);
  return programme.terms.filter((term) => {
    const all = eachDay(term).filter(isSchoolDay);
    const present = days.filter((d) => term.start <= d && d <= term.end).length;
    return all.length > 0 && 2 * present >= all.length;
  }).length;
}
