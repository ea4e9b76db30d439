/** Rows of a file on their way to rows of the store: names become ids. */

import type { Problem } from '../plan/problems.ts';
import type { RoleChange } from '../plan/role-changes.ts';
import type { RosterList } from './programmes.ts';

export type RowOutcome = 'new' | 'changed' | 'same' | 'kept' | 'known';
/** What became of one row: `kept` is in the store and no longer in the file, `known` has been reported in chat already. */
export interface ImportedRow {
  list: RosterList | 'terms' | 'plans' | 'activities';
  name: string;
  outcome: RowOutcome;
  /** Of a person: what the row gives and takes. */
  roles?: RoleChange & { personId: string };
  /** Of a person: the name of before, where the account says that it is the same one. */
  was?: string;
  /** Of a record that the row changes: whose it is now. */
  wasById?: string;
}

/** A file that goes against what is stored. Its problems tell where the rows stand, never whom they name. */
export class BadRows extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((p) => `${p.path}: ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

/** The lists in an order in which each refers only to those before it. */
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

/** Where each list's values refer to other lists. */
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
