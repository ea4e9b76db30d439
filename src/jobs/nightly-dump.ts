import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBackup } from '../store/backup-file.ts';
import { isSqlite } from '../store/transaction.ts';
import { atLocal } from './due.ts';
import type { Job } from './job.ts';

const KEPT = 7;

/** Each night the embedded store is dumped to DATA_DIR/backups, seven kept. A database server is backed up by its own means. */
export const nightlyDump: Job = {
  name: 'nightly-dump',
  latestDue: atLocal('02:41'),
  run: async (ctx, instant) => {
    if (!isSqlite(ctx.db)) return;
    const dir = join(ctx.config.dataDir, 'backups');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(ctx.config.timezone).toPlainDate();
    await writeBackup(ctx.db, join(dir, `${day}.backup`));
    const dumps = (await readdir(dir)).filter((file) => /^\d{4}-\d{2}-\d{2}\.backup$/.test(file)).sort();
    for (const old of dumps.slice(0, -KEPT)) await rm(join(dir, old));
  },
};
