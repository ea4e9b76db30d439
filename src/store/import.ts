import { isDeepStrictEqual } from 'node:util';
import type { Ymd } from '../plan/dates.ts';
import type { Person } from '../plan/people.ts';
import type { Problem } from '../plan/problems.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import { roleChange } from '../plan/role-changes.ts';
import { type RosterEdit, withEdits } from '../plan/roster-change.ts';
import { bindPosts } from './bind-posts.ts';
import { followRoster } from './change-roster.ts';
import { erasedRows } from './erased.ts';
import { activityOf, BY_IMPORT, ledgerRow } from './import-ledger.ts';
import { renamesIn, underNewNames } from './import-renames.ts';
import { BadRows, type ImportedRow, importOrder, refer } from './import-rows.ts';
import { settingRows, settingsOf, unclearTerms } from './import-settings.ts';
import { withHistory } from './import-spells.ts';
import { countInFlight } from './in-flight.ts';
import {
  insertRoster,
  programmeReader,
  type RosterList,
  type RosterRow,
  renameRoster,
  rosterByName,
  type StoredProgramme,
  saveProgramme,
  updateRoster,
} from './programmes.ts';
import { type LedgerChange, recordChanges } from './record.ts';
import { inChunks, locking, type Trx } from './transaction.ts';

/**
 * Stores a programme file: makes the programme or changes the one of that name, and recomputes what is owed. Rows that the file
 * no longer has are kept and reported. The ids of `input` are names; here they become stored ids. Same file, same result. With
 * `dry` it only says what would become of each row and of the programme. Throws BadRows.
 */
export async function importProgramme(
  trx: Trx,
  input: ProgrammeInput,
  at: { now: number; today: Ymd; newId: () => string; dry?: boolean },
): Promise<{ programmeId: string; rows: ImportedRow[]; programme: StoredProgramme }> {
  const before = await programmeRow(trx, input.name);
  const programmeId = before?.id ?? at.newId();
  const rows: ImportedRow[] = [];
  const ids = new Map<string, string>();
  const idOf = (list: RosterList, name: string | undefined) =>
    name === undefined ? undefined : (ids.get(`${list} ${name}`) ?? name);

  const read = programmeReader();
  const old = before && (await read(trx, programmeId));
  const bad = [...(before ? await erasedRows(trx, programmeId, input) : []), ...unclearTerms(input, old)];
  if (bad.length > 0) throw new BadRows(bad);
  const fresh: RosterRow[] = [];
  const changed: (Omit<RosterRow, 'name'> & { said: object })[] = [];
  const renames = await renamesIn(trx, old, input.people);
  const newNames: Parameters<typeof underNewNames>[3] = [];
  const began = (old ?? input).terms.map((term) => term.start).sort()[0] ?? at.today;
  for (const list of importOrder) {
    const stored = underNewNames(list, await rosterByName(trx, programmeId, list), renames, newNames);
    const named = input[list as keyof ProgrammeInput] as unknown as { id: string }[];
    for (const value of named) ids.set(`${list} ${value.id}`, stored.get(value.id)?.id ?? at.newId());
    for (const value of named) {
      const name = value.id;
      const kept = { ...refer(list, value as never, idOf), id: ids.get(`${list} ${name}`)! };
      const known = stored.get(name);
      stored.delete(name);
      const row = known ? withHistory(list, known.body, kept, { today: at.today, began }) : kept;
      // Set against what the file said before: what a command has changed since stays until the file says something new.
      // A file that says what is stored already changes nothing either, whatever it said before.
      const same = known && ((known.imported ?? known.body) === JSON.stringify(kept) || isSame(known.body, row));
      if (!known) fresh.push({ list, name, value: kept });
      else if (!same) changed.push({ list, value: row, said: kept });
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
    const { outcome, change } = await ledgerRow(trx, activityOf(row, programmeId, idOf), taken, row.id);
    const was = change?.what === 'edited' ? { wasById: change.before.byId } : {};
    rows.push({ list: 'activities', name: row.id, outcome, ...was });
    if (change) ledger.push(change);
  }
  const settings = settingsOf(input, old, idOf);
  rows.push(...settingRows(input, settings, old));
  const edits = [...fresh, ...changed] as RosterEdit[];
  if (at.dry)
    return { programmeId, rows, programme: withEdits({ ...(old ?? blank(programmeId, input)), ...settings }, edits) };

  for (const { list, id, name } of newNames) await renameRoster(trx, programmeId, list, id, name);
  await insertRoster(trx, programmeId, fresh, 'file');
  for (const { list, value, said } of changed) await updateRoster(trx, programmeId, list, value, said);
  const sameSettings = before?.settings === JSON.stringify(settings);
  const touched = [...fresh, ...changed];
  if (!sameSettings || touched.length > 0) await saveProgramme(trx, { id: programmeId, name: input.name, settings });
  const programme = await read(trx, programmeId);
  const given = new Set(input.people.map((p) => ids.get(`people ${p.id}`)));
  await bindPosts(
    trx,
    programme,
    programme.people.filter((p) => given.has(p.id)),
    at.now,
  );
  const wide = touched.some(({ list }) => list === 'schools' || list === 'districts');
  await followRoster(
    trx,
    [old ?? programme, programme],
    edits.filter(({ list }) => (list as RosterList) !== 'pupils'),
    at.today,
    old && sameSettings && !wide ? 'touched' : 'all',
  );
  for (const part of inChunks(ledger, LEDGER_PART))
    await recordChanges(trx, programme, part, { now: at.now, today: at.today, byId: BY_IMPORT });
  await countInFlight(trx, programme, at.now, at.today);
  return { programmeId, rows, programme };
}

/** What is stored speaks against these rows of a file, each by its path: `importProgramme` would refuse the whole file for them. */
export async function againstRows(trx: Trx, input: ProgrammeInput): Promise<Problem[]> {
  const before = await programmeRow(trx, input.name);
  if (!before) return [];
  const stored = await programmeReader()(trx, before.id);
  return [...(await erasedRows(trx, before.id, input)), ...unclearTerms(input, stored)];
}

const programmeRow = (trx: Trx, name: string) =>
  trx.selectFrom('programme').selectAll().where('name', '=', name).$call(locking(trx)).executeTakeFirst();
const blank = (id: string, { name }: ProgrammeInput) => ({
  ...{ id, name, version: 0, districts: [], schools: [], people: [], pairings: [], mentorships: [] },
  ...{ pupils: [], cares: [], waivers: [], leaves: [] },
});

const rolesOf = (stored: string | undefined, { roles }: Person) =>
  roleChange(stored === undefined ? undefined : (JSON.parse(stored) as Person).roles, roles);

const isSame = (body: string, value: object): boolean =>
  isDeepStrictEqual(JSON.parse(body), JSON.parse(JSON.stringify(value)));

/** Reports recorded at a time: what they touch is locked and counted at once. */
const LEDGER_PART = 200;
