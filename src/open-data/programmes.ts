import type { Programme } from '../plan/programme.ts';
import type { Group } from '../plan/summary.ts';
import type { OpenColumn } from './column.ts';
import { STATES } from './obligations.ts';

const count = (name: string, says: string, of: (p: Programme) => number): OpenColumn<Programme> => ({
  name,
  type: 'integer',
  says,
  of,
});

export const PROGRAMME_COLUMNS: readonly OpenColumn<Programme>[] = [
  { name: 'id', type: 'string', says: 'Selects the programme in the other lists', of: (p) => p.id },
  { name: 'name', type: 'string', says: 'Name', of: (p) => p.name },
  { name: 'version', type: 'integer', says: 'Increases with every change of roster or plans', of: (p) => p.version },
  { name: 'plans', type: 'strings', says: 'Ids of the plans in use', of: (p) => p.plans.map((use) => use.plan.id) },
  {
    name: 'terms',
    type: 'strings',
    says: 'Terms as START..END, in order',
    of: (p) => p.terms.map((t) => `${t.start}..${t.end}`).toSorted(),
  },
  count('schools', 'Schools', (p) => p.schools.length),
  count('pairings', 'Pairings', (p) => p.pairings.length),
  count('people', 'Staff', (p) => p.people.length),
  count('pupils', 'Pupils in care', (p) => p.pupils.length),
];

/** One requirement, school or pairing of a summary; `key` and `name` are empty in the total line. */
export interface OpenSummary {
  group: Group;
  name: string;
}

export const SUMMARY_COLUMNS: readonly OpenColumn<OpenSummary>[] = [
  {
    name: 'key',
    type: 'string',
    says: 'plan/requirement, or the id of the school or pairing; empty in the total',
    of: ({ group }) => group.key ?? '',
  },
  { name: 'name', type: 'string', says: 'Display name', of: ({ name }) => name },
  ...STATES.map(
    (state): OpenColumn<OpenSummary> => ({
      name: state,
      type: 'integer',
      says: `Obligations that are ${state}`,
      of: ({ group }) => group.counts[state],
    }),
  ),
  { name: 'met_now', type: 'integer', says: 'Met in the span up to today', of: ({ group }) => group.metNow },
  { name: 'met_before', type: 'integer', says: 'Met in the span before', of: ({ group }) => group.metBefore },
];
