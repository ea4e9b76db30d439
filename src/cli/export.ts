import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Core } from '../app/core.ts';
import { textsOf } from '../cards/index.ts';
import { groupName } from '../cards/summary.ts';
import { type ArchiveOf, writeArchive } from '../export/archive.ts';
import { writeCompliance } from '../export/compliance.ts';
import { writeInspection } from '../export/inspection.ts';
import { writeLedger } from '../export/ledger.ts';
import { safeName } from '../export/names.ts';
import { writeWorkbook } from '../export/workbook.ts';
import { pairingsCalled } from '../plan/called.ts';
import { DAY_MS } from '../plan/clock.ts';
import { rosterOf } from '../plan/roster.ts';
import { type Realm, summaryDays } from '../plan/summary.ts';
import { insertAudit } from '../store/audit.ts';
import { readerOf } from '../store/db.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { transact } from '../store/transaction.ts';
import { fillingOf } from '../workbook/filling.ts';
import { templateSheets } from '../workbook/template.ts';
import { type Operation, type OperatorCommand, Usage } from './command.ts';
import { dateArg, todayOf } from './moments.ts';
import { findPerson, findPupil, findSchool } from './names.ts';

const options = {
  out: { type: 'string' },
  programme: { type: 'string' },
  school: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  pupils: { type: 'boolean' },
  pairing: { type: 'string' },
  pupil: { type: 'string' },
  person: { type: 'string' },
  size: { type: 'string' },
  seed: { type: 'string' },
} as const;

export const exportFile: OperatorCommand = {
  usage:
    'export ledger [--programme NAME] [--school NAME] [--from DATE] [--to DATE] [--pupils] [--out FILE]\n  export archive --pairing A→B | --pupil NAME | --person NAME [--pupils] [--out FILE]\n  export inspection [--school NAME] [--size N] [--seed WORD] [--pupils] [--out FILE]\n  export template [--school NAME] [--pupils] [--out FILE]\n  export compliance [--from DATE] [--to DATE] [--out FILE]',
  summary: 'the ledger as a workbook, an archive as a ZIP and more; pupils’ names only with --pupils, which is logged',
  run: async (operation) => {
    const { values, positionals } = parseArgs({ args: operation.args, options, allowPositionals: true });
    const [what] = positionals;
    if (positionals.length !== 1 || !['ledger', 'archive', 'inspection', 'template', 'compliance'].includes(what ?? ''))
      throw new Usage('export takes one of: ledger, archive, inspection, template, compliance');
    if (what === 'archive') return archive(operation, values);
    if (what === 'inspection') return inspection(operation, values);
    if (what === 'template') return template(operation, values);
    if (what === 'compliance') return compliance(operation, values);
    const programme = await oneProgramme(operation.core, values.programme);
    const { io, core } = operation;
    const realm: Realm = values.school
      ? { kind: 'school', id: findSchool([programme], values.school).id }
      : { kind: 'programme' };
    const t = textsOf('zh-CN');
    const file = await target(
      operation,
      values.out,
      `${t.ledger.title}-${values.school ?? programme.name}-${todayOf(core)}.xlsx`,
    );
    const dates = { start: dateArg(values.from ?? '0001-01-01', core), end: dateArg(values.to ?? '9999-12-31', core) };
    const mayName = () => values.pupils === true;
    const order = { realm, dates, mayName, timezone: core.ctx.config.timezone };
    const rows = await writeLedger(readerOf(core.ctx.db), programme, file, order, t);
    await logExport(core, programme, 'export', `ledger ${values.pupils ? 'with pupils' : ''}`.trim());
    io.out(`${file}: ${rows} activities\n`);
    return 0;
  },
};

/** A sample of the term's activities with their photos, and the schools' table; photos of pupils' activities only with --pupils. */
async function inspection(operation: Operation, values: Values): Promise<number> {
  const { core, io } = operation;
  const programme = await oneProgramme(core, values.programme);
  const t = textsOf('zh-CN');
  const today = todayOf(core);
  const days = summaryDays(programme, 'term', today);
  const n = Number(values.size ?? 20);
  if (!days || !Number.isInteger(n) || n < 1)
    throw new Usage('--size must be at least 1, and the programme must have terms');
  const seed = values.seed ?? today;
  const realm: Realm = values.school
    ? { kind: 'school', id: findSchool([programme], values.school).id }
    : { kind: 'programme' };
  const file = await target(
    operation,
    values.out,
    `${t.inspection.title}-${values.school ?? programme.name}-${seed}.zip`,
  );
  const order = { realm, days, today, n, seed, mayName: () => values.pupils === true };
  const drawn = await writeInspection(readerOf(core.ctx.db), core.ctx.vault, programme, file, order, t);
  await logExport(core, programme, 'inspect', `${seed}${values.pupils ? ' with pupils' : ''}`);
  io.out(`${file}: ${drawn} activities, seed ${seed}\n`);
  return 0;
}

