import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** One outgoing message with an identity; claimed before it is sent. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'notice')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('identity', c.key, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('line', c.word, (col) => col.notNull())
    .addColumn('recipient', c.id, (col) => col.notNull())
    .addColumn('programme_id', c.id)
    .addColumn('person_id', c.id)
    .addColumn('cause', c.key)
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('attempt', c.count, (col) => col.notNull())
    .addColumn('due_at', c.instant, (col) => col.notNull())
    .addColumn('lease_until', c.instant, (col) => col.notNull())
    .addColumn('claimed_at', c.instant)
    .addColumn('sent_at', c.instant)
    .addColumn('message_id', c.id)
    .addColumn('reason', c.text)
    .addColumn('picture', c.count)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('notice_pk', ['id'])
    .addUniqueConstraint('notice_identity', ['identity'])
    .execute();
  // For the sweep.
  await index(db, 'notice_state', 'notice', ['state', 'due_at']);
  // The notices that one event made.
  await index(db, 'notice_cause', 'notice', ['cause']);
  // The notice behind a clicked or read card.
  await index(db, 'notice_message', 'notice', ['message_id']);
  await index(db, 'notice_person', 'notice', ['programme_id', 'person_id']);
}
