/** Turns rows of a file into rows of the store: names become ids. */

import type { Problem } from '../plan/problems.ts';
import type { RoleChange } from '../plan/role-changes.ts';
import type { RosterList } from './programmes.ts';

export type RowOutcome = 'new' | 'changed' | 'same' | 'kept' | 'known';
/** The outcome of one row: `kept` is in the store and no longer in the file, `known` was reported in chat already. */
export interface ImportedRow {
  list: RosterList | 'terms' | 'plans' | 'activities';
  name: string;
  outcome: RowOutcome;
  /** For a person: the roles that the row gives and takes. */
  roles?: RoleChange & { personId: string };
  /** For a person: the earlier name, if the account shows that it is the same person. */
  was?: string;
  /** For a record that the row changes: its present owner. */
  wasById?: string;
}

/** A file that contradicts the store. Its problems say where the rows are, never whom they name. */
export class BadRows extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((p) => `${p.path}: ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

/** The lists in an order in which each refers only to earlier ones. */
export const importOrder: RosterList[] = [
  'districts',
  'schools',
  'people',
  'pairings',
  'mentorships',
  'pupils',
  'cares',
  'waivers',
];

export type IdOf = (list: RosterList, name: string | undefined) => string | undefined;

/** The fields of each list that refer to other lists. */
const references: Partial<Record<RosterList, Record<string, RosterList>>> = {
  schools: { districtId: 'districts' },
  people: { schoolId: 'schools', districtId: 'districts' },
  pairings: { supporterId: 'schools', recipientId: 'schools', team: 'people' },
  mentorships: { mentorId: 'people', menteeId: 'people' },
  pupils: { schoolId: 'schools' },
  cares: { mentorId: 'people', pupilId: 'pupils' },
  waivers: { personId: 'people', schoolId: 'schools', pairingId: 'pairings', pupilId: 'pupils' },
};

export function refer(list: RosterList, value: Record<string, unknown>, idOf: IdOf): Record<string, unknown> {
  const result = { ...value };
  for (const [field, target] of Object.entries(references[list] ?? {})) {
    const name = result[field];
    if (Array.isArray(name)) result[field] = name.map((n) => idOf(target, n));
    else if (name !== undefined) result[field] = idOf(target, name as string);
  }
  return result;
}
