import { notice } from '../../cards/index.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { evidenceOfMessage, lockEvidence } from '../../store/evidence.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import type { Change } from '../intake/change.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';

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
