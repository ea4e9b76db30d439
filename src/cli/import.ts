import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Core } from '../app/core.ts';
import { BadFile, readPresets, readProgramme } from '../files.ts';
import { problemText } from '../plan/problems.ts';
import { rosterWarnings } from '../plan/roster-warnings.ts';
import { importEntries, insertAudit } from '../store/audit.ts';
import { planFindPeople } from '../store/find-people.ts';
import { againstRows, importProgramme } from '../store/import.ts';
import { BadRows } from '../store/import-rows.ts';
import type { Hint } from '../store/notices.ts';
import { listProgrammes, programmesByName, type StoredProgramme } from '../store/programmes.ts';
import { readRows } from '../workbook/read.ts';
import { agreedRows, refusedAt, type Taken } from '../workbook/take.ts';
import { LIMITS } from '../workbook/unpack.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { todayOf } from './moments.ts';
import { findSchool } from './names.ts';
import { warningLines } from './roster-warnings.ts';

export const importFile: OperatorCommand = {
  usage: 'import FILE [--dry] [--strict] [--programme NAME] [--school NAME]',
  summary:
    'store a file: YAML (all or nothing), or XLSX and CSV as schools keep them (every valid row; with --strict all or nothing)',
  run: async ({ args, io, core }) => {
    const options = {
      dry: { type: 'boolean' },
      strict: { type: 'boolean' },
      programme: { type: 'string' },
      school: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file] = positionals;
    if (!file || positionals.length > 1) throw new Usage('import takes one file');
    const { ctx } = core;
    const storedOf = await programmesByName(ctx.db, ctx.programmeOf);
    const at = { now: ctx.now(), today: todayOf(core), newId: ctx.newId };
    const path = resolve(io.cwd, file);
    const read = /\.(?:xlsx|xlsm|xls|et|csv|tsv)$/i.test(path)
      ? await rowsIn(path, core, storedOf, values)
      : { programme: readProgramme(path, storedOf), problems: [] };
    for (const note of 'notes' in read ? read.notes : []) io.err(`${note}\n`);
    const { programme, problems } = read;
    if (!programme || (values.strict && problems.length > 0)) throw new BadFile(problems);
    for (const problem of problems) io.err(`${problemText(problem)}\n`);
    let hints: Hint[] = [];
    const done = await importProgramme(ctx.db, programme, {
      ...at,
      clock: ctx.now,
      ...(values.dry && { dry: true }),
      progress: tellingOf(io.err),
      withSwitch: async (trx, { programmeId, rows }) => {
        const by = { actor: 'administrator', now: at.now, newId: at.newId };
        await insertAudit(trx, programmeId, by, importEntries(programmeId, rows));
        hints = await planFindPeople(trx, programmeId, `import:${at.now}`, at);
      },
    }).catch((error: unknown) => {
      if (!(error instanceof BadRows)) throw error;
      throw new BadFile(error.problems.map((problem) => ({ ...problem, file: basename(file) })));
    });
    const { rows } = done;
    const warnings = rosterWarnings(done.programme, at.today);
    await ctx.deliver(hints);
    for (const row of rows) io.out(`${row.outcome.padEnd(8)} ${row.list} ${row.name}\n`);
    for (const { name, roles } of rows)
      if (roles)
        io.out(
          `roles    ${[name, ...roles.given.map((r) => `+${r}`), ...roles.taken.map((r) => `-${r}`)].join(' ')}\n`,
        );
    for (const { name, was } of rows) if (was) io.out(`renamed  ${was} is now ${name}: the same account\n`);
    for (const line of warningLines(warnings)) io.out(`warning  ${line}\n`);
    const count = (outcome: string) => rows.filter((r) => r.outcome === outcome).length;
    const parts = ['new', 'changed', 'same', 'known', 'kept'].map((o) => `${count(o)} ${o}`).join(', ');
    const refused = new Set(problems.map((p) => p.path)).size;
    const refusedRows = refused > 0 ? `; ${refused} rows refused` : '';
    io.out(`${values.dry ? 'would import' : 'imported'} ${programme.name}: ${parts}${refusedRows}\n`);
    return 0;
  },
};

const TELL_EVERY_MS = 1_000;

/** A progress line each second for long work. */
function tellingOf(err: (text: string) => void): (done: number, of: number) => void {
  let lastShown = performance.now();
  return (done, of) => {
    if (performance.now() - lastShown < TELL_EVERY_MS) return;
    lastShown = performance.now();
    err(`duties ${done} of ${of}\n`);
  };
}

/** The rows of a workbook or CSV that contradict neither the file nor the store. */
async function rowsIn(
  path: string,
  core: Core,
  storedOf: (name: string) => StoredProgramme | undefined,
  values: { programme?: string; school?: string },
): Promise<Taken & { notes: string[] }> {
  const { ctx } = core;
  const all = await listProgrammes(ctx.db);
  const only = values.programme ?? (all.length === 1 ? all[0]!.name : undefined);
  // A file that is too large is not even read into memory.
  const bytes = statSync(path).size > LIMITS.bytes ? Buffer.alloc(LIMITS.bytes + 1) : readFileSync(path);
  const today = todayOf(core);
  const found = await readRows(bytes, basename(path), { today, terms: storedOf(only ?? '')?.terms ?? [] });
  const stored = storedOf(found.name ?? only ?? '');
  const schoolId = values.school && stored ? findSchool([stored], values.school).id : undefined;
  const about = {
    presets: readPresets(),
    ...(only && { name: only }),
    ...(stored && { stored }),
    ...(schoolId && { schoolId }),
  };
  const taken = await agreedRows(found, about, async (programme, rowsOf) => {
    return refusedAt(await againstRows(ctx.db, programme), rowsOf);
  });
  return { ...taken, notes: found.notes };
}
