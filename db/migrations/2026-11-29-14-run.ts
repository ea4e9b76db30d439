import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The instants at which each job has run; the latest missing one runs, older ones are superseded. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'run')
    .addColumn('job', c.id, (col) => col.notNull())
    .addColumn('instant', c.instant, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('started_at', c.instant, (col) => col.notNull())
    .addColumn('finished_at', c.instant)
    .addPrimaryKeyConstraint('run_pk', ['job', 'instant'])
    .execute();
}
