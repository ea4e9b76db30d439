import { drawn } from '../../cards/card-text.ts';
import type { ImportModel } from '../../cards/import.ts';
import { importPreview, refused } from '../../cards/index.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { importEntries, insertAudit } from '../../store/audit.ts';
import { planFindPeople } from '../../store/find-people.ts';
import { importProgramme } from '../../store/import.ts';
import { post } from '../../store/post.ts';
import { lockVersion } from '../../store/programmes.ts';
import { lockUpload, setUpload } from '../../store/uploads.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsFor } from '../intake/facts.ts';
import { importsWorkbooks } from './import-scope.ts';

/** Imports what was previewed and confirmed, all of it or nothing; refused where the programme has changed since. */
export const importWorkbookChore: ChoreKind<'import_workbook', void> = {
  fetch: async () => {},

  async settle(trx, ctx, { upload: id }) {
    const upload = await lockUpload<ImportModel>(trx, id);
    if (upload?.state !== 'confirmed' || !upload.input) return [];
    const { openId, programmeId } = upload;
    const now = ctx.now();
    const facts = await factsFor(trx, ctx, { openId, now, cause: CAUSE.upload(id), post: { programmeId } });
    if (facts?.programme.id !== programmeId || !importsWorkbooks(facts)) return [];
    const letter = { identity: NOTICE.imported(id), kind: 'import', to: openId, programmeId, personId: facts.me.id };
    if ((await lockVersion(trx, programmeId)) !== upload.version) {
      await setUpload(trx, upload, 'stale');
      const card = refused({ reason: 'stale_import' }, facts.t);
      return post(trx, facts, { ...letter, ...drawn(card, letter) });
    }
    const { rows } = await importProgramme(trx, upload.input, { now, today: facts.today, newId: ctx.newId });
    const by = { actor: facts.me.id, now, newId: ctx.newId };
    await insertAudit(trx, programmeId, by, importEntries(programmeId, rows));
    await setUpload(trx, upload, 'imported');
    const card = importPreview({ ...upload.shown, outcome: 'done' }, facts.t);
    return [
      ...(await post(trx, facts, { ...letter, ...drawn(card, letter) })),
      ...(await planFindPeople(trx, programmeId, CAUSE.upload(id), facts)),
    ];
  },
};
