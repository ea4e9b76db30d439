import { UserError } from '../../errors.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { DAY_MS } from '../../plan/clock.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { lastDoneBy } from '../../store/arrangements.ts';
import { isWhole, lockOpenDraft, openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import { historyOf } from '../../store/ledger.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordsPage } from '../insight/my-records.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { type Change, rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { permitYear } from '../intake/permit.ts';
import { proposalCard } from '../people/arrangement-card.ts';
import { cardOf, recordToChange } from './own-record.ts';
import { discardDrafts } from './to-confirm.ts';
import { lastRecords, type RecordNamed, recordNamed, recordsMeant } from './which-record.ts';

/** 撤回: withdraws everything that the sender's last message recorded. Longer phrases go to the reader. */
export const withdrawCommand: Command = {
  name: 'withdraw',
  each: 'message',
  match: (text) => (/^(撤回|撤销)(上一条|上条)?[。!！]?$|^undo$/i.test(text) ? {} : undefined),
  run: (trx, facts, _args) => takenBack(trx, facts, ''),
};

const OF_PHOTO = /照片|图片|附件|佐证|文件/u;
/**
 * What 撤回 applies to: without a quote, whatever came last: an open question, an arrangement (shows its card with 撤销) or a record.
 * For photos it shows the records, where each photo can be deleted.
 */
export async function takenBack(trx: Trx, facts: Facts, text: string, kind?: ActivityKind): Promise<Outcome[]> {
  const { programme, me, now, quotes } = facts;
  if (OF_PHOTO.test(text)) return [recordsPage(trx, facts, 1)];
  const { kinds, days } = recordNamed(facts, text);
  const named = { kinds: kind ? [kind] : kinds.length === 1 ? kinds : [], days };
  if (quotes || named.kinds.length > 0 || days.length > 0) return [await withdrawMeant(trx, facts, named)];
  const last = (await lastRecords(trx, facts))[0]?.recordedAt ?? 0;
  const draft = await lockOpenDraft(trx, programme.id, me.id, Math.max(last + 1, now - DAY_MS));
  if (draft) {
    const open = await openDraftsOf(trx, programme.id, me.id, draft.createdAt);
    return [
      discardDrafts(
        trx,
        facts,
        open.filter((other) => other.cause === draft.cause),
      ),
    ];
  }
  const arranged = await lastDoneBy(trx, programme.id, me.id, Math.max(last + 1, now - DAY_MS));
  return [
    arranged
      ? {
          say: () =>
            proposalCard(facts, arranged, { as: arranged.words === undefined ? 'arranger' : 'asker', t: facts.t }),
        }
      : await withdrawMeant(trx, facts, { kinds: [], days: [] }),
  ];
}

/** Withdraws what the message is about: everything the chat showed last, with the lines that wait under it, or only what it names. */
async function withdrawMeant(trx: Trx, facts: Facts, named: RecordNamed): Promise<Outcome> {
  const taken = await recordsMeant(trx, facts, named);
  if (taken.length === 0) throw new UserError('gone');
  for (const record of taken) permitYear(facts, record);
  const all = named.kinds.length === 0 && named.days.length === 0;
  const open = all ? await openDraftsOf(trx, facts.programme.id, facts.me.id, facts.now - WAITS_MS) : [];
  const beneath = open.filter((draft) => isWhole(draft) && taken.some(({ cause }) => cause === draft.cause));
  return {
    do: [
      ...rewrite(...taken.map(withdrawn)),
      ...beneath.map((draft): Change => ({ what: 'close_draft', draft, state: 'discarded' })),
    ],
    say: (recorded) => recordedCard(facts, recorded),
  };
}

export const withdrawn = (before: StoredActivity) =>
  ({ what: 'withdrawn', before, activity: { ...before, status: 'withdrawn' } }) as const;

/** 撤回 on a record's card. A second press shows that the record is withdrawn. */
export const withdrawAction: Action<'withdraw'> = {
  name: 'withdraw',
  run: async (trx, facts, click) => {
    const { activity: before } = await recordToChange(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status === 'withdrawn') return { say };
    // A withdrawal applies to every version, so a stale card may still request it.
    return { do: [{ what: 'record', changes: [withdrawn(before)] }], say };
  },
};

/** 恢复 on a withdrawn record: restores its previous state. */
export const restoreAction: Action<'restore'> = {
  name: 'restore',
  run: async (trx, facts, click) => {
    const { activity: before } = await recordToChange(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status !== 'withdrawn') return { say };
    return { ...(await restored(trx, facts, [before])), say };
  },
};

/** Withdrawn records as they stood before. */
export async function restored(trx: Trx, facts: Facts, withdrawn: StoredActivity[]): Promise<Outcome> {
  const changes: LedgerChange[] = [];
  for (const before of withdrawn) {
    permitYear(facts, before);
    const history = await historyOf(trx, facts.programme.id, before.id);
    const status = history.findLast((change) => change.activity.status !== 'withdrawn')?.activity.status ?? 'done';
    changes.push({ what: 'restored', before, activity: { ...before, status } });
  }
  return { do: [{ what: 'record', changes }], say: (recorded) => recordedCard(facts, recorded) };
}
