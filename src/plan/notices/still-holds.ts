import type { Activity } from '../activity.ts';
import type { Ymd } from '../dates.ts';
import { doersOf } from '../feeds.ts';
import type { FindingOf } from '../inspection.ts';
import type { Obligation } from '../obligation.ts';
import { standingOn } from '../standing.ts';
import type { ReminderPart } from './nudge.ts';
import { plannedUntil } from './planned-activity.ts';

/** Why nothing remains: everything is done, or is no longer asked for. */
export type Lapsed = 'done' | 'void';

type Known = { obligation: Obligation; done: number };

/** The current state of a planned activity. */
export interface PlanNow {
  activity: Activity;
  /** Another record shows that it was done. */
  doneInstead: boolean;
}

/** What has become of a planned activity since its question was decided; `open`: unknown. */
export function standingOf(
  plan: PlanNow | undefined,
  asked: { until: Ymd },
): 'open' | 'done' | 'moved' | 'attempted' | 'gone' {
  const status = plan?.activity.status;
  if (!plan || status === 'withdrawn' || status === 'cancelled') return 'gone';
  if (status === 'done' || plan.doneInstead) return 'done';
  if (status === 'attempted') return status;
  return plannedUntil(plan.activity) === asked.until ? 'open' : 'moved';
}

/**
 * The parts of a card that still hold on `day`, just before it is sent: without duties done or moved meanwhile, planned activities
 * with a known outcome and answered findings. `waiting`: how many reports wait for a tap. Says why if nothing remains.
 */
export function stillHolds(
  parts: ReminderPart[],
  known: ReadonlyMap<string, Known>,
  day: Ymd,
  {
    plans = new Map(),
    waiting = 0,
    findings = [],
    credited,
  }: {
    plans?: ReadonlyMap<string, PlanNow>;
    waiting?: number;
    findings?: FindingOf[];
    credited?: ReadonlyMap<string, Activity>;
  } = {},
): { parts: ReminderPart[] } | { lapsed: Lapsed } {
  const reasons = new Set<Lapsed>();
  const open = (id: string, personId: string): boolean => {
    const duty = known.get(id);
    const stillOwed = duty && !duty.obligation.waived && duty.obligation.bearerIds.includes(personId);
    if (!stillOwed) reasons.add('void');
    else if (standingOn(duty.obligation, duty.done, day).state === 'met') reasons.add('done');
    else return true;
    return false;
  };
  const remaining = parts.flatMap((part): ReminderPart[] => {
    if (part.kind === 'coordinator-digest') {
      const people = part.people
        .map((p) => ({ ...p, items: p.items.filter((i) => open(i.obligationId, p.personId)) }))
        .filter((p) => p.items.length > 0);
      // A part without people shows gaps in the lists.
      return people.length > 0 || part.people.length === 0 ? [{ ...part, people }] : [];
    }
    if (part.kind === 'waiting') {
      if (waiting === 0) reasons.add('done');
      return waiting > 0 ? [part] : [];
    }
    if (part.kind === 'planned-activity') {
      const standing = standingOf(plans.get(part.activityId), part);
      if (standing === 'open') return [part];
      reasons.add(standing === 'done' ? 'done' : 'void');
      return [];
    }
    if (part.kind === 'credited') {
      const a = credited?.get(part.activityId);
      if (a?.status === 'done' && doersOf(a).includes(part.recipientId)) return [part];
      reasons.add('void');
      return [];
    }
    if (part.kind === 'finding-due') {
      const current = findings.find((f) => f.inspectionId === part.inspectionId && f.finding.n === part.n);
      if (current?.finding.state === 'open') return [part];
      reasons.add('done');
      return [];
    }
    if (!('obligationIds' in part)) return [part];
    // An escalation is about other people's duties.
    const bearer = part.kind === 'escalation' ? undefined : part.recipientId;
    const ids = part.obligationIds.filter((id) => open(id, bearer ?? known.get(id)?.obligation.bearerIds[0] ?? ''));
    return ids.length > 0 ? [{ ...part, obligationIds: ids }] : [];
  });
  return remaining.length > 0 ? { parts: remaining } : { lapsed: reasons.has('done') ? 'done' : 'void' };
}
