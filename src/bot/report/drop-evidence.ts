import { notice } from '../../cards/index.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { attachEvidence, evidenceOfMessage, lockEvidence } from '../../store/evidence.ts';
import type { Hint } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import { redrawn } from '../intake/change.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { type Facts, factsOfPosts } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';
import { lastRecord } from './photos-of-message.ts';

/**
 * Evidence that no report followed goes to the previous record if only an open question kept it waiting; otherwise it is deleted,
 * and its sender learns what to do.
 */
export const dropEvidenceChore: ChoreKind<'drop_evidence', void> = {
  fetch: async () => {},
  async settle(trx, ctx, { messageId, openId }) {
    const all = await factsOfPosts(trx, ctx, { openId, now: ctx.now(), cause: CAUSE.message(messageId) });
    const [first] = all;
    if (!first) return [];
    const hints: Hint[] = [];
    let dropped = false;
    for (const { programmeId, id } of await evidenceOfMessage(trx, messageId)) {
      const photo = await lockEvidence(trx, programmeId, id);
      if (!photo || photo.activityId || photo.state === 'deleted') continue;
      const last = await lastOf(trx, all, photo.sentAt);
      if (last) await attachEvidence(trx, photo, last.record);
      else dropped = true;
      const changes = last ? redrawn(last.record.cause) : [{ what: 'delete_photo', photo } as const];
      hints.push(...(await applyOutcome(trx, last?.facts ?? first, { do: changes })).hints);
    }
    if (!dropped) return hints;
    const { title, noReport } = first.t.evidence;
    const card = notice({ title, text: noReport, template: 'grey' }, first.t);
    return [...hints, ...(await reply(trx, first, { messageId, identity: NOTICE.dropped(messageId), card }))];
  },
};

/** The last record near a photo, in any of the sender's posts. */
async function lastOf(trx: Trx, all: Facts[], sentAt: number) {
  const found: { facts: Facts; record: StoredActivity }[] = [];
  for (const facts of all) {
    const record = await lastRecord(trx, facts, sentAt);
    if (record) found.push({ facts, record });
  }
  return found.toSorted((a, b) => b.record.recordedAt - a.record.recordedAt)[0];
}