/** A workbook to fill in, with the known rows of the programme or of one school. */
async function template(operation: Operation, values: Values): Promise<number> {
  const { core, io } = operation;
  const programme = await oneProgramme(core, values.programme);
  const only = values.school ? findSchool([programme], values.school).id : undefined;
  const { pupil } = rosterOf(programme);
  const filling = fillingOf(programme, core.ctx.presets(), {
    school: (id) => only === undefined || id === only,
    pupil: (id) => values.pupils === true && (only === undefined || pupil.get(id)?.schoolId === only),
  });
  const t = textsOf('zh-CN');
  const name = `${t.import.template}-${values.school ?? programme.name}-${todayOf(core)}.xlsx`;
  const file = await target(operation, values.out, name);
  await writeWorkbook(file, templateSheets(core.ctx.presets(), filling));
  await logExport(core, programme, 'export', `template${values.pupils ? ' with pupils' : ''}`);
  io.out(`${file}\n`);
  return 0;
}

/** The yearly facts about minors' data; without dates, the last twelve months. */
async function compliance(operation: Operation, values: Values): Promise<number> {
  const { core, io } = operation;
  const programme = await oneProgramme(core, values.programme);
  const t = textsOf('zh-CN');
  const { db, config, now } = core.ctx;
  const { timezone } = config;
  const start = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds;
  const to = values.to
    ? start(Temporal.PlainDate.from(dateArg(values.to, core)).add({ days: 1 }).toString())
    : now() + 1;
  const from = values.from ? start(dateArg(values.from, core)) : to - 365 * DAY_MS;
  const file = await target(operation, values.out, `${t.compliance.title}-${programme.name}-${todayOf(core)}.xlsx`);
  const rows = await writeCompliance(db, programme, file, { from, to, timezone }, t);
  await logExport(core, programme, 'export', 'compliance');
  io.out(`${file}: ${rows} rows\n`);
  return 0;
}

type Values = { [K in keyof typeof options]?: (typeof options)[K]['type'] extends 'boolean' ? boolean : string };

async function archive(operation: Operation, values: Values): Promise<number> {
  const { core, io } = operation;
  const programme = await oneProgramme(core, values.programme);
  const t = textsOf('zh-CN');
  const of = archiveOf(programme, values);
  // A file name must not contain the name of a person or pupil.
  const school = of.kind === 'pairing' ? groupName(programme, 'pairing', of.id) : programme.name;
  const today = todayOf(core);
  const file = await target(operation, values.out, `${t.archive.title}-${school}-${today}-${of.id.slice(-6)}.zip`);
  const mayName = () => values.pupils === true;
  const { db, vault, config } = core.ctx;
  const order = { of, today, timezone: config.timezone, mayName };
  const n = await writeArchive(db, vault, programme, file, order, t);
  await logExport(core, programme, 'archive', `${of.kind}:${of.id}${values.pupils ? ' with pupils' : ''}`);
  io.out(`${file}: ${n} activities\n`);
  return 0;
}

/** The subject that was named: a pairing by its schools, a pupil, or a person. */
function archiveOf(programme: StoredProgramme, { pairing, pupil, person }: Values): ArchiveOf {
  const given = [pairing, pupil, person].filter((name) => name !== undefined);
  if (given.length !== 1) throw new Usage('export archive takes one of --pairing, --pupil, --person');
  if (person !== undefined) return { kind: 'person', id: findPerson([programme], person).id };
  if (pupil !== undefined) return { kind: 'pupil', id: findPupil([programme], pupil).id };
  const found = pairingsCalled(programme, pairing!);
  if (found.length !== 1) throw new Usage(`${found.length === 0 ? 'no' : found.length} pairing ${pairing}`);
  return { kind: 'pairing', id: found[0]!.id };
}

/** The programme of that name, or the only one. */
export async function oneProgramme({ ctx }: Core, name: string | undefined): Promise<StoredProgramme> {
  const all = await listProgrammes(ctx.db);
  const found = name === undefined ? all : all.filter((p) => p.name === name);
  if (found.length === 1) return ctx.programmeOf(ctx.db, found[0]!.id);
  throw new Usage(
    found.length === 0
      ? `no programme${name ? ` named ${name}` : ''}`
      : `--programme is one of: ${all.map((p) => p.name).join(', ')}`,
  );
}

/** The path of the file: as asked, else in DATA_DIR/exports. */
export async function target({ io, config }: Operation, out: string | undefined, name: string): Promise<string> {
  const file = out === undefined ? join(resolve(config.dataDir), 'exports', safeName(name)) : resolve(io.cwd, out);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return file;
}

/** Logs what an operator exported or removed. */
export async function logExport({ ctx }: Core, programme: StoredProgramme, act: string, detail: string): Promise<void> {
  const by = { actor: 'administrator', now: ctx.now(), newId: ctx.newId };
  await transact(ctx.db, (trx) =>
    insertAudit(trx, programme.id, by, [{ act, target: `programme:${programme.id}`, detail }]),
  );
}
