/** Compares a file with what is stored. Nothing is written. */
import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../plan/people.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import { roleChange } from '../plan/role-changes.ts';
import type { Db } from './db.ts';
import { erasedRows } from './erased.ts';
import { activityOf, ledgerRow } from './import-ledger.ts';
import { renamesIn, underNewNames } from './import-renames.ts';
import { BadRows, type ImportedRow, importOrder, refer } from './import-rows.ts';
import { settingRows, settingsOf, unclearTerms } from './import-settings.ts';
import { withHistory } from './import-spells.ts';
import {
  type ImportedRosterRow,
  type ProgrammeSettings,
  programmeReader,
  type RosterList,
  rosterByName,
  type StoredProgramme,
} from './programmes.ts';
import type { LedgerChange } from './record.ts';
import { breathing, type Trx } from './transaction.ts';

export interface Decided {
  programmeId: string;
  /** The programme as stored; undefined for a new one. */
  old?: StoredProgramme;
  /** The outcome of each row of the file, and of the rows that it lacks. */
  rows: ImportedRow[];
  roster: ImportedRosterRow[];
  /** Rows that the file calls by a new name. */
  renamed: { list: RosterList; id: string; name: string }[];
  settings: ProgrammeSettings;
  sameSettings: boolean;
  ledger: LedgerChange[];
  /** Feishu users that the file names. */
  users: { openId: string; personId: string }[];
}

/** Decides what a file changes. Throws BadRows. */
export async function decideImport(
  db: Db | Trx,
  input: ProgrammeInput,
  at: { today: string; newId: () => string },
): Promise<Decided> {
  const before = await db.selectFrom('programme').selectAll().where('name', '=', input.name).executeTakeFirst();
  const programmeId = before?.id ?? at.newId();
  const rows: ImportedRow[] = [];
  const ids = new Map<string, string>();
  const idOf = (list: RosterList, name: string | undefined) =>
    name === undefined ? undefined : (ids.get(`${list} ${name}`) ?? name);

  const old = before && (await programmeReader()(db, programmeId));
  const bad = [...(before ? await erasedRows(db, programmeId, input) : []), ...unclearTerms(input, old)];
  if (bad.length > 0) throw new BadRows(bad);
  const roster: ImportedRosterRow[] = [];
  const renames = await renamesIn(db, old, input.people);
  const renamed: Decided['renamed'] = [];
  const began = (old ?? input).terms.map((term) => term.start).sort()[0] ?? at.today;
  const breathe = breathing();
  for (const list of importOrder) {
    const stored = before
      ? underNewNames(list, await rosterByName(db, programmeId, list), renames, renamed)
      : new Map();
    const named = input[list as keyof ProgrammeInput] as unknown as { id: string }[];
    for (const value of named) ids.set(`${list} ${value.id}`, stored.get(value.id)?.id ?? at.newId());
    for (const value of named) {
      await breathe();
      const name = value.id;
      const kept = { ...refer(list, value as never, idOf), id: ids.get(`${list} ${name}`)! };
      const known = stored.get(name);
      stored.delete(name);
      const row = known ? withHistory(list, known.body, kept, { today: at.today, began }) : kept;
      // Compared with what the file said last time: a command's change stays until the file says something new. A file that repeats what
      // is stored changes nothing either, whatever it said before.
      const same = known && ((known.imported ?? known.body) === JSON.stringify(kept) || isSame(known.body, row));
      if (!same) roster.push({ list, name, value: row, ...(known && { said: kept }) });
      const roles = list === 'people' && !same ? rolesOf(known?.body, value as unknown as Person) : undefined;
      rows.push({
        list,
        name,
        outcome: !known ? 'new' : same ? 'same' : 'changed',
        ...(roles && { roles: { ...roles, personId: kept.id } }),
        ...(list === 'people' && renames.has(name) && { was: renames.get(name)! }),
      });
    }
    for (const [name, { id }] of stored) {
      ids.set(`${list} ${name}`, id);
      rows.push({ list, name, outcome: 'kept' });
    }
  }
  const ledger: LedgerChange[] = [];
  const taken = new Set<string>();
  for (const row of input.activities) {
    const { outcome, change } = await ledgerRow(db, activityOf(row, programmeId, idOf), taken, row.id);
    const owner = change?.what === 'edited' ? { wasById: change.before.byId } : {};
    rows.push({ list: 'activities', name: row.id, outcome, ...owner });
    if (change) ledger.push(change);
  }
  const settings = settingsOf(input, old, idOf);
  rows.push(...settingRows(input, settings, old));
  const users = input.people.flatMap(({ id, openId }) => (openId ? [{ openId, personId: idOf('people', id)! }] : []));
  const sameSettings = before?.settings === JSON.stringify(settings);
  return { programmeId, ...(old && { old }), rows, roster, renamed, settings, sameSettings, ledger, users };
}

const rolesOf = (stored: string | undefined, { roles }: Person) =>
  roleChange(stored === undefined ? undefined : (JSON.parse(stored) as Person).roles, roles);

const isSame = (body: string, value: object): boolean =>
  isDeepStrictEqual(JSON.parse(body), JSON.parse(JSON.stringify(value)));
