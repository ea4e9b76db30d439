import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Who saw pupils' names, exported, confirmed or erased what, and when. Never edited; ids only, no names. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'audit')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('at', c.instant, (col) => col.notNull())
    .addColumn('actor', c.id, (col) => col.notNull())
    .addColumn('act', c.word, (col) => col.notNull())
    .addColumn('target', c.key, (col) => col.notNull())
    .addColumn('detail', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('audit_pk', ['id'])
    .execute();
  // For the yearly audit and for retention.
  await index(db, 'audit_at', 'audit', ['programme_id', 'at']);
}
