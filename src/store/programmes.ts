import { sql } from 'kysely';
import type { Requirement } from '../plan/plan.ts';
import type { Holiday, PlanUse, Programme, Reminding, Term, YearBegun } from '../plan/programme.ts';
import type { Db } from './db.ts';
import { breathing, inChunks, isSqlite, locking, type Trx } from './transaction.ts';

/** The lists of a programme that are stored as roster rows, by their property. */
export const rosterLists = {
  districts: 'district',
  schools: 'school',
  people: 'person',
  pairings: 'pairing',
  mentorships: 'mentorship',
  pupils: 'pupil',
  cares: 'care',
  waivers: 'waiver',
  leaves: 'leave',
} as const;
export type RosterList = keyof typeof rosterLists;

/** The contents of a programme's own row. `retired`: former requirements that stored obligations still name. */
export interface ProgrammeSettings {
  terms: Term[];
  holidays?: Holiday[];
  reminders?: Reminding;
  plans: PlanUse[];
  retired: Record<string, Requirement>;
  yearsBegun?: YearBegun[];
}

/** A programme as stored. The value is immutable: a change makes a new version. */
export interface StoredProgramme extends Programme {
  retired: Record<string, Requirement>;
}

export const requirementKey = (planId: string, requirementId: string): string => `${planId}/${requirementId}`;

/**
 * Loads programmes and caches each version: a county's roster is read once, not for every message. A caller that has just read the version
 * saves a query.
 */
export type ProgrammeReader = (db: Db | Trx, id: string, version?: number) => Promise<StoredProgramme>;

export function programmeReader(): ProgrammeReader {
  const known = new Map<string, StoredProgramme>();
  return async (db, id, version) => {
    const before = known.get(id);
    if (before && before.version === version) return before;
    const row = await db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    if (before?.version === row.version) return before;
    const { settings, ...rest } = row;
    const programme = await withRoster(db, { ...rest, ...(JSON.parse(settings) as ProgrammeSettings) });
    known.set(id, programme);
    return programme;
  };
}

/** A programme with its stored rows, in the order in which every process reads them. */
export const withRoster = async (
  db: Db | Trx,
  programme: ProgrammeSettings & { id: string; name: string; version: number },
): Promise<StoredProgramme> => ({ ...programme, ...(await readRoster(db, programme.id)) });

async function readRoster(db: Db | Trx, id: string): Promise<Pick<Programme, RosterList>> {
  const rows = await db
    .selectFrom('roster')
    .select(['kind', 'body'])
    .where('programme_id', '=', id)
    .orderBy('kind')
    .orderBy('name')
    .execute();
  const lists = Object.fromEntries(Object.keys(rosterLists).map((list) => [list, [] as unknown[]]));
  const listOf = Object.fromEntries(Object.entries(rosterLists).map(([list, kind]) => [kind, list]));
  const breathe = breathing();
  for (const row of rows) {
    lists[listOf[row.kind]!]!.push(JSON.parse(row.body));
    await breathe();
  }
  return lists as unknown as Pick<Programme, RosterList>;
}

export async function listProgrammes(db: Db | Trx): Promise<{ id: string; name: string; version: number }[]> {
  return db.selectFrom('programme').select(['id', 'name', 'version']).orderBy('name').execute();
}

/** The stored programmes by name, for files that hold only a part. */
export async function programmesByName(
  db: Db | Trx,
  programmeOf: ProgrammeReader,
): Promise<(name: string) => StoredProgramme | undefined> {
  const stored = new Map<string, StoredProgramme>();
  for (const { id, name } of await listProgrammes(db)) stored.set(name, await programmeOf(db, id));
  return (name) => stored.get(name);
}

/** Identities of one list: name → id, stored value, and what the file last said. */
export async function rosterByName(
  db: Db | Trx,
  programmeId: string,
  list: RosterList,
): Promise<Map<string, { id: string; body: string; imported: string | null }>> {
  const rows = await db
    .selectFrom('roster')
    .select(['id', 'name', 'body', 'imported'])
    .where('programme_id', '=', programmeId)
    .where('kind', '=', rosterLists[list])
    .execute();
  return new Map(rows.map(({ name, ...row }) => [name, row]));
}

