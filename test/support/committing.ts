/** A process of its own: `node committing.ts DIR N` commits N rows one by one, and says the number of each once it is kept. */
import { writeSync } from 'node:fs';
import { openEmbedded } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { insertOnce, transact } from '../../src/store/transaction.ts';

const [dir, count] = process.argv.slice(2);
const { db, close } = await openEmbedded(dir);
await migrate(db);
for (let n = 0; n < Number(count); n++) {
  // Some larger than a page, so that a commit is several writes.
  const settings = String(n).padEnd((n % 7) * 3_000, '.');
  const row = { id: `p${n}`, name: `p${n}`, version: n, settings };
  await transact(db, (trx) => insertOnce(trx, 'programme', row));
  writeSync(1, `${n}\n`);
}
await close();
