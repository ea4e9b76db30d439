import type { ImportModel } from '../../cards/import.ts';
import { importPreview, refused } from '../../cards/index.ts';
import { importEntries, insertAudit } from '../../store/audit.ts';
import { planFindPeople } from '../../store/find-people.ts';
import { importProgramme } from '../../store/import.ts';
import { locking } from '../../store/transaction.ts';
import { lockUpload, setUpload } from '../../store/uploads.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsFor } from '../intake/facts.ts';
import { tell } from '../intake/tell.ts';
import { importsWorkbooks } from './import-scope.ts';

/** Imports what was previewed and confirmed, all of it or nothing; refused where the programme has changed since. */
export const importWorkbookChore: ChoreKind<'import_workbook', void> = {
  fetch: async () => {},

  async settle(trx, ctx, { upload: id }) {
    const upload = await lockUpload<ImportModel>(trx, id);
    if (upload?.state !== 'confirmed' || !upload.input) return [];
    const { openId, programmeId } = upload;
    const now = ctx.now();
    const facts = await factsFor(trx, ctx, { openId, now, cause: `upload:${id}` });
    if (!facts || !importsWorkbooks(facts)) return [];
    const to = { openId, programmeId, personId: facts.me.id };
    const { version } = await trx
      .selectFrom('programme')
      .select('version')
      .where('id', '=', programmeId)
      .$call(locking(trx))
      .executeTakeFirstOrThrow();
    if (version !== upload.version) {
      await setUpload(trx, upload, 'stale');
      const card = refused({ reason: 'stale_import' }, facts.t);
      return tell(trx, facts, to, { identity: `imported:${id}`, kind: 'import', card });
    }
    const { rows } = await importProgramme(trx, upload.input, { now, today: facts.today, newId: ctx.newId });
    const by = { actor: facts.me.id, now, newId: ctx.newId };
    await insertAudit(trx, programmeId, by, importEntries(programmeId, rows));
    await setUpload(trx, upload, 'imported');
    const card = importPreview({ ...upload.shown, outcome: 'done' }, facts.t);
    return [
      ...(await tell(trx, facts, to, { identity: `imported:${id}`, kind: 'import', card })),
      ...(await planFindPeople(trx, programmeId, `upload:${id}`, facts)),
    ];
  },
};
