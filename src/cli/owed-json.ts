import { textsOf } from '../cards/index.ts';
import type { Ymd } from '../plan/dates.ts';
import type { Obligation, PeriodName, Standing, State } from '../plan/obligation.ts';
import type { SubjectKind } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';

const { reasons } = textsOf('zh-CN');

/** `owed --json`, DESIGN section 7. */
export interface OwedJson {
  programme: string;
  plan: string;
  requirement: string;
  title: string;
  subject: { kind: SubjectKind; name: string };
  bearer: string;
  shared: boolean;
  period: { kind: PeriodName['kind']; start: Ymd; end: Ymd; label: string };
  target: number;
  measure: string;
  done: number;
  state: State;
  next_checkpoint: Ymd | null;
  assumed: boolean;
  basis: { clause: string; paraphrase: string } | null;
}

/** One element of `owed --json`. `bearer` holds names joined by 、; `next_checkpoint` is null if none lies ahead. */
export const toOwedJson = (
  o: Obligation,
  standing: Standing,
  { programme, shared = false }: { programme: Programme; shared?: boolean },
): OwedJson => ({
  programme: o.programme,
  plan: o.planId,
  requirement: o.requirement.id,
  title: o.requirement.title,
  subject: { kind: o.subject.kind, name: o.subject.name },
  bearer: o.bearerIds.map((id) => rosterOf(programme).personName(id) ?? '').join('、'),
  shared,
  period: { kind: o.period.kind, start: o.period.start, end: o.period.end, label: reasons.period(o.period) },
  target: o.target,
  measure: o.requirement.measure,
  done: standing.done,
  state: standing.state,
  next_checkpoint: standing.nextCheckpoint ?? null,
  assumed: o.requirement.assumed,
  basis: o.requirement.basis ?? null,
});
