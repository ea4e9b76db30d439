import { pupilKey } from '../plan/file-names.ts';
import { rosterOf } from '../plan/roster.ts';
import { insertAudit } from './audit.ts';
import { rememberErased } from './erased.ts';
import { nextVersion, type StoredProgramme } from './programmes.ts';
import { activitiesOfPupil } from './pupil-activities.ts';
import { NO_WORDS } from './retention.ts';
import type { Tables } from './schema.ts';
import { type Place, scrub, without } from './scrub.ts';
import { inChunks, type Trx } from './transaction.ts';

type Who = { kind: 'person' | 'pupil'; id: string };

export interface Forgotten {
  /** Rows that held the name, by table. */
  rows: Partial<Record<keyof Tables, number>>;
  /** Photo files to delete after commit. */
  files: string[];
}

/** Columns with text that people wrote, which may hold the name. */
const PLACES = [
  ['roster', 'body'],
  ['roster', 'imported'],
  ['roster', 'name'],
  ['activity', 'body'],
  ['activity_change', 'body'],
  ['obligation', 'body'],
  ['draft', 'body'],
  ['help_request', 'body'],
  ['inspection', 'body'],
  ['arrangement', 'body'],
  ['notice', 'body'],
  ['reminder', 'body'],
  ['check_in', 'reason'],
  ['claim', 'name'],
  ['upload', 'body'],
  ['chore', 'body'],
  ['mirror_table', 'body'],
].map(([table, column]) => ({ table, column }) as Place);

/** Columns that hold a Feishu user, besides `member`. */
const ADDRESSES = [
  ['notice', 'recipient'],
  ['notice', 'identity'],
  ['notice', 'body'],
  ['claim', 'open_id'],
  ['upload', 'open_id'],
  ['roster_base', 'open_id'],
  ['calendar_event', 'open_id'],
  ['chore', 'body'],
].map(([table, column]) => ({ table, column }) as Place);

/** Tables whose rows have a name. */
const NAMED = ['person', 'pupil', 'school', 'district'];

/**
 * Erases a person or pupil: a mark replaces the name, personal details and photos are deleted; ids, activities and counts stay. Names that
 * contain this one stay (李晓梅, if 李晓 is erased); of two people with the very same name both lose it in free text. `dry` only counts.
 */
export async function forget(
  trx: Trx,
  programme: StoredProgramme,
  who: Who,
  { now, newId, dry }: { now: number; newId: () => string; dry: boolean },
): Promise<Forgotten> {
  const roster = rosterOf(programme);
  const value = (who.kind === 'person' ? roster.person : roster.pupil).get(who.id)!;
  const { name } = value;
  const mark = `已删除${who.id.slice(-6)}`;
  const longer = namesHolding(programme, name);
  const anywhere = (text: string) => without(text, name, mark, longer);
  const { name: key } = await trx
    .selectFrom('roster')
    .select('name')
    .where('programme_id', '=', programme.id)
    .where('kind', '=', who.kind)
    .where('id', '=', who.id)
    .executeTakeFirstOrThrow();
  const files = await photosOf(trx, programme, who);
  const rows: Forgotten['rows'] = { evidence: files.length };
  for (const place of PLACES) {
    const rewrite = (text: string, row: Record<string, unknown>): string => {
      const { table, column } = place;
      if (table !== 'roster' && table !== 'obligation') return anywhere(text);
      if (concerns(programme, who, JSON.parse(table === 'roster' ? String(row.body) : text))) return anywhere(text);
      // In rows about others, only their free text, such as a reason.
      return column === 'name' || NAMED.includes(String(row.kind)) ? text : inWords(text, anywhere);
    };
    // As JSON writes it, which for nearly every name is the name itself.
    const word = JSON.stringify(name).slice(1, -1);
    rows[place.table] = (rows[place.table] ?? 0) + (await scrub(trx, programme.id, place, { word, dry, rewrite }));
  }
  if (dry) return { rows, files: [] };
  const bare = who.kind === 'pupil' ? [pupilKey(roster.schoolName(value.schoolId), name)] : [];
  await rememberErased(trx, programme.id, who.kind, [key, ...bare], newId);
  const kept = who.kind === 'person' ? ['id', 'schoolId', 'districtId', 'roles', 'from', 'to'] : ['id', 'schoolId'];
  const keptFields = { ...Object.fromEntries(Object.entries(value).filter(([k]) => kept.includes(k))), name: mark };
  await trx
    .updateTable('roster')
    .set({ body: JSON.stringify(keptFields), imported: null })
    .where('programme_id', '=', programme.id)
    .where('kind', '=', who.kind)
    .where('id', '=', who.id)
    .execute();
  if (who.kind === 'person') await forgetAddress(trx, programme.id, who.id);
  for (const part of inChunks(files))
    await trx.updateTable('evidence').set({ state: 'deleted', link: null }).where('file', 'in', part).execute();
  const entry = { act: 'forget', target: `${who.kind}:${who.id}` };
  await insertAudit(trx, programme.id, { actor: 'administrator', now, newId }, [entry]);
  await nextVersion(trx, programme.id);
  return { rows, files };
}

