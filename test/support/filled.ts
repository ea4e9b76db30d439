import { randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { parse } from 'yaml';
import { openCore } from '../../src/app/core.ts';
import { readConfig } from '../../src/config.ts';
import { readPresets } from '../../src/files.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { openEmbedded, openMysql } from '../../src/store/db.ts';
import { importProgramme } from '../../src/store/import.ts';
import { transact } from '../../src/store/transaction.ts';

/**
 * Leaves what `jiedui import FILE` would for a process with these settings, but without starting one: one second instead of
 * six, for tests that are not about the import. Its duties count from the real today.
 */
export async function filledStore(env: Record<string, string>, file: string): Promise<void> {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { databaseUrl, dataDir, timezone } = read.config;
  const store = databaseUrl ? openMysql(databaseUrl) : await openEmbedded(dataDir);
  const core = await openCore(read.config, { store, log: pino({ level: 'silent' }) });
  const parsed = parseProgramme(parse(readFileSync(file, 'utf8')), file, readPresets());
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const today = Temporal.Now.plainDateISO(timezone).toString();
  const at = { now: core.ctx.now(), today, newId: () => randomUUIDv7() };
  await transact(core.ctx.db, (trx) => importProgramme(trx, parsed.programme, at));
  await core.close();
}
