/** A process of its own: `node committing.ts DIR N` commits N rows one by one, and says the number of each once it is kept. */
import { writeSync } from 'node:fs';
import { inSlices, openEmbedded } from '../../src/store/db.ts';
import { writeMeta } from '../../src/store/meta.ts';
import { migrate } from '../../src/store/migrate.ts';
import { insertOnce, type Slices, transact } from '../../src/store/transaction.ts';

const [dir, count] = process.argv.slice(2);
const N = Number(count);
const { db, close } = await openEmbedded(dir);
await migrate(db);
await commit(0, N / 2);
// The same while an import writes ahead, of which nothing is told, and another thread folds the log.
await inSlices(db, (slices) => commit(N / 2, N, slices));
await close();

async function commit(from: number, to: number, slices?: Slices): Promise<void> {
  for (let n = from; n < to; n++) {
    await slices?.ahead((trx) => writeMeta(trx, `ahead ${n}`, '.'.repeat(20_000)));
    // Some larger than a page, so that a commit is several writes.
    const settings = String(n).padEnd((n % 7) * 3_000, '.');
    const row = { id: `p${n}`, name: `p${n}`, version: n, settings };
    await transact(db, (trx) => insertOnce(trx, 'programme', row));
    writeSync(1, `${n}\n`);
  }
}
