/** Every contributor by name, and the morning card that merges their notices. */

import type { LocalTime } from '../clock.ts';
import { checkInNotices } from './check-in.ts';
import { coordinatorDigestNotices } from './coordinator-digest.ts';
import { creditedNotices, worthACard } from './credited.ts';
import { documentsDueNotices } from './documents-due.ts';
import { dueSoonNotices } from './due-soon.ts';
import { escalationNotices } from './escalation.ts';
import { findingDueNotices } from './finding-due.ts';
import { lapsedNotices } from './lapsed.ts';
import { monthlyDigestNotices } from './monthly-digest.ts';
import { newYearNotices } from './new-year.ts';
import { nextTermNotices } from './next-term.ts';
import { overdueNotices } from './overdue.ts';
import { plannedActivityNotices } from './planned-activity.ts';
import { secondmentCheckInNotices } from './secondment-check-in.ts';
import { termClosingNotices, termOpeningNotices } from './term.ts';
import { lastSchoolDay, termThanksNotices } from './term-thanks.ts';
import type { Contributor, NoticeFacts, NoticeKind, WantedNotice } from './types.ts';
import { waitingNotices } from './waiting.ts';
import { weeklySummaryNotices } from './weekly-summary.ts';

/** In the order of their parts on a merged card. */
export const CONTRIBUTORS: Record<NoticeKind, Contributor> = {
  waiting: waitingNotices,
  'secondment-check-in': secondmentCheckInNotices,
  'planned-activity': plannedActivityNotices,
  credited: creditedNotices,
  'finding-due': findingDueNotices,
  'term-opening': termOpeningNotices,
  'monthly-digest': monthlyDigestNotices,
  overdue: overdueNotices,
  lapsed: lapsedNotices,
  'due-soon': dueSoonNotices,
  'documents-due': documentsDueNotices,
  'check-in': checkInNotices,
  'term-closing': termClosingNotices,
  escalation: escalationNotices,
  'coordinator-digest': coordinatorDigestNotices,
  'term-thanks': termThanksNotices,
  'next-term': nextTermNotices,
  'new-year': newYearNotices,
  'weekly-summary': weeklySummaryNotices,
};

/** The weekly summary is a separate card on Friday afternoons, by subscription; all others share the morning. */
const MORNING_KINDS = (Object.keys(CONTRIBUTORS) as NoticeKind[]).filter((kind) => kind !== 'weekly-summary');

/** At most one card per person; its parts are in the order of CONTRIBUTORS. */
export interface MorningCard {
  recipientId: string;
  parts: WantedNotice[];
}

/** A list omits what the same card asks with buttons; a general list omits everything that the card shows elsewhere. */
const GENERAL: NoticeKind[] = ['term-opening', 'monthly-digest', 'term-closing'];
const LISTED: NoticeKind[] = ['overdue', 'due-soon'];

function withoutRepeats(parts: WantedNotice[]): WantedNotice[] {
  const ids = (n: WantedNotice): string[] => ('obligationIds' in n ? n.obligationIds : []);
  const inCheckIn = new Set(parts.filter((n) => n.kind === 'check-in').flatMap(ids));
  const shown = new Set(parts.filter((n) => !GENERAL.includes(n.kind)).flatMap(ids));
  return parts.map((n) => {
    if (!('obligationIds' in n)) return n;
    if (LISTED.includes(n.kind)) return { ...n, obligationIds: n.obligationIds.filter((id) => !inCheckIn.has(id)) };
    if (!GENERAL.includes(n.kind)) return n;
    const obligationIds = n.obligationIds.filter((id) => !shown.has(id));
    for (const id of obligationIds) shown.add(id);
    return { ...n, obligationIds };
  });
}

/**
 * Merges wanted notices into one card per person, persons in order of first appearance. Every part keeps its identity, even if
 * its list is empty because other parts show everything: the store marks them all as planned.
 */
export const merged = (wanted: WantedNotice[]): MorningCard[] =>
  [...Map.groupBy(wanted, (n) => n.recipientId)].map(([recipientId, parts]) => ({
    recipientId,
    parts: withoutRepeats(parts),
  }));

/** The morning cards of `at`: all contributors' notices, merged. */
export const morningCards = (facts: NoticeFacts, at: LocalTime): MorningCard[] =>
  merged(MORNING_KINDS.flatMap((kind) => CONTRIBUTORS[kind](facts, at))).filter(({ parts }) =>
    worthACard(parts, at.slice(0, 10)),
  );

export { dutiesIn, mayNudge, type NudgePart, type ReminderPart } from './nudge.ts';
export { isDoneInstead, plannedUntil, STILL_ASKED_DAYS } from './planned-activity.ts';
export {
  EARLY,
  hourOf,
  isLastWorkday,
  isQuiet,
  mayStillPlan,
  mayStillSend,
  QUIET,
  type ReminderJob,
  SCHEDULES,
} from './schedule.ts';
export { type PlanNow, standingOf, stillHolds } from './still-holds.ts';
export * from './types.ts';
export { lastSchoolDay };
