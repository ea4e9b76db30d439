/** How much an obligation's activities count: DESIGN section 6 "Credit", with the reason for each that does not. */
import { notAccepted } from './accepts.ts';
import type { Activity } from './activity.ts';
import type { Ymd } from './dates.ts';
import { doersOf, feeds, kindsOf, schoolOf } from './feeds.ts';
import { measured } from './measures.ts';
import type { Credit, Obligation } from './obligation.ts';
import type { Programme } from './programme.ts';
import type { NotCounted } from './reasons.ts';
import { rosterOf } from './roster.ts';
import { countsDays, isTooLong, LONGEST_STAY_DAYS, lastDay } from './secondment-days.ts';
import { alive } from './spells.ts';

const NOT_DONE = ['planned', 'attempted', 'cancelled', 'withdrawn'] as const;

const NOT_THE_SUBJECT: Record<Obligation['subject']['kind'], NotCounted> = {
  teacher: { code: 'not_person' },
  leader: { code: 'not_person' },
  principal: { code: 'not_person' },
  care: { code: 'not_pupil' },
  mentorship: { code: 'not_both' },
  school: { code: 'not_school' },
  district: { code: 'not_district' },
  pairing: { code: 'not_side' },
};

const known = new WeakMap<Activity, { programme: Programme; keys: string[] }>();

/** A recount asks for the same activities once more for each day that it tries. */
function keysOf(programme: Programme, activity: Activity): string[] {
  const before = known.get(activity);
  if (before?.programme === programme) return before.keys;
  const keys = feeds(programme, activity);
  known.set(activity, { programme, keys });
  return keys;
}

/** Why an activity by itself does not count for an obligation, or undefined if it may. */
function refusal(o: Obligation, activity: Activity, programme: Programme, end: Ymd): NotCounted | undefined {
  const { requirement, period } = o;
  if (!kindsOf(requirement).includes(activity.kind)) return { code: 'other_kind' };
  const status = NOT_DONE.find((s) => s === activity.status);
  if (status) return { code: status };
  if (activity.confirmation === 'disputed') return { code: 'disputed' };
  const lasting = countsDays(requirement);
  if (lasting && isTooLong(activity)) return { code: 'stay_too_long', days: LONGEST_STAY_DAYS };
  const last = lasting ? lastDay(activity) : activity.date;
  if (last < period.start) return { code: 'too_early' };
  if (activity.date > period.end) return { code: 'too_late' };
  if (activity.date > end) return { code: 'not_yet' };
  if (!keysOf(programme, activity).some((key) => o.feedKeys.includes(key)) || !acted(o, activity, programme))
    return NOT_THE_SUBJECT[o.subject.kind];
  return notAccepted(requirement, activity, programme);
}

const VISITS: ReadonlySet<string> = new Set(['observe', 'demo_lesson', 'lecture']);

/**
 * Whether the person who owes the duty did it. An observed teacher, or one who was present when a visitor taught, did not; if
 * visitors came and none of them is named, their reporter did not either (reading.md, 16).
 */
function acted({ subject }: Obligation, { kind, direction, byId, placeId }: Activity, programme: Programme): boolean {
  const roster = rosterOf(programme);
  if (!roster.person.has(subject.id) || !VISITS.has(kind) || (kind !== 'observe' && !direction)) return true;
  const party = schoolOf(roster, byId);
  if (direction === 'inbound' && placeId === party) return false;
  return subject.id === byId || schoolOf(roster, subject.id) === party;
}

/** People who count for a side: those of the obliged schools. Others, such as listeners at the other school, do not. */
function peopleIn(o: Obligation, activity: Activity, programme: Programme): string[] {
  const roster = rosterOf(programme);
  const keys = o.feedKeys;
  const pairing = o.subject.kind === 'pairing' ? roster.pairing.get(o.subject.id) : undefined;
  if (pairing) {
    const schools = [
      ...(keys.includes(`pairing:${pairing.id}:supporter`) ? [pairing.supporterId] : []),
      ...(keys.includes(`pairing:${pairing.id}:recipient`) ? [pairing.recipientId] : []),
    ];
    return doersOf(activity).filter((id) => schools.includes(schoolOf(roster, id) ?? ''));
  }
  if (o.subject.kind === 'school') return doersOf(activity).filter((id) => schoolOf(roster, id) === o.subject.id);
  return doersOf(activity);
}

/** Pupils an activity is about; all of the doer's if the report says so. */
function pupilsIn(activity: Activity, programme: Programme): string[] {
  const { caresOfMentor } = rosterOf(programme);
  const assigned = activity.allAssigned ? (caresOfMentor.get(activity.byId) ?? []) : [];
  const living = assigned.filter((c) => alive(c, activity.date));
  return [...new Set([...activity.pupilIds, ...living.map((c) => c.pupilId)])];
}

/**
 * How much `activities` count for `obligation`, up to and including `until` (default: its last day). `counted` and
 * `notCounted` hold activity ids in order of date; every given activity is in exactly one of them.
 */
export function credit(obligation: Obligation, activities: Activity[], programme: Programme, until?: Ymd): Credit {
  const { period } = obligation;
  const end = until !== undefined && until < period.end ? until : period.end;
  const notCounted: Credit['notCounted'] = [];
  const eligible: Activity[] = [];
  const inOrder = activities.toSorted((a, b) =>
    a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1,
  );
  for (const activity of inOrder) {
    const reason = refusal(obligation, activity, programme, end);
    if (reason) notCounted.push({ activityId: activity.id, reason });
    else eligible.push(activity);
  }
  const result = measured(obligation.requirement.measure, eligible, {
    range: { start: period.start, end },
    subject: obligation.subject.kind,
    people: (activity) => peopleIn(obligation, activity, programme),
    pupils: (activity) => pupilsIn(activity, programme),
    programme,
  });
  const notMeasured = new Map(result.left);
  return {
    done: result.done,
    counted: eligible.filter((a) => !notMeasured.has(a.id)).map((a) => a.id),
    notCounted: [...notCounted, ...result.left.map(([activityId, reason]) => ({ activityId, reason }))],
  };
}

export { feeds } from './feeds.ts';
