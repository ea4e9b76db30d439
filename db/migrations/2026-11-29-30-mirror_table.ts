import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/**
 * One list of a mirrored programme and the Base tables that hold it. Its lease allows one writer at a time. body holds the tables
 * and, while its outcome is open, the current write.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'mirror_table')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('attempt', c.count, (col) => col.notNull())
    .addColumn('due_at', c.instant, (col) => col.notNull())
    .addColumn('lease_until', c.instant, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('mirror_table_pk', ['programme_id', 'kind'])
    .execute();
}
