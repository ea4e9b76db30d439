import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayAt } from '../plan/clock.ts';
import { databaseOf } from '../store/db.ts';
import { dumpTo } from '../store/dump.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

const KEPT = 7;

/**
 * Copies the embedded store to DATA_DIR/backups each night and keeps seven; `restore` reads them. A database server has its own backups.
 */
export const nightlyDumpJob: Job = {
  name: 'nightly-dump',
  latestDue: atLocal('02:41'),
  run: async (ctx, instant) => {
    const database = databaseOf(ctx.db);
    if (!database) return;
    const dir = join(ctx.config.dataDir, 'backups');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const day = dayAt(instant, ctx.config.timezone);
    await dumpTo(database, join(dir, `${day}.sqlite`));
    const dumps = (await readdir(dir)).filter((file) => /^\d{4}-\d{2}-\d{2}\.sqlite$/.test(file)).sort();
    for (const old of dumps.slice(0, -KEPT)) await rm(join(dir, old));
  },
};
