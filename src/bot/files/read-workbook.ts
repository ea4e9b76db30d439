import type { ImportModel } from '../../cards/import.ts';
import { type Card, importPreview, refused } from '../../cards/index.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import type { RosterWarning } from '../../plan/checks.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import type { Problem } from '../../plan/problems.ts';
import type { Programme } from '../../plan/programme.ts';
import type { ProgrammeInput } from '../../plan/programme-file.ts';
import { warningsFor } from '../../plan/roster-warnings.ts';
import { importProgramme } from '../../store/import.ts';
import { BadRows, type ImportedRow } from '../../store/import-rows.ts';
import { programmesByName } from '../../store/programmes.ts';
import { insertUpload } from '../../store/uploads.ts';
import { readWorkbook as read } from '../../workbook/read.ts';
import { LIMITS } from '../../workbook/unpack.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';
import { importsWorkbooks, outOfScope } from './import-scope.ts';

type Got = { programme: ProgrammeInput } | { problems: Problem[] };

const MOST_PROBLEMS = 50;

/** Fetches a workbook, reads it, and shows what it would change; nothing is changed before that is confirmed. */
export const readWorkbookChore: ChoreKind<'read_workbook', Got> = {
  async fetch(ctx, { messageId, fileKey, fileName }) {
    const source = { messageId, fileKey, type: 'file' as const, maxBytes: LIMITS.bytes };
    const { data } = await ctx.lark.download(source);
    return read(data, fileName, ctx.presets(), await programmesByName(ctx.db, ctx.programmeOf));
  },

  async settle(trx, ctx, body, got) {
    const { upload: id, openId, messageId, fileName } = body;
    const now = ctx.now();
    const facts = await factsFor(trx, ctx, { openId, now, cause: CAUSE.upload(id) });
    if (!facts || !importsWorkbooks(facts)) return [];
    const answer = (card: Card) => reply(trx, facts, { messageId, identity: NOTICE.importPreview(id), card });
    if (got instanceof LarkRefused) return answer(refused({ reason: 'bad_file', detail: got.advice }, facts.t));
    const found = 'problems' in got ? { rows: [], problems: got.problems } : await compared(trx, facts, got.programme);
    const count = (outcome: ImportedRow['outcome']) => found.rows.filter((r) => r.outcome === outcome).length;
    const shown: ImportModel = {
      import: id,
      file: fileName,
      created: count('new'),
      updated: count('changed'),
      unchanged: count('same') + count('known'),
      absent: count('kept'),
      roles: roleLines(found.rows),
      ...(found.programme && { lacking: lackingOf(warningsFor(facts.me, found.programme)) }),
      problems: found.problems.slice(0, MOST_PROBLEMS).map((p) => ({ at: p.path || p.file, text: p.message })),
    };
    const bad = found.problems.length > 0;
    const { id: programmeId, version } = facts.programme;
    const input = bad || 'problems' in got ? {} : { input: got.programme };
    await insertUpload(
      trx,
      { id, programmeId, version, openId, state: bad ? 'refused' : 'previewed', shown, ...input },
      now,
    );
    return answer(importPreview(shown, facts.t));
  },
};

const lackingOf = (all: RosterWarning[]): ImportModel['lacking'] => ({
  first: all.slice(0, MOST_PROBLEMS),
  count: all.length,
});

const roleLines = (rows: ImportedRow[]): ImportModel['roles'] =>
  rows.flatMap(({ name, roles }) => (roles ? [{ name, ...roles }] : []));

/** What would become of each row, and what its sender may not write. */
async function compared(
  trx: Parameters<typeof importProgramme>[0],
  facts: Facts,
  input: ProgrammeInput,
): Promise<{ rows: ImportedRow[]; problems: Problem[]; programme?: Programme }> {
  const { programme, now, today, newId, t } = facts;
  const problem = (path: string, message: string): Problem => ({ file: '', path, message });
  if (input.name !== programme.name)
    return { rows: [], problems: [problem(input.name, t.import.otherProgramme(programme.name))] };
  const found = await importProgramme(trx, input, { now, today, newId, dry: true }).catch((error: unknown) => {
    if (error instanceof BadRows) return { rows: [], problems: error.problems };
    throw error;
  });
  if ('problems' in found) return found;
  const { rows, programme: then } = found;
  const beyond = outOfScope(facts, input, rows);
  return { rows, problems: beyond.map((row) => problem(row.name, t.import.outOfScope)), programme: then };
}
