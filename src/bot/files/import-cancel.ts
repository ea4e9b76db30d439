import { setUpload } from '../../store/uploads.ts';
import type { Action } from '../intake/outcome.ts';
import { ownUpload, uploadCard } from './import-confirm.ts';

/** 取消 on a preview: nothing is imported from it any more. */
export const importCancel: Action = {
  name: 'import_cancel',
  run: async (trx, facts, click) => {
    const upload = await ownUpload(trx, facts, click);
    const open = upload.state === 'previewed' || upload.state === 'refused';
    if (open) await setUpload(trx, upload, 'cancelled');
    return { say: () => uploadCard(open ? { ...upload, state: 'cancelled' } : upload, facts) };
  },
};
