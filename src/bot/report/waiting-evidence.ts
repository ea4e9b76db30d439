import { notice } from '../../cards/index.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { attachEvidence, evidenceOfMessage, lockEvidence, lockWaiting } from '../../store/evidence.ts';
import type { LedgerChange, Recorded } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import type { Change } from '../intake/change.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';

/** A photo belongs to the sender's last record if it is no older than this, else it waits as long for the next. */
export const REACH_MS = 30 * 60_000;

/** What one has sent lately and no record has taken belongs to the last of those just made. */
export async function takeWaiting(
  trx: Trx,
  { programme, me, said }: Facts,
  changes: LedgerChange[],
  recorded: Recorded[],
): Promise<Recorded[]> {
  const news = changes.flatMap((c) => ('before' in c && c.before.status !== 'planned' ? [] : [c.activity.id]));
  const happened = recorded.filter(({ activity: a }) => ['done', 'attempted'].includes(a.status));
  const taking = happened.findLast(({ activity }) => news.includes(activity.id));
  if (!taking) return recorded;
  const waiting = await lockWaiting(trx, programme.id, me.id, said - REACH_MS);
  for (const one of waiting) await attachEvidence(trx, one, taking.activity.id);
  return waiting.length === 0 ? recorded : recorded.map((r) => (r === taking ? { ...r, evidence: waiting.length } : r));
}

/** What no report has followed is not kept any longer, and its sender learns what to do. */
export const dropEvidenceChore: ChoreKind<'drop_evidence', void> = {
  fetch: async () => {},
  async settle(trx, ctx, { messageId, openId }) {
    const facts = await factsFor(trx, ctx, { openId, now: ctx.now(), cause: CAUSE.message(messageId) });
    if (!facts) return [];
    const dropped: Change[] = [];
    for (const { programmeId, id } of await evidenceOfMessage(trx, messageId)) {
      const photo = await lockEvidence(trx, programmeId, id);
      if (photo && !photo.activityId && photo.state !== 'deleted') dropped.push({ what: 'delete_photo', photo });
    }
    if (dropped.length === 0) return [];
    const { hints } = await applyOutcome(trx, facts, { do: dropped });
    const { title, noReport } = facts.t.evidence;
    const card = notice({ title, text: noReport, template: 'grey' }, facts.t);
    return [...hints, ...(await reply(trx, facts, { messageId, identity: NOTICE.dropped(messageId), card }))];
  },
};
