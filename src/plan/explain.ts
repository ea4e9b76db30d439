/** 「为什么」: the clause behind an obligation and the activities behind its count, as plain facts for a card or a table. */
import type { Activity } from './activity.ts';
import { credit } from './credit.ts';
import type { Ymd } from './dates.ts';
import { kindsOf } from './feeds.ts';
import type { Obligation, Standing } from './obligation.ts';
import type { Programme } from './programme.ts';
import type { NotCounted } from './reasons.ts';
import { checkpointsOf, standing } from './standing.ts';

export interface Explanation {
  title: string;
  subject: string;
  clause?: string;
  paraphrase?: string;
  /** True if the source does not give the figure; the card says so. */
  assumed: boolean;
  period: Obligation['period'];
  standing: Standing;
  target: number;
  checkpoints: { date: Ymd; wanted: number; reached: boolean }[];
  counted: Activity[];
  /** Activities of the required kinds that did not count, with the reason; other kinds are irrelevant. */
  notCounted: { activity: Activity; reason: NotCounted }[];
}

/** Explains one obligation on `day`. `activities` are those that share a feed key with it. */
export function explain(obligation: Obligation, activities: Activity[], programme: Programme, day: Ymd): Explanation {
  const { requirement, period } = obligation;
  const credited = credit(obligation, activities, programme, day);
  const byId = new Map(activities.map((a) => [a.id, a]));
  const kinds = kindsOf(requirement);
  return {
    title: requirement.title,
    subject: obligation.subject.name,
    ...(requirement.basis && { clause: requirement.basis.clause, paraphrase: requirement.basis.paraphrase }),
    assumed: requirement.assumed,
    period,
    standing: standing(obligation, credited.done, day),
    target: obligation.target,
    checkpoints: checkpointsOf(obligation).map((c) => ({ ...c, reached: credited.done >= c.wanted })),
    counted: credited.counted.flatMap((id) => byId.get(id) ?? []),
    notCounted: credited.notCounted.flatMap(({ activityId, reason }) => {
      const activity = byId.get(activityId);
      return activity && kinds.includes(activity.kind) ? [{ activity, reason }] : [];
    }),
  };
}
