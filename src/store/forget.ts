import { sql } from 'kysely';
import { rosterOf } from '../plan/roster.ts';
import { insertAudit } from './audit.ts';
import { nextVersion, type StoredProgramme } from './programmes.ts';
import { primaryKeys, type Tables } from './schema.ts';
import { inChunks, type Trx } from './transaction.ts';

export interface Forgotten {
  /** Rows in which the name stood, by table. */
  rows: Partial<Record<keyof Tables, number>>;
  /** Names on disk of photos whose bytes must go once this is committed. */
  files: string[];
}

/** Where the text of people stands, and with it possibly the name: table and column. */
const PLACES = [
  ['roster', 'body'],
  ['roster', 'imported'],
  ['roster', 'name'],
  ['activity', 'body'],
  ['activity_change', 'body'],
  ['obligation', 'body'],
  ['draft', 'body'],
  ['help_request', 'body'],
  ['notice', 'body'],
  ['reminder', 'body'],
  ['check_in', 'reason'],
  ['claim', 'name'],
  ['upload', 'body'],
  ['chore', 'body'],
] as const;

/**
 * Erases a person or pupil: the name gives way to a mark wherever it stands, personal details, the Feishu user and the photos
 * go; ids, activities and counts stay, so that the ledger still adds up. In the caller's transaction; `dry` only counts.
 * Another person of the same name keeps theirs in the roster, but loses it in free text, which cannot tell them apart.
 */
export async function forget(
  trx: Trx,
  programme: StoredProgramme,
  who: { kind: 'person' | 'pupil'; id: string },
  at: { now: number; newId: () => string; dry: boolean },
): Promise<Forgotten> {
  const roster = rosterOf(programme);
  const name = (who.kind === 'person' ? roster.person : roster.pupil).get(who.id)!.name;
  const mark = `已删除${who.id.slice(-6)}`;
  const files = await photosOf(trx, programme, who);
  const rows: Forgotten['rows'] = { evidence: files.length };
  for (const [table, column] of PLACES) {
    const changed = await scrub(trx, programme.id, { table, column }, { name, mark, dry: at.dry, isSomebodyElse });
    rows[table] = (rows[table] ?? 0) + changed;
  }
  if (at.dry) return { rows, files: [] };
  const list = who.kind === 'person' ? 'person' : 'pupil';
  const kept = who.kind === 'person' ? ['id', 'schoolId', 'districtId', 'roles', 'from', 'to'] : ['id', 'schoolId'];
  const value = (who.kind === 'person' ? roster.person : roster.pupil).get(who.id)!;
  const bare = { ...Object.fromEntries(Object.entries(value).filter(([k]) => kept.includes(k))), name: mark };
  await trx
    .updateTable('roster')
    .set({ body: JSON.stringify(bare), imported: null })
    .where('programme_id', '=', programme.id)
    .where('kind', '=', list)
    .where('id', '=', who.id)
    .execute();
  if (who.kind === 'person')
    await trx.deleteFrom('member').where('programme_id', '=', programme.id).where('person_id', '=', who.id).execute();
  for (const part of inChunks(files))
    await trx.updateTable('evidence').set({ state: 'deleted' }).where('file', 'in', part).execute();
  const entry = { act: 'forget', target: `${who.kind}:${who.id}` };
  await insertAudit(trx, programme.id, { actor: 'administrator', now: at.now, newId: at.newId }, [entry]);
  await nextVersion(trx, programme.id);
  return { rows, files };

  /** A roster row or duty that is about a namesake, by the ids in it. */
  function isSomebodyElse(table: string, text: string): boolean {
    if (table !== 'roster' && table !== 'obligation') return false;
    const { id, subject } = JSON.parse(text) as { id?: string; subject?: { id: string } };
    const namesakes = [...roster.person.values(), ...roster.pupil.values()].filter(
      (p) => p.name === name && p.id !== who.id,
    );
    const about = subject?.id ?? id;
    return namesakes.some((p) => p.id === about || roster.care.get(about ?? '')?.pupilId === p.id);
  }
}

/** The photos a person sent, or those of the activities that name a pupil. */
async function photosOf(trx: Trx, programme: StoredProgramme, who: { kind: string; id: string }): Promise<string[]> {
  const base = trx
    .selectFrom('evidence')
    .select('file')
    .where('programme_id', '=', programme.id)
    .where('state', '!=', 'deleted');
  const cares = (rosterOf(programme).caresOfPupil.get(who.id) ?? []).map((c) => `care:${c.id}`);
  if (who.kind === 'person') return (await base.where('person_id', '=', who.id).execute()).map((r) => r.file);
  if (cares.length === 0) return [];
  const rows = await base
    .where('activity_id', 'in', (q) =>
      q
        .selectFrom('feed')
        .select('activity_id')
        .where('programme_id', '=', programme.id)
        .where('feed_key', 'in', cares),
    )
    .execute();
  return rows.map((r) => r.file);
}

/** Puts the mark in the name's place in one column. Reads every row that holds it, page by page; erasure is rare. */
async function scrub(
  trx: Trx,
  programmeId: string,
  { table, column }: { table: keyof Tables; column: string },
  {
    name,
    mark,
    dry,
    isSomebodyElse,
  }: { name: string; mark: string; dry: boolean; isSomebodyElse: (table: string, text: string) => boolean },
): Promise<number> {
  const key = primaryKeys[table];
  // As JSON writes it, which for nearly every name is the name.
  const written = column === 'name' || column === 'reason' ? name : JSON.stringify(name).slice(1, -1);
  const like = `%${written.replace(/[\\%_]/g, '\\$&')}%`;
  const whole = table === 'roster' ? sql`, body as whole` : sql``;
  const ours = table === 'chore' ? sql`1 = 1` : sql`(programme_id = ${programmeId} or programme_id is null)`;
  const { rows } = await sql<Record<string, string>>`
    select ${sql.join(key.map((k) => sql.ref(k)))}, ${sql.ref(column)} as text_found ${whole} from ${sql.table(table)}
    where ${sql.ref(column)} like ${like} and ${ours}`.execute(trx);
  let changed = 0;
  for (const row of rows) {
    if (isSomebodyElse(table, row.whole ?? row.text_found!)) continue;
    changed += 1;
    if (dry) continue;
    const found = sql.join(
      key.map((k) => sql`${sql.ref(k)} = ${row[k]}`),
      sql` and `,
    );
    const text = row.text_found!.replaceAll(written, mark);
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text} where ${found}`.execute(trx);
  }
  return changed;
}
