import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Work that needs the network or the disk, planned in one transaction and settled in another. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'chore')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('identity', c.key, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('attempt', c.count, (col) => col.notNull())
    .addColumn('due_at', c.instant, (col) => col.notNull())
    .addColumn('lease_until', c.instant, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('chore_pk', ['id'])
    .addUniqueConstraint('chore_identity', ['identity'])
    .execute();
  // For the sweep.
  await index(db, 'chore_state', 'chore', ['state', 'due_at']);
}