/** Names of others that contain this one, the longest first. */
function namesHolding(
  { people, pupils, schools, districts, name: programmeName }: StoredProgramme,
  name: string,
): string[] {
  const known = [...people, ...pupils, ...schools, ...districts].map((x) => x.name);
  const all = new Set([programmeName, ...known, ...schools.flatMap((s) => s.short)]);
  return [...all].filter((n) => n !== name && n.includes(name)).toSorted((a, b) => b.length - a.length);
}

/** Whether a roster row or a duty is about this person or pupil, by the ids in it. */
function concerns(programme: StoredProgramme, who: Who, row: { id?: string; subject?: { id: string } }): boolean {
  const { care, mentorship } = rosterOf(programme);
  const about = row.subject
    ? { id: row.subject.id, ...care.get(row.subject.id), ...mentorship.get(row.subject.id) }
    : row;
  return Object.entries(about).some(([key, id]) => id === who.id && (key === 'id' || key.endsWith('Id')));
}

/** Rewrites every text of a JSON value except names. */
const inWords = (json: string, rewrite: (text: string) => string): string =>
  JSON.stringify(
    JSON.parse(json, (key, value) => (typeof value === 'string' && key !== 'name' ? rewrite(value) : value)),
  );

/** Replaces the person's Feishu ids everywhere, so that messages no longer go out and nothing identifies the account. */
async function forgetAddress(trx: Trx, programmeId: string, personId: string): Promise<void> {
  const members = trx.selectFrom('member').where('programme_id', '=', programmeId).where('person_id', '=', personId);
  for (const [i, { open_id: word }] of (await members.select('open_id').execute()).entries()) {
    // These columns are ASCII only.
    const rewrite = (text: string) => text.replaceAll(word, `forgotten-${personId.slice(-6)}-${i}`);
    for (const place of ADDRESSES) await scrub(trx, programmeId, place, { word, dry: false, rewrite });
  }
  const notices = trx.updateTable('notice').where('programme_id', '=', programmeId).where('person_id', '=', personId);
  await notices.set({ state: 'dropped', reason: 'forgotten' }).where('state', '=', 'planned').execute();
  await notices.set({ body: NO_WORDS }).where('state', '!=', 'claimed').execute();
  await trx.deleteFrom('member').where('programme_id', '=', programmeId).where('person_id', '=', personId).execute();
}

/** The photos that a person sent, or those of the activities about a pupil. */
async function photosOf(trx: Trx, programme: StoredProgramme, who: Who): Promise<string[]> {
  const base = trx
    .selectFrom('evidence')
    .select('file')
    .where('programme_id', '=', programme.id)
    .where('state', '!=', 'deleted');
  if (who.kind === 'person') return (await base.where('person_id', '=', who.id).execute()).map((r) => r.file);
  const files: string[] = [];
  const ids = (await activitiesOfPupil(trx, programme, who.id)).map((a) => a.id);
  for (const part of inChunks(ids))
    files.push(...(await base.where('activity_id', 'in', part).execute()).map((r) => r.file));
  return files;
}
