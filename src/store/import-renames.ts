/** People whom a file calls by a new name: their rows, and all rows with that name in their key, are renamed. */
import { renamed } from '../plan/accounts.ts';
import type { Person } from '../plan/people.ts';
import type { Db } from './db.ts';
import { openIdsOf } from './members.ts';
import type { RosterList, StoredProgramme } from './programmes.ts';
import type { Trx } from './transaction.ts';

/** Old names by new ones; empty for a new programme. */
export async function renamesIn(
  db: Db | Trx,
  old: StoredProgramme | undefined,
  people: Person[],
): Promise<Map<string, string>> {
  return old ? renamed(old, people, await openIdsOf(db, old.id)) : new Map();
}

/** Stored rows under their new names; those that change are added to `changed`. */
export function underNewNames<Row extends { id: string }>(
  list: RosterList,
  stored: Map<string, Row>,
  renames: ReadonlyMap<string, string>,
  changed: { list: RosterList; id: string; name: string }[],
): Map<string, Row> {
  if (renames.size === 0) return stored;
  const now = new Map([...renames].map(([after, before]) => [before, after]));
  return new Map(
    [...stored].map(([name, row]) => {
      // A row's name is made of keys joined by an arrow or a stroke.
      const after = name.replace(/[^→|]+/g, (key) => now.get(key) ?? key);
      if (after !== name) changed.push({ list, id: row.id, name: after });
      return [after, row];
    }),
  );
}
