import { notice } from '../../cards/index.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { attachEvidence, evidenceOfMessage, lockEvidence } from '../../store/evidence.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import { type Change, redrawn } from '../intake/change.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';
import { lastRecord } from './photos-of-message.ts';

/**
 * What no report has followed belongs to the record before it, where only a question kept it waiting; else it is not kept any
 * longer, and its sender learns what to do.
 */
export const dropEvidenceChore: ChoreKind<'drop_evidence', void> = {
  fetch: async () => {},
  async settle(trx, ctx, { messageId, openId }) {
    const facts = await factsFor(trx, ctx, { openId, now: ctx.now(), cause: CAUSE.message(messageId) });
    if (!facts) return [];
    const changes: Change[] = [];
    let dropped = false;
    for (const { programmeId, id } of await evidenceOfMessage(trx, messageId)) {
      const photo = await lockEvidence(trx, programmeId, id);
      if (!photo || photo.activityId || photo.state === 'deleted') continue;
      const last = await lastRecord(trx, facts, photo.sentAt);
      if (last) await attachEvidence(trx, photo, last.id);
      else dropped = true;
      changes.push(...(last ? redrawn(last.cause) : [{ what: 'delete_photo', photo } as const]));
    }
    const { hints } = await applyOutcome(trx, facts, { do: changes });
    if (!dropped) return hints;
    const { title, noReport } = facts.t.evidence;
    const card = notice({ title, text: noReport, template: 'grey' }, facts.t);
    return [...hints, ...(await reply(trx, facts, { messageId, identity: NOTICE.dropped(messageId), card }))];
  },
};
