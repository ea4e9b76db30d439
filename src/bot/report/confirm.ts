import { shortDate } from '../../cards/dates.ts';
import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { confirmersOf } from '../../plan/confirm.ts';
import { NOTICE } from '../../plan/identities.ts';
import { may } from '../../plan/policy.ts';
import { lockActivity, type StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { waitingForMe } from '../insight/list-waiting.ts';
import { showList } from '../insight/lists.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { answerIn } from './answer-in-words.ts';
import { confirmationCard } from './confirmations-wanted.ts';
import { MAX_TEXT } from './form-answers.ts';

/**
 * 确认: what the newest open card asks, else the oldest activity of this term that waits for the sender's school; 确认 名单 lists all
 * of them.
 */
export const confirmCommand: Command<{ all: boolean }> = {
  name: 'confirm',
  each: 'apart',
  match: (text) => {
    const match = /^(?:待?确认)(\s*(?:名单|列表))?$/.exec(text);
    return match ? { all: match[1] !== undefined } : undefined;
  },
  run: async (trx, facts, { all }) => {
    const waiting = all ? [] : await waitingForMe(trx, facts);
    const newest = Math.max(0, ...waiting.map((a) => a.recordedAt));
    const answered = all ? undefined : await answerIn(trx, facts, '确认', newest);
    if (answered) return answered;
    const next = waiting.at(-1);
    return next ? { say: () => confirmationCard(facts, next) } : showList(trx, facts, 'confirmations', {}, 1);
  },
};

/** 确认属实, by a coordinator of the recipient school. */
export const confirmAction: Action<'confirm'> = {
  name: 'confirm',
  run: async (trx, facts, click) => {
    const before = await confirmable(trx, facts, click);
    if (before.confirmation === 'confirmed') return { say: () => confirmationCard(facts, before) };
    const activity = { ...before, confirmation: 'confirmed' as const, disputeReason: undefined };
    return {
      do: [
        ...rewrite({ what: 'confirmed', before, activity }),
        { what: 'audit', entries: [{ act: 'confirm', target: `record:${before.id}` }] },
      ],
      say: ([recorded]) => confirmationCard(facts, recorded!.activity),
    };
  },
};

/** 有出入, with a reason: the activity stops counting until corrected or confirmed, and its reporter receives the reason. */
export const disputeAction: Action<'dispute'> = {
  name: 'dispute',
  run: async (trx, facts, click) => {
    const before = await confirmable(trx, facts, click);
    const reason = typeof click.form.reason === 'string' ? click.form.reason.trim().slice(0, MAX_TEXT) : '';
    if (reason === '') throw new UserError('bad_form', facts.t.confirm.reason);
    if (before.confirmation === 'disputed') return { say: () => confirmationCard(facts, before) };
    const { me } = facts;
    const activity = { ...before, confirmation: 'disputed' as const, disputeReason: reason };
    const disputeNotice = (readerTexts: Texts) => {
      const { confirm, kinds } = readerTexts;
      const text = confirm.disputedBy(me.name, kinds[before.kind], shortDate(before.date, readerTexts), reason);
      return notice({ title: confirm.disputed, text, template: 'orange' }, readerTexts);
    };
    return {
      do: [
        ...rewrite({ what: 'disputed', before, activity }),
        { what: 'audit', entries: [{ act: 'dispute', target: `record:${before.id}` }] },
        {
          what: 'notify',
          identity: NOTICE.dispute(before.id, before.version),
          kind: 'dispute',
          personId: before.reporterId,
          card: disputeNotice,
        },
      ],
      say: ([recorded]) => confirmationCard(facts, recorded!.activity),
    };
  },
};

/** The activity a confirm card's button refers to, locked. Throws gone, not_allowed, or stale if no confirmation is wanted. */
export async function confirmable(
  trx: Trx,
  facts: Facts,
  { value }: { value: { activity: string; v: number } },
): Promise<StoredActivity> {
  const activity = await lockActivity(trx, facts.programme.id, value.activity);
  if (!activity) throw new UserError('gone');
  const schools = confirmersOf(facts.programme, activity);
  if (schools.length === 0 || value.v !== activity.version) throw new UserError('stale');
  if (!schools.some((s) => may(facts.me, 'confirm', { kind: 'school', id: s }, facts.programme)))
    permit(facts, 'confirm', { kind: 'school', id: schools[0]! });
  return activity;
}