export type RosterRow = { list: RosterList; name: string; value: { id: string } };

/** New or changed rows of a file. `said`: the file's content, if the stored row also keeps earlier facts. */
export type ImportedRosterRow = RosterRow & { said?: object };

/** Writes a file's rows over those of the same ids, and stores what the file said. */
export async function writeImported(trx: Trx, programmeId: string, rows: ImportedRosterRow[]): Promise<void> {
  for (const part of inChunks(rows)) {
    const insert = trx.insertInto('roster').values(
      part.map(({ list, name, value, said = value }) => ({
        ...{ programme_id: programmeId, kind: rosterLists[list], id: value.id, name },
        body: JSON.stringify(value),
        imported: JSON.stringify(said),
      })),
    );
    const written = isSqlite(trx)
      ? insert.onConflict((conflict) =>
          conflict
            .columns(['programme_id', 'kind', 'id'])
            .doUpdateSet((eb) => ({ body: eb.ref('excluded.body'), imported: eb.ref('excluded.imported') })),
        )
      : insert.onDuplicateKeyUpdate({ body: sql`values(body)`, imported: sql`values(imported)` });
    await written.execute();
  }
}

/** Adds rows that a command makes. */
export async function insertRoster(trx: Trx, programmeId: string, rows: RosterRow[]): Promise<void> {
  for (const part of inChunks(rows)) {
    await trx
      .insertInto('roster')
      .values(
        part.map(({ list, name, value }) => ({
          ...{ programme_id: programmeId, kind: rosterLists[list], id: value.id, name },
          body: JSON.stringify(value),
          imported: null,
        })),
      )
      .execute();
  }
}

export async function updateRoster(
  trx: Trx,
  programmeId: string,
  list: RosterList,
  value: { id: string },
): Promise<void> {
  await trx
    .updateTable('roster')
    .set({ body: JSON.stringify(value) })
    .where('programme_id', '=', programmeId)
    .where('kind', '=', rosterLists[list])
    .where('id', '=', value.id)
    .execute();
}

/** Gives a row another name, by which files find it from now on. */
export async function renameRoster(
  trx: Trx,
  programmeId: string,
  list: RosterList,
  id: string,
  name: string,
): Promise<void> {
  await trx
    .updateTable('roster')
    .set({ name })
    .where('programme_id', '=', programmeId)
    .where('kind', '=', rosterLists[list])
    .where('id', '=', id)
    .execute();
}

export async function deleteRoster(trx: Trx, programmeId: string, list: RosterList, id: string): Promise<void> {
  await trx
    .deleteFrom('roster')
    .where('programme_id', '=', programmeId)
    .where('kind', '=', rosterLists[list])
    .where('id', '=', id)
    .execute();
}

/** Stores new settings and makes the next version, so that every process reads the programme again. */
export async function saveProgramme(
  trx: Trx,
  programme: { id: string; name: string; settings: ProgrammeSettings },
): Promise<void> {
  const settings = JSON.stringify(programme.settings);
  const result = await trx
    .updateTable('programme')
    .set((eb) => ({ settings, version: eb('version', '+', 1) }))
    .where('id', '=', programme.id)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) > 0) return;
  await trx.insertInto('programme').values({ id: programme.id, name: programme.name, version: 1, settings }).execute();
}

/** The version of a programme, locked until this transaction ends; undefined if there is no such programme. */
export async function lockVersion(trx: Trx, programmeId: string): Promise<number | undefined> {
  const query = trx.selectFrom('programme').select('version').where('id', '=', programmeId);
  return (await query.$call(locking(trx)).executeTakeFirst())?.version;
}

/** Makes the next version after a change of the roster alone. */
export async function nextVersion(trx: Trx, programmeId: string): Promise<void> {
  await trx
    .updateTable('programme')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', programmeId)
    .execute();
}
