import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BadFile, readPresets, readProgramme } from '../files.ts';
import type { RosterWarning } from '../plan/checks.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import { rosterWarnings } from '../plan/roster-warnings.ts';
import { importEntries, insertAudit } from '../store/audit.ts';
import { planFindPeople } from '../store/find-people.ts';
import { importProgramme } from '../store/import.ts';
import { BadRows, type ImportedRow } from '../store/import-rows.ts';
import { programmesByName, type StoredProgramme } from '../store/programmes.ts';
import { transact } from '../store/transaction.ts';
import { readWorkbook } from '../workbook/read.ts';
import { LIMITS } from '../workbook/unpack.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { todayOf } from './moments.ts';
import { warningLines } from './roster-warnings.ts';

class DryRun extends Error {}

export const importFile: OperatorCommand = {
  usage: 'import FILE [--dry]',
  summary: 'store a programme file (YAML or XLSX); all of it or nothing, as often as you like',
  run: async ({ args, io, core }) => {
    const { values, positionals } = parseArgs({ args, options: { dry: { type: 'boolean' } }, allowPositionals: true });
    const [file] = positionals;
    if (!file || positionals.length > 1) throw new Usage('import takes one file');
    const { ctx } = core;
    const storedOf = await programmesByName(ctx.db, ctx.programmeOf);
    const programme = await programmeIn(resolve(io.cwd, file), storedOf);
    const at = { now: ctx.now(), today: todayOf(core), newId: ctx.newId };
    let rows: ImportedRow[] = [];
    let warnings: RosterWarning[] = [];
    const hints = await transact(ctx.db, async (trx) => {
      const done = await importProgramme(trx, programme, at);
      rows = done.rows;
      warnings = rosterWarnings(done.programme, at.today);
      if (values.dry) throw new DryRun();
      const by = { actor: 'administrator', now: at.now, newId: at.newId };
      await insertAudit(trx, done.programmeId, by, importEntries(done.programmeId, done.rows));
      return planFindPeople(trx, done.programmeId, `import:${at.now}`, at);
    }).catch((error: unknown) => {
      if (error instanceof BadRows)
        throw new BadFile(error.problems.map((problem) => ({ ...problem, file: basename(file) })));
      if (!(error instanceof DryRun)) throw error;
      return [];
    });
    await ctx.deliver(hints);
    for (const row of rows) io.out(`${row.outcome.padEnd(8)} ${row.list} ${row.name}\n`);
    for (const { name, roles } of rows)
      if (roles)
        io.out(
          `roles    ${[name, ...roles.given.map((r) => `+${r}`), ...roles.taken.map((r) => `-${r}`)].join(' ')}\n`,
        );
    for (const line of warningLines(warnings)) io.out(`warning  ${line}\n`);
    const count = (outcome: string) => rows.filter((r) => r.outcome === outcome).length;
    const parts = ['new', 'changed', 'same', 'known', 'kept'].map((o) => `${count(o)} ${o}`).join(', ');
    io.out(`${values.dry ? 'would import' : 'imported'} ${programme.name}: ${parts}\n`);
    return 0;
  },
};

/** A workbook where the name says so, else YAML. */
async function programmeIn(
  path: string,
  storedOf: (name: string) => StoredProgramme | undefined,
): Promise<ProgrammeInput> {
  if (!/\.xlsx$/i.test(path)) return readProgramme(path, storedOf);
  // Not even read into memory where it is too large to be taken.
  const bytes = statSync(path).size > LIMITS.bytes ? Buffer.alloc(LIMITS.bytes + 1) : readFileSync(path);
  const found = await readWorkbook(bytes, basename(path), readPresets(), storedOf);
  if ('problems' in found) throw new BadFile(found.problems);
  return found.programme;
}
