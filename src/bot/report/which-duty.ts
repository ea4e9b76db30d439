import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { obligationsById } from '../../store/obligations.ts';
import { rewrite } from '../intake/change.ts';
import type { Action } from '../intake/outcome.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** The chosen duty of a record: the record gets the topic that the duty asks for. */
export const whichDutyAction: Action<'which_duty'> = {
  name: 'which_duty',
  run: async (trx, facts, click) => {
    const { activity: before, stale } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (stale || before.status !== 'done') return { say };
    const [meant] = await obligationsById(trx, facts.programme, [click.value.obligation]);
    if (!meant) throw new UserError('gone');
    const { topic = [], about = [] } = meant.obligation.requirement.accepts ?? {};
    const aboutWords = [before.about, topic.slice(0, 1), about.slice(0, 1)].flatMap((words) => words ?? []);
    const activity: Activity = { ...before, about: [...new Set(aboutWords)] };
    return { do: rewrite({ what: 'edited', before, activity }), say };
  },
};
