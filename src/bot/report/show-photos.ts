import { UserError } from '../../errors.ts';
import { ownPhotos } from '../insight/my-record.ts';
import type { Action } from '../intake/outcome.ts';
import { ownRecord } from './own-record.ts';

/** 看照片: sends the photos of a record back to the one who sent them, in the private chat. */
export const showPhotos: Action = {
  name: 'show_photos',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    const photos = await ownPhotos(trx, facts, activity.id);
    if (photos.length === 0) throw new UserError('gone');
    const body = { openId: facts.openId, photos: photos.map((p) => ({ file: p.file, type: p.type ?? 'jpg' })) };
    return {
      chores: [{ identity: `show:${facts.cause}`, kind: 'show_photos', body }],
      toast: { type: 'success', content: facts.t.photos.sent },
    };
  },
};
