import { UserError } from '../../errors.ts';
import { CHORE } from '../../plan/identities.ts';
import { ownPhotos } from '../insight/my-record.ts';
import type { ChoreKind } from '../intake/chore.ts';
import type { Action } from '../intake/outcome.ts';
import { ownRecord } from './own-record.ts';

/** 看照片: sends the photos of a record back to the one who sent them, in the private chat. */
export const showPhotosAction: Action<'show_photos'> = {
  name: 'show_photos',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    const photos = await ownPhotos(trx, facts, activity.id);
    if (photos.length === 0) throw new UserError('gone');
    const body = { openId: facts.openId, photos: photos.map((p) => ({ file: p.file, type: p.type ?? 'jpg' })) };
    return {
      do: [{ what: 'chore', identity: CHORE.showPhotos(facts.cause), kind: 'show_photos', body }],
      toast: { type: 'success', content: facts.t.photos.sent },
    };
  },
};

/** Sends photos back to the one who sent them, in their private chat. */
export const showPhotosChore: ChoreKind<'show_photos', void> = {
  async fetch({ vault, lark, pace }, { openId, photos }, choreId) {
    for (const [i, { file, type }] of photos.entries()) {
      const data = await vault.read(file);
      if (!data) continue;
      const image = await lark.uploadImage({ data, name: `${i + 1}.${type}` });
      await pace.turn('send', openId);
      await lark.send({ to: { openId }, content: { image }, uuid: `${choreId}-${i}` });
    }
  },
  settle: async () => [],
};
