import { activityShown } from '../../cards/card-models.ts';
import { myRecord } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { timeAt } from '../../plan/clock.ts';
import { lockActivity } from '../../store/activities.ts';
import { evidenceOf } from '../../store/evidence.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { ownRecord } from '../report/own-record.ts';

/** One of the reader's own records, with the evidence they sent for it. */
export const myRecordAction: Action<'my_record'> = {
  name: 'my_record',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { activity } = await ownRecord(trx, facts, click);
    return { say: () => recordWithPhotos(trx, facts, activity.id) };
  },
};

/** The evidence of a record that this person sent: only this may they see and delete. */
export async function ownPhotos(trx: Trx, { programme, me }: Facts, activityId: string) {
  return (await evidenceOf(trx, programme.id, [activityId])).filter((e) => e.personId === me.id);
}

export async function recordWithPhotos(trx: Trx, facts: Facts, activityId: string) {
  const activity = await lockActivity(trx, facts.programme.id, activityId);
  if (!activity) throw new UserError('gone');
  const photos = await ownPhotos(trx, facts, activityId);
  const time = (ms: number) => timeAt(ms, facts.timezone);
  return myRecord(
    {
      activity: activity.id,
      v: activity.version,
      shown: activityShown(activity, facts),
      photos: photos.map((p, i) => ({
        photo: p.id,
        label: `${i + 1} · ${facts.t.evidence.type(p.type ?? '')} ${time(p.sentAt)}`,
      })),
    },
    facts.t,
  );
}
