/** Which obligations belong to a person. */
import type { Obligation } from './obligation.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export interface OwnObligation {
  obligation: Obligation;
  /** True if the person does not bear it but their reports can raise its count. */
  shared: boolean;
}

/** A person's own obligations, then those of their school and its pairings that their reports can feed, each in the given order. */
export function ownObligations(obligations: Obligation[], programme: Programme, personId: string): OwnObligation[] {
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
  const borne = obligations.filter((o) => o.bearerIds.includes(personId));
  const shared = obligations.filter((o) => !o.bearerIds.includes(personId) && o.feedKeys.some((key) => keys.has(key)));
  return [
    ...borne.map((obligation) => ({ obligation, shared: false })),
    ...shared.map((obligation) => ({ obligation, shared: true })),
  ];
}
