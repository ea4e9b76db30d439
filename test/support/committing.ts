/** `node committing.ts DIR N`, a separate process: commits N rows in order, and prints the number of each once it is stored. */
import { writeSync } from 'node:fs';
import { inSlices, openEmbedded } from '../../src/store/db.ts';
import { writeMeta } from '../../src/store/meta.ts';
import { migrate } from '../../src/store/migrate.ts';
import { insertOnce, type Slices, transact } from '../../src/store/transaction.ts';

const [dir, count] = process.argv.slice(2);
const N = Number(count);
const { db, close } = await openEmbedded(dir);
await migrate(db);
await commit(0, N / 4);
// Again while others wait for the disk at the same time.
for (let n = N / 4; n < N / 2; n += 5) {
  const together = Array.from({ length: Math.min(5, N / 2 - n) }, (_, i) => commit(n + i, n + i + 1));
  await Promise.all(together);
}
// Again while an import writes ahead, without printing that, and another thread folds the log.
await inSlices(db, (slices) => commit(N / 2, N, slices));
await close();

async function commit(from: number, to: number, slices?: Slices): Promise<void> {
  for (let n = from; n < to; n++) {
    await slices?.ahead((trx) => writeMeta(trx, `ahead ${n}`, '.'.repeat(20_000)));
    // Some rows are larger than a page, so that their commit takes several writes.
    const settings = String(n).padEnd((n % 7) * 3_000, '.');
    const row = { id: `p${n}`, name: `p${n}`, version: n, settings };
    await transact(db, (trx) => insertOnce(trx, 'programme', row));
    writeSync(1, `${n}\n`);
  }
}
