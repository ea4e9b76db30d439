/** Every contributor by name, and the morning card that merges what they want. */
import { checkIn } from './check-in.ts';
import { coordinatorDigest } from './coordinator-digest.ts';
import { documentsDue } from './documents-due.ts';
import { dueSoon } from './due-soon.ts';
import { escalation } from './escalation.ts';
import { lapsed } from './lapsed.ts';
import { monthlyDigest } from './monthly-digest.ts';
import { nextTerm } from './next-term.ts';
import { overdue } from './overdue.ts';
import { plannedActivity } from './planned-activity.ts';
import { secondmentCheckIn } from './secondment-check-in.ts';
import { termClosing, termOpening } from './term.ts';
import type { Contributor, Facts, LocalTime, NoticeKind, WantedNotice } from './types.ts';
import { weeklySummary } from './weekly-summary.ts';

/** In the order in which a merged card shows them. */
export const CONTRIBUTORS: Record<NoticeKind, Contributor> = {
  'secondment-check-in': secondmentCheckIn,
  'planned-activity': plannedActivity,
  'term-opening': termOpening,
  'monthly-digest': monthlyDigest,
  overdue,
  lapsed,
  'due-soon': dueSoon,
  'documents-due': documentsDue,
  'check-in': checkIn,
  'term-closing': termClosing,
  escalation,
  'coordinator-digest': coordinatorDigest,
  'next-term': nextTerm,
  'weekly-summary': weeklySummary,
};

/** A card of its own on Friday afternoons, which people asked for; all others share the morning. */
const MORNING_KINDS = (Object.keys(CONTRIBUTORS) as NoticeKind[]).filter((kind) => kind !== 'weekly-summary');

/** At most one card per person: what it is about, in the order of CONTRIBUTORS. */
export interface MorningCard {
  recipientId: string;
  parts: WantedNotice[];
}

/** A list does not repeat what the same card asks with buttons, and a general one nothing that the card shows at all. */
const GENERAL: NoticeKind[] = ['term-opening', 'monthly-digest', 'term-closing'];
const LISTED: NoticeKind[] = ['overdue', 'due-soon'];

const withoutRepeats = (parts: WantedNotice[]): WantedNotice[] => {
  const ids = (n: WantedNotice): string[] => ('obligationIds' in n ? n.obligationIds : []);
  const asked = new Set(parts.filter((n) => n.kind === 'check-in').flatMap(ids));
  const shown = new Set(parts.filter((n) => !GENERAL.includes(n.kind)).flatMap(ids));
  return parts.map((n) => {
    if (!('obligationIds' in n)) return n;
    if (LISTED.includes(n.kind)) return { ...n, obligationIds: n.obligationIds.filter((id) => !asked.has(id)) };
    if (!GENERAL.includes(n.kind)) return n;
    const obligationIds = n.obligationIds.filter((id) => !shown.has(id));
    for (const id of obligationIds) shown.add(id);
    return { ...n, obligationIds };
  });
};

/**
 * Merges wanted notices to one card per person, persons in order of first appearance. Every part keeps its identity, also one
 * whose list is empty because other parts show it all: the store notes them all as planned.
 */
export const morning = (wanted: WantedNotice[]): MorningCard[] =>
  [...Map.groupBy(wanted, (n) => n.recipientId)].map(([recipientId, parts]) => ({
    recipientId,
    parts: withoutRepeats(parts),
  }));

/** The morning cards of `at`: every contributor asked, then merged. */
export const morningCards = (facts: Facts, at: LocalTime): MorningCard[] =>
  morning(MORNING_KINDS.flatMap((kind) => CONTRIBUTORS[kind](facts, at)));

export { dutiesIn, mayNudge, type NudgePart, type ReminderPart } from './nudge.ts';
export { isDoneInstead, plannedUntil, STILL_ASKED_DAYS } from './planned-activity.ts';
export {
  isLastWorkday,
  isQuiet,
  mayStillSend,
  type ReminderJob,
  SCHEDULES,
} from './schedule.ts';
export { type PlanNow, standingOf, stillHolds } from './still-holds.ts';
export * from './types.ts';
