import type { ActivityKind } from '../../plan/activity.ts';
import { DAY_MS } from '../../plan/clock.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { lastDoneBy } from '../../store/arrangements.ts';
import { lockOpenDraft, openDraftsOf } from '../../store/drafts.ts';
import { historyOf } from '../../store/ledger.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordsPage } from '../insight/my-records.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { proposalCard } from '../people/arrangement-card.ts';
import { lastRecords, withdrawLast, withdrawn } from './last-record.ts';
import { cardOf, recordToChange } from './own-record.ts';
import { discardDrafts } from './to-confirm.ts';

/** 撤回: takes back everything that the sender's last message recorded. Longer phrases are the reader's. */
export const withdrawCommand: Command = {
  name: 'withdraw',
  each: 'message',
  match: (text) => (/^(撤回|撤销)(上一条|上条)?[。!！]?$|^undo$/i.test(text) ? {} : undefined),
  run: (trx, facts, _args) => takenBack(trx, facts, ''),
};

const OF_PHOTO = /照片|图片|附件|佐证|文件/u;
/** 谈话的那条, 刚才听课的记录. */
const NAMED: [RegExp, ActivityKind][] = [
  [/谈话|谈心/u, 'talk'],
  [/听课/u, 'observe'],
  [/送教|上课|示范课/u, 'demo_lesson'],
  [/家访/u, 'home_visit'],
  [/讲座/u, 'lecture'],
  [/备课/u, 'joint_prep'],
  [/捐/u, 'donation'],
];

/**
 * What 撤回 takes back: without a quote what came last, be it a question that is still open, an arrangement (its card is shown,
 * with 撤销) or a record. Of photos the records are shown, where each can be deleted.
 */
export async function takenBack(trx: Trx, facts: Facts, text: string, kind?: ActivityKind): Promise<Outcome[]> {
  const { programme, me, now, quotes } = facts;
  if (OF_PHOTO.test(text)) return [recordsPage(trx, facts, 1)];
  const named = NAMED.filter(([words]) => words.test(text)).map(([, k]) => k);
  const meant = kind ?? (named.length === 1 ? named[0] : undefined);
  if (quotes || meant) return [await withdrawLast(trx, facts, meant)];
  const last = (await lastRecords(trx, facts))[0]?.recordedAt ?? 0;
  const draft = await lockOpenDraft(trx, programme.id, me.id, Math.max(last + 1, now - DAY_MS));
  if (draft) {
    const open = await openDraftsOf(trx, programme.id, me.id, draft.createdAt);
    return [
      discardDrafts(
        facts,
        open.filter((other) => other.cause === draft.cause),
      ),
    ];
  }
  const arranged = await lastDoneBy(trx, programme.id, me.id, Math.max(last + 1, now - DAY_MS));
  return [
    arranged
      ? { say: () => proposalCard(facts, arranged, { as: 'arranger', t: facts.t }) }
      : await withdrawLast(trx, facts),
  ];
}

/** 撤回 on a record's card. Pressed again, it shows that the record is withdrawn. */
export const withdrawAction: Action<'withdraw'> = {
  name: 'withdraw',
  run: async (trx, facts, click) => {
    const { activity: before } = await recordToChange(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status === 'withdrawn') return { say };
    // A withdrawal says the same of every version, so a stale card may still ask for it.
    return { do: [{ what: 'record', changes: [withdrawn(before)] }], say };
  },
};

/** 恢复 on a withdrawn record: gives it back the state it had before. */
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
    const history = await historyOf(trx, facts.programme.id, before.id);
    const status = history.findLast((change) => change.activity.status !== 'withdrawn')?.activity.status ?? 'done';
    changes.push({ what: 'restored', before, activity: { ...before, status } });
  }
  return { do: [{ what: 'record', changes }], say: (recorded) => recordedCard(facts, recorded) };
}
