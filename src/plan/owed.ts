/** What other programs and people are shown of an obligation. */
import type { Ymd } from './dates.ts';
import type { Obligation, PeriodKind, Standing, State } from './obligation.ts';
import type { SubjectKind } from './plan.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** `owed --json`, DESIGN section 7. */
export interface OwedJson {
  programme: string;
  plan: string;
  requirement: string;
  title: string;
  subject: { kind: SubjectKind; name: string };
  bearer: string;
  shared: boolean;
  period: { kind: PeriodKind; start: Ymd; end: Ymd; label: string };
  target: number;
  measure: string;
  done: number;
  state: State;
  next_checkpoint: Ymd | null;
  assumed: boolean;
  basis: { clause: string; paraphrase: string } | null;
}

/** One element of `owed --json`. `bearer` are names joined by 、; `next_checkpoint` is null where nothing lies ahead. */
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
  bearer: o.bearerIds.map((id) => rosterOf(programme).person.get(id)?.name ?? '').join('、'),
  shared,
  period: { kind: o.period.kind, start: o.period.start, end: o.period.end, label: o.period.label },
  target: o.target,
  measure: o.requirement.measure,
  done: standing.done,
  state: standing.state,
  next_checkpoint: standing.nextCheckpoint ?? null,
  assumed: o.requirement.assumed,
  basis: o.requirement.basis ?? null,
});

export interface OwnObligation {
  obligation: Obligation;
  /** True for one that the person does not bear, but whose count a report of the person can raise. */
  shared: boolean;
}

/** One's own obligations, then those of one's school and its pairings that one's reports can feed, each in given order. */
export const ownObligations = (obligations: Obligation[], programme: Programme, personId: string): OwnObligation[] => {
  const roster = rosterOf(programme);
  const school = roster.person.get(personId)?.schoolId;
  const keys = new Set(
    school === undefined
      ? []
      : [
          `school:${school}`,
          ...(roster.pairingsOfSchool.get(school) ?? []).map(
            (p) => `pairing:${p.id}:${p.supporterId === school ? 'supporter' : 'recipient'}`,
          ),
        ],
  );
  const own = obligations.filter((o) => o.bearerIds.includes(personId));
  const shared = obligations.filter((o) => !o.bearerIds.includes(personId) && o.feedKeys.some((key) => keys.has(key)));
  return [
    ...own.map((obligation) => ({ obligation, shared: false })),
    ...shared.map((obligation) => ({ obligation, shared: true })),
  ];
};
