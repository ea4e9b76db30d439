import { shortDate } from '../../cards/dates.ts';
import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { doersOf } from '../../plan/feeds.ts';
import { NOTICE } from '../../plan/identities.ts';
import { lockActivity } from '../../store/activities.ts';
import { rewrite } from '../intake/change.ts';
import type { Action } from '../intake/outcome.ts';
import { ownReminder, reminderCard } from './own-reminder.ts';

/** 不是我: takes the reader off somebody else's record, or withdraws it if it says that the reader did it. Notifies the reporter. */
export const notMeAction: Action<'not_me'> = {
  name: 'not_me',
  run: async (trx, facts, click) => {
    const { programme, me } = facts;
    const shown = await ownReminder(trx, facts, click);
    const before = await lockActivity(trx, programme.id, click.value.activity);
    if (!before || !shown.parts.some((p) => p.kind === 'credited' && p.activityId === before.id))
      throw new UserError('gone');
    const say = () => reminderCard(trx, facts, shown.notice);
    if (before.status !== 'done' || !doersOf(before).includes(me.id) || before.reporterId === me.id) return { say };
    const participantIds = before.participantIds.filter((id) => id !== me.id);
    const activity: Activity =
      before.byId === me.id ? { ...before, status: 'withdrawn' } : { ...before, participantIds };
    const what = activity.status === 'withdrawn' ? ('withdrawn' as const) : ('edited' as const);
    return {
      do: [
        ...rewrite({ what, before, activity }),
        {
          what: 'notify',
          identity: NOTICE.notMe(before.id, before.version, me.id),
          kind: 'not_me',
          personId: before.reporterId,
          card: (t) => {
            const text = t.credited.absent(
              me.name,
              t.kinds[before.kind],
              shortDate(before.date, t),
              what === 'withdrawn',
            );
            return notice({ title: t.credited.absentTitle, text, template: 'orange' }, t);
          },
        },
      ],
      say,
    };
  },
};
