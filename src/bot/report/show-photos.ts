import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { OutgoingContent } from '../../lark/outgoing.ts';
import { CHORE } from '../../plan/identities.ts';
import { ownPhotos } from '../insight/my-record.ts';
import type { ChoreKind } from '../intake/chore.ts';
import type { Action } from '../intake/outcome.ts';
import { PICTURES } from './evidence-type.ts';
import { ownRecord } from './own-record.ts';

/** 看佐证: sends a record's photos and files back to the person who sent them, in the private chat. */
export const showPhotosAction: Action<'show_photos'> = {
  name: 'show_photos',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    const photos = await ownPhotos(trx, facts, activity.id);
    if (photos.length === 0) throw new UserError('gone');
    const body = {
      openId: facts.openId,
      photos: photos.map(({ file, type = 'jpg', link }) => ({ file, type, ...(link ? { link } : {}) })),
    };
    return {
      do: [{ what: 'chore', identity: CHORE.showPhotos(facts.cause), kind: 'show_photos', body }],
      toast: { type: 'success', content: facts.t.evidence.sent },
    };
  },
};

/** Sends photos and files to the person who sent them, in their private chat. */
export const showPhotosChore: ChoreKind<'show_photos', void> = {
  async fetch({ vault, lark, pace }, { openId, photos }, choreId) {
    for (const [i, { file, type, link }] of photos.entries()) {
      const data = link ? undefined : await vault.read(file);
      if (!data && !link) continue;
      const content = data ? await uploaded(lark, data, `${i + 1}.${type}`) : { text: link! };
      await pace.turn('send', openId);
      await lark.send({ to: { openId }, content, uuid: `${choreId}-${i}` });
    }
  },
  settle: async () => [],
};

async function uploaded(lark: Ctx['lark'], data: Buffer, name: string): Promise<OutgoingContent> {
  const picture = PICTURES.some((type) => name.endsWith(`.${type}`));
  return picture ? { image: await lark.uploadImage({ data, name }) } : { file: await lark.uploadFile({ data, name }) };
}
