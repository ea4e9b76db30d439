import type { ChoreKind } from '../chores.ts';

/** Sends photos back to the one who sent them, in their private chat. */
export const showPhotos: ChoreKind<{ openId: string; photos: { file: string; type: string }[] }, void> = {
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
