import { type Card, cardText } from '../cards/index.ts';
import { closeDraft, insertDraft, updateDraft } from '../store/drafts.ts';
import { takeIn } from '../store/inbox.ts';
import { memberOf } from '../store/members.ts';
import { type Hint, type NewNotice, noticesOfCause, planNotice } from '../store/notices.ts';
import { recordChanges } from '../store/record.ts';
import type { Trx } from '../store/transaction.ts';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';
import { causeCard } from './shown.ts';

/** A card is patched at the earliest this long after a callback on it: before, the platform puts the old one back. */
const PATCH_DELAY_MS = 1_000;

/**
 * Writes what an outcome asks for, plans the redrawing of cards that show what changed, and lets it say what it has to say.
 * Returns that card, and what now waits to be sent.
 */
export async function carryOut(
  trx: Trx,
  facts: Facts,
  outcome: Outcome,
): Promise<{ card: Card | undefined; hints: Hint[] }> {
  const { now, today, me, programme, cause } = facts;
  const first = !outcome.once || (await takeIn(trx, [outcome.once], now)).fresh;
  const at = { now, today, byId: me.id, cause: outcome.recordUnder ?? cause };
  const changes = first ? (outcome.changes ?? []) : [];
  const recorded = changes.length > 0 ? await recordChanges(trx, programme, changes, at) : [];
  for (const draft of outcome.openDrafts ?? []) await insertDraft(trx, draft);
  for (const draft of outcome.changeDrafts ?? []) await updateDraft(trx, draft);
  for (const { draft, state } of outcome.closeDrafts ?? []) await closeDraft(trx, draft, state);
  const hints: Hint[] = [];
  for (const { identity, kind, personId, card, line = 'notices' } of first ? (outcome.notify ?? []) : []) {
    const member = await memberOf(trx, programme.id, personId);
    if (!member) continue;
    const id = facts.newId();
    const outgoing = { op: 'send' as const, openId: member.openId, card, text: cardText(card) };
    const who = { recipient: member.openId, programmeId: programme.id, personId };
    if (await planNotice(trx, { id, identity, kind, line, ...who, cause, dueAt: now, outgoing }))
      hints.push({ id, line, attempt: 0 });
  }
  for (const redrawn of outcome.redraw ?? []) {
    const card = await causeCard(trx, facts, redrawn);
    const shown = (await noticesOfCause(trx, redrawn)).filter((n) => n.messageId && n.outgoing.op !== 'patch');
    for (const notice of card ? shown : []) {
      const patch: NewNotice = {
        id: facts.newId(),
        identity: `patch:${notice.messageId}:${cause}`,
        kind: 'redraw',
        line: 'answers',
        recipient: notice.recipient,
        programmeId: programme.id,
        personId: notice.personId,
        cause,
        dueAt: now + PATCH_DELAY_MS,
        outgoing: { op: 'patch', messageId: notice.messageId!, card: card!, text: cardText(card!) },
      };
      if (await planNotice(trx, patch))
        hints.push({ id: patch.id, line: 'answers', attempt: 0, delayMs: PATCH_DELAY_MS });
    }
  }
  return { card: await outcome.say?.(recorded), hints };
}
