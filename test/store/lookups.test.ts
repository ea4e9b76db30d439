import { Kysely, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { obligationsOfPerson } from '../../src/store/obligations.ts';
import { owedBy } from '../../src/store/owed.ts';
import type { StoredProgramme } from '../../src/store/programmes.ts';
import type { Tables } from '../../src/store/schema.ts';
import { adapt, connect } from '../../src/store/sqlite.ts';

/** The programme is not stored: SQLite's query plan does not depend on its rows. */
const programme = { id: 'p', plans: [], retired: {} } as unknown as StoredProgramme;
const range = { start: '2026-09-01', end: '2027-08-31' };

it.each([
  [
    'what a person bears or may feed',
    (db: Kysely<Tables>) => obligationsOfPerson(db, programme, { id: 'a', feedKeys: ['k'] }, range),
  ],
  ['what people owe', (db: Kysely<Tables>) => owedBy(db, programme, ['a', 'b'], range)],
])('SQLite finds %s by the people, not by scanning all duties of the programme', async (_what, ask) => {
  const database = connect(':memory:');
  const statements: string[] = [];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: adapt(database, true) }),
    log: ({ query }) => void statements.push(query.sql),
  });
  await migrate(db);
  statements.length = 0;
  await ask(db);
  const steps = statements.flatMap((text) =>
    database
      .prepare(`explain query plan ${text}`)
      .all(...Array.from(text.matchAll(/\?/g), () => 'x'))
      .map((row) => String(row.detail)),
  );
  expect(steps.length).toBeGreaterThan(1);
  expect(steps.filter((step) => /SCAN|\(programme_id=\?( AND range_end>\?)?\)/.test(step))).toEqual([]);
  await db.destroy();
});
