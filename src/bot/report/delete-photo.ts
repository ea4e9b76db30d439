import { UserError } from '../../errors.ts';
import { lockActivity } from '../../store/activities.ts';
import { lockEvidence } from '../../store/evidence.ts';
import { recordWithPhotos } from '../insight/my-record.ts';
import { redrawn } from '../intake/change.ts';
import type { ChoreKind } from '../intake/chore.ts';
import type { Action } from '../intake/outcome.ts';

/** 删除佐证: for the sender of the photo only. A second press shows what is left. */
export const deletePhotoAction: Action<'delete_photo'> = {
  name: 'delete_photo',
  run: async (trx, facts, { value }) => {
    const photo = await lockEvidence(trx, facts.programme.id, value.photo);
    if (!photo?.activityId) throw new UserError('gone');
    if (photo.personId !== facts.me.id) throw new UserError('not_yours');
    const { activityId } = photo;
    const say = () => recordWithPhotos(trx, facts, activityId);
    if (photo.state !== 'kept') return { say };
    const record = await lockActivity(trx, facts.programme.id, activityId);
    return {
      do: [{ what: 'delete_photo', photo }, ...redrawn(record?.cause)],
      say,
      toast: { type: 'success', content: facts.t.evidence.deleted },
    };
  },
};

/** Deletes a photo's bytes. Its row keeps the reason. */
export const removePhotoChore: ChoreKind<'remove_photo', void> = {
  fetch: ({ vault }, { file }) => vault.remove(file),
  settle: async () => [],
};
