import type { Ctx } from '../context.ts';
import type { LarkRefused } from '../lark/refusal.ts';
import type { Hint } from '../store/notices.ts';
import type { Trx } from '../store/transaction.ts';
import { importWorkbook } from './files/import-workbook.ts';
import { readWorkbook } from './files/read-workbook.ts';
import { sendFile } from './files/send-file.ts';
import type { Later } from './intake/do-chore.ts';
import { findPeople } from './people/find-people.ts';
import { identify } from './people/identify.ts';
import { fetchPhoto } from './report/fetch-photo.ts';
import { removePhoto } from './report/remove-photo.ts';
import { showPhotos } from './report/show-photos-chore.ts';

/** Work for after a transaction. `fetch` waits for the network or the disk and may be repeated; `settle` writes what came of it. */
export interface ChoreKind<Body, Got> {
  /** Throws LarkRefused: tried again later, or handed to `settle` where that cannot help. */
  fetch(ctx: Ctx, body: Body, choreId: string): Promise<Got | Later>;
  settle(trx: Trx, ctx: Ctx, body: Body, got: Got | LarkRefused): Promise<Hint[]>;
}

/** Every chore by the name it is planned under. */
export const chores = {
  fetch_photo: fetchPhoto,
  find_people: findPeople,
  identify,
  import_workbook: importWorkbook,
  read_workbook: readWorkbook,
  remove_photo: removePhoto,
  send_file: sendFile,
  show_photos: showPhotos,
} as const;
