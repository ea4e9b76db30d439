import { type Card, refused } from '../../cards/index.ts';
import { docxText } from '../../drafting/docx.ts';
import { draftPlans } from '../../drafting/draft.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { textOfFile } from '../../workbook/csv.ts';
import type { ChoreKind } from '../intake/chore.ts';
import { factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';
import { adoptsPlans, keepDraft, largest } from './plan-draft.ts';

const MOST_BYTES = 10_000_000;

/** Fetches a plan's document and shows its demands; nothing takes effect until an authorised person adopts it. */
export const readPlanChore: ChoreKind<'read_plan', { text?: string }> = {
  async fetch(ctx, { messageId, fileKey }) {
    const { data } = await ctx.lark.download({ messageId, fileKey, type: 'file', maxBytes: MOST_BYTES });
    const text = docxText(data) ?? textOfFile(data);
    return text === undefined ? {} : { text };
  },

  async settle(trx, ctx, { openId, programmeId, messageId, fileName }, fetched) {
    const cause = CAUSE.message(messageId);
    const facts = await factsFor(trx, ctx, { openId, now: ctx.now(), cause, post: { programmeId } });
    if (!facts || !adoptsPlans(facts)) return [];
    const answer = (card: Card) => reply(trx, facts, { messageId, identity: NOTICE.planDraft(messageId), card });
    if (fetched instanceof LarkRefused) return answer(refused({ reason: 'bad_file', detail: fetched.advice }, facts.t));
    const draft = fetched.text === undefined ? undefined : largest(draftPlans(fetched.text, fileName));
    if (!draft || draft.demands.length === 0)
      return answer(
        refused({ reason: 'bad_file', detail: `${facts.t.planDraft.nothing} ${facts.t.import.orEvidence}` }, facts.t),
      );
    return answer(await keepDraft(trx, facts, draft, fileName));
  },
};
