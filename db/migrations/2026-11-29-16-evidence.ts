import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Photos, files and links that show an activity. The bytes are files under a random name. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'evidence')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('activity_id', c.id)
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('file', c.id, (col) => col.notNull())
    .addColumn('type', c.word)
    .addColumn('size', c.count)
    .addColumn('sha256', c.id)
    .addColumn('link', c.text)
    .addColumn('message_id', c.key, (col) => col.notNull())
    .addColumn('sent_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('evidence_pk', ['programme_id', 'id'])
    .execute();
  // The evidence of an activity, and evidence that waits for one.
  await index(db, 'evidence_activity', 'evidence', ['programme_id', 'activity_id']);
  // The evidence in a recalled message.
  await index(db, 'evidence_message', 'evidence', ['message_id']);
}
