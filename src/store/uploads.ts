import type { ProgrammeInput } from '../plan/programme-file.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';
import type { YearUndo } from './undo-year.ts';

/** A workbook as it was previewed. `refused` has problems, `stale` was overtaken by another change of the programme. */
export type UploadState = 'previewed' | 'confirmed' | 'imported' | 'undone' | 'cancelled' | 'refused' | 'stale';
export interface StoredUpload<Shown = unknown> {
  id: string;
  programmeId: string;
  /** The programme version that the preview was made against. */
  version: number;
  openId: string;
  state: UploadState;
  /** The contents of its card. */
  shown: Shown;
  /** Kept until it is settled. */
  input?: ProgrammeInput;
  /** What a change of the school year did. */
  undo?: YearUndo;
}

export async function insertUpload(trx: Trx, upload: StoredUpload, now: number): Promise<boolean> {
  const { id, programmeId, version, openId, state, shown, input } = upload;
  const row = { id, programme_id: programmeId, version, open_id: openId, state, at: now };
  return insertOnce(trx, 'upload', { ...row, body: JSON.stringify({ shown, input }) });
}

/** Reads an upload and keeps others from settling it at the same time. */
export async function lockUpload<Shown>(trx: Trx, id: string): Promise<StoredUpload<Shown> | undefined> {
  const r = await trx.selectFrom('upload').selectAll().where('id', '=', id).$call(locking(trx)).executeTakeFirst();
  if (!r) return undefined;
  const body = JSON.parse(r.body) as Pick<StoredUpload<Shown>, 'shown' | 'input' | 'undo'>;
  const { id: _, programme_id: programmeId, version, open_id: openId, state } = r;
  return { id, programmeId, version, openId, state: state as UploadState, ...body };
}

/** The rows are kept only until it is settled: they hold pupils' names. */
export async function setUpload(trx: Trx, upload: StoredUpload, state: UploadState): Promise<void> {
  const input = state === 'confirmed' ? upload.input : undefined;
  await trx
    .updateTable('upload')
    .set({ state, body: JSON.stringify({ shown: upload.shown, input, undo: upload.undo }) })
    .where('id', '=', upload.id)
    .execute();
}

export async function forgetUploads(trx: Trx, before: number): Promise<void> {
  await trx.deleteFrom('upload').where('at', '<', before).execute();
}
