import type { ImportModel } from '../../cards/import.ts';
import { importPreview, notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { CHORE } from '../../plan/identities.ts';
import type { Trx } from '../../store/transaction.ts';
import { undoYear } from '../../store/undo-year.ts';
import { lockUpload, type StoredUpload, setUpload } from '../../store/uploads.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { UNDO_MS } from '../people/arrangement-card.ts';
import { importsWorkbooks } from './import-scope.ts';

/** 确认导入: imports what was previewed, after commit; refused if the programme has changed since. */
export const importConfirmAction: Action<'import_confirm'> = {
  name: 'import_confirm',
  run: async (trx, facts, click) => {
    const upload = await ownUpload(trx, facts, click);
    if (upload.state !== 'previewed') return { say: () => uploadCard(upload, facts) };
    if (upload.version !== facts.programme.version) {
      await setUpload(trx, upload, 'stale');
      return { say: () => uploadCard({ ...upload, state: 'stale' }, facts) };
    }
    await setUpload(trx, upload, 'confirmed');
    return {
      do: [
        {
          what: 'chore',
          identity: CHORE.importWorkbook(upload.id),
          kind: 'import_workbook',
          body: { upload: upload.id },
        },
      ],
      say: () => uploadCard({ ...upload, state: 'confirmed' }, facts),
    };
  },
};

/** The upload a button refers to, locked; only for its sender, and only while they are a coordinator. */
export async function ownUpload(
  trx: Trx,
  facts: Facts,
  { value }: { value: { import: string } },
): Promise<StoredUpload<ImportModel>> {
  const upload = await lockUpload<ImportModel>(trx, value.import);
  if (!upload || upload.programmeId !== facts.programme.id) throw new UserError('gone');
  if (upload.openId !== facts.openId || !importsWorkbooks(facts)) throw new UserError('not_allowed');
  return upload;
}

/** An upload's card in its present state. */
export function uploadCard({ state, shown, undo }: StoredUpload<ImportModel>, { t, now }: Facts) {
  const title = t.import.title;
  if (state === 'confirmed') return notice({ title, text: t.import.working }, t);
  if (state === 'stale') return notice({ title, text: t.refusals.stale_import, template: 'grey' }, t);
  if (state === 'previewed' || state === 'refused') return importPreview(shown, t);
  if (state === 'undone') return notice({ title, text: t.newYear.undone, template: 'grey' }, t);
  const undoable = state === 'imported' && undo !== undefined && now - undo.at <= UNDO_MS;
  return importPreview({ ...shown, outcome: state === 'imported' ? 'done' : 'cancelled', undoable }, t);
}

/** 撤销 after a change of the school year, within a day: relations, grades, terms and stays as before. */
export const yearUndoAction: Action<'year_undo'> = {
  name: 'year_undo',
  run: async (trx, facts, click) => {
    const upload = await ownUpload(trx, facts, click);
    const { t, now, today, programme, me, newId } = facts;
    if (upload.state !== 'imported' || !upload.undo) return { say: () => uploadCard(upload, facts) };
    if (now - upload.undo.at > UNDO_MS) throw new UserError('unchanged', t.arrange.undoOver);
    const following = await undoYear(trx, programme, upload.undo, { now, today, byId: me.id });
    if (!following) throw new UserError('unchanged', t.arrange.changedSince);
    const { undo, ...undone } = upload;
    await setUpload(trx, undone, 'undone');
    const identity = CHORE.followImport(programme.id, newId());
    return {
      do: [
        { what: 'audit', entries: [{ act: 'undo', target: `year:${upload.id}`, detail: '' }] },
        { what: 'chore', identity, kind: 'follow_import', body: following },
      ],
      say: () => uploadCard({ ...undone, state: 'undone' }, facts),
    };
  },
};

/** 取消 on a preview: discards it. */
export const importCancelAction: Action<'import_cancel'> = {
  name: 'import_cancel',
  run: async (trx, facts, click) => {
    const upload = await ownUpload(trx, facts, click);
    const open = upload.state === 'previewed' || upload.state === 'refused';
    if (open) await setUpload(trx, upload, 'cancelled');
    return { say: () => uploadCard(open ? { ...upload, state: 'cancelled' } : upload, facts) };
  },
};
