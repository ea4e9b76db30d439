import type { ImportModel } from '../../cards/import.ts';
import { type Card, importPreview, refused } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import type { Plan } from '../../plan/plan.ts';
import { planChore } from '../../store/chores.ts';
import { againstRows, importProgramme } from '../../store/import.ts';
import type { ImportedRow } from '../../store/import-rows.ts';
import { type Trx, transact } from '../../store/transaction.ts';
import { insertUpload } from '../../store/uploads.ts';
import { type FileRows, readRows } from '../../workbook/read.ts';
import { agreedRows, refusedAt, type Taken } from '../../workbook/take.ts';
import { LIMITS } from '../../workbook/unpack.ts';
import type { ChoreKind } from '../chores.ts';
import { type Facts, loadFacts } from '../intake/facts.ts';
import { reply } from '../intake/tell.ts';
import { importsWorkbooks, outOfScope } from './import-scope.ts';
import type { SendFileBody } from './send-file.ts';

export interface WorkbookBody {
  upload: string;
  openId: string;
  messageId: string;
  fileKey: string;
  fileName: string;
}

const MOST_PROBLEMS = 200;
const MOST_NOTES = 10;

/** Fetches a file, reads it, and shows what it would change and which rows cannot be taken; nothing is changed before that is confirmed. */
export const readWorkbook: ChoreKind<WorkbookBody, FileRows> = {
  async fetch(ctx, { upload, openId, messageId, fileKey, fileName }) {
    const source = { messageId, fileKey, type: 'file' as const, maxBytes: LIMITS.bytes };
    const { data } = await ctx.lark.download(source);
    const facts = await transact(ctx.db, (trx) => loadFacts(trx, ctx.programmeOf, asked(ctx, openId, upload)));
    const today = facts?.today ?? Temporal.Instant.fromEpochMilliseconds(ctx.now()).toString().slice(0, 10);
    return readRows(data, fileName, { today, terms: facts?.programme.terms ?? [] });
  },

  async settle(trx, ctx, body, got) {
    const { upload: id, openId, messageId, fileName } = body;
    const now = ctx.now();
    const facts = await loadFacts(trx, ctx.programmeOf, asked(ctx, openId, id));
    if (!facts || !importsWorkbooks(facts)) return [];
    const answer = (card: Card) => reply(trx, facts, { messageId, identity: `import:${id}`, card });
    if (got instanceof LarkRefused) return answer(refused({ reason: 'bad_file', detail: got.advice }, facts.t));
    const taken = await takenBy(trx, facts, got, ctx.presets());
    const input = taken.programme;
    const rows = input ? (await importProgramme(trx, input, { ...facts, dry: true })).rows : [];
    const count = (outcome: ImportedRow['outcome']) => rows.filter((r) => r.outcome === outcome).length;
    const shown: ImportModel = {
      import: id,
      file: fileName,
      created: count('new'),
      updated: count('changed'),
      unchanged: count('same') + count('known'),
      absent: count('kept'),
      usable: taken.rows.length,
      roles: roleLines(rows),
      notes: got.notes.slice(0, MOST_NOTES),
      problems: taken.problems.slice(0, MOST_PROBLEMS).map((p) => ({ at: p.path || p.file, text: p.message })),
    };
    const { id: programmeId, version } = facts.programme;
    const upload = { id, programmeId, version, openId, shown };
    await insertUpload(trx, { ...upload, state: input ? 'previewed' : 'refused', ...(input && { input }) }, now);
    const hints = await answer(importPreview(shown, facts.t));
    if (taken.problems.length === 0) return hints;
    // Who was refused something gets the form that is known to be taken, filled with what is known.
    const form: SendFileBody = { openId, order: { what: 'template' } };
    const chore = { id: facts.newId(), identity: `template:${id}`, kind: 'send_file', body: form };
    return [...hints, ...(await planChore(trx, chore, now))];
  },
};

const asked = (ctx: Ctx, openId: string, upload: string) => {
  const now = ctx.now();
  const cause = `upload:${upload}`;
  return { openId, now, said: now, group: false, cause, timezone: ctx.config.timezone, newId: ctx.newId };
};

const roleLines = (rows: ImportedRow[]): ImportModel['roles'] =>
  rows.flatMap(({ name, roles }) => (roles ? [{ name, ...roles }] : []));

/** The rows that are left when those are refused that the store, or the rights of who sent them, speak against. */
async function takenBy(trx: Trx, facts: Facts, found: FileRows, presets: Map<string, Plan>): Promise<Taken> {
  const { programme, me, t } = facts;
  if (found.name !== undefined && found.name !== programme.name) {
    const message = t.import.otherProgramme(programme.name);
    return { rows: [], problems: [{ file: found.file, path: found.name, message }] };
  }
  const about = { presets, name: programme.name, stored: programme, ...(me.schoolId && { schoolId: me.schoolId }) };
  return agreedRows(found, about, async (input, rowOf) => {
    const against = refusedAt(await againstRows(trx, input), rowOf);
    if (against.size > 0) return against;
    const { rows } = await importProgramme(trx, input, { ...facts, dry: true });
    return new Map(
      outOfScope(facts, input, rows).flatMap(({ list, name }) => {
        const row = rowOf(list, name);
        const who = list === 'people' ? `${name}：` : '';
        return row ? [[row, `${who}${t.import.outOfScope}`] as const] : [];
      }),
    );
  });
}
