/** `node committing.ts DIR N`, a separate process: commits N rows one by one, and prints the number of each once it is stored. */
import { writeSync } from 'node:fs';
import { openEmbedded } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { insertOnce, transact } from '../../src/store/transaction.ts';

const [dir, count] = process.argv.slice(2);
const { db, close } = await openEmbedded(dir);
await migrate(db);
for (let n = 0; n < Number(count); n++) {
  // Some rows are larger than a page, so that their commit takes several writes.
  const settings = String(n).padEnd((n % 7) * 3_000, '.');
  const row = { id: `p${n}`, name: `p${n}`, version: n, settings };
  await transact(db, (trx) => insertOnce(trx, 'programme', row));
  writeSync(1, `${n}\n`);
}
await close();
