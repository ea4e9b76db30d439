import { stamped } from '../../cards/buttons.ts';
import { UserError } from '../../errors.ts';
import { elsewhere } from '../../plan/elsewhere.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import { inPost, otherPosts } from '../intake/in-post.ts';
import type { Action } from '../intake/outcome.ts';
import { recordToChange } from './own-record.ts';
import { withdrawn } from './withdraw.ts';

/** 改到另一项目: withdraws a message's records here and records them there, with their photos. */
export const moveRecordAction: Action<'move_record'> = {
  name: 'move_record',
  run: async (trx, facts, click) => {
    const { activity } = await recordToChange(trx, facts, click);
    const post = otherPosts(facts).find((p) => p.programme.id === click.value.to);
    if (!post || activity.reporterId !== facts.me.id) throw new UserError('stale');
    const target: Facts = { ...facts, ...post };
    const cause = activity.cause ?? facts.cause;
    const shown = async () => {
      const card = await causeCard(trx, target, cause);
      return card && stamped(inPost(card, target), { programmeId: post.programme.id, personId: post.me.id });
    };
    // A second press: it has already moved.
    if (activity.status === 'withdrawn') return { say: shown };
    const together = activity.cause ? await activitiesOfCause(trx, activity.cause) : [activity];
    const moving = together.filter((a) => a.reporterId === facts.me.id && a.status !== 'withdrawn');
    const moved = moving.map((before) => ({ before, activity: movedTo(before, facts, target) }));
    return {
      do: [
        { what: 'record', changes: moving.map(withdrawn) },
        {
          what: 'record',
          changes: moved.map((m) => ({ what: 'recorded', activity: m.activity })),
          under: cause,
          post,
        },
        ...moved.map((m) => ({ what: 'move_evidence' as const, from: m.before, to: m.activity })),
        { what: 'adopt', messageId: click.messageId, cause, post },
      ],
      say: shown,
    };
  },
};

/** Throws elsewhere if it names something the other programme does not have. */
function movedTo(before: StoredActivity, from: Facts, to: Facts) {
  const { version: _, recordedAt: __, cause: ___, ...content } = before;
  const activity = elsewhere(content, from, to);
  if (!activity) throw new UserError('elsewhere', to.programme.name);
  return { ...activity, id: from.newId(), reporterId: to.me.id };
}
