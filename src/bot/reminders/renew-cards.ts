import { addDays } from '../../plan/dates.ts';
import { dutiesIn, type ReminderPart } from '../../plan/notices/index.ts';
import { type Hint, planNotice } from '../../store/notices.ts';
import type { Recorded } from '../../store/record.ts';
import { cardsNaming } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/** A callback's own card may be patched this long after it; before, the platform puts the old one back. */
const PATCH_DELAY_MS = 1_000;
/** Feishu lets a card be changed for a fortnight; a week is as long as anybody scrolls back. */
const RENEWED_DAYS = 7;

/**
 * A record has changed what some duties come to, or tells of something that was planned: the reminders that ask for it are drawn
 * anew, in place.
 */
export async function renewCards(trx: Trx, facts: Facts, recorded: Recorded[]): Promise<Hint[]> {
  const duties = recorded.flatMap((r) => r.obligations.map((o) => o.obligation));
  const ids = new Set(duties.map((o) => o.id));
  const activities = recorded.map((r) => r.activity);
  const concerns = (part: ReminderPart): boolean =>
    part.kind === 'planned-activity'
      ? activities.some(
          (a) => a.id === part.activityId || (a.kind === part.activity && part.date <= a.date && a.date <= part.until),
        )
      : dutiesIn(part).some((id) => ids.has(id));
  const since = { day: addDays(facts.today, -RENEWED_DAYS), sentAt: facts.now - RENEWED_DAYS * 86_400_000 };
  const hints: Hint[] = [];
  const people = new Set([...duties.flatMap((o) => o.bearerIds), ...activities.flatMap((a) => [a.byId, a.reporterId])]);
  for (const card of await cardsNaming(trx, facts.programme.id, [...people], concerns, since))
    hints.push(...(await renew(trx, facts, card)));
  return hints;
}

/** Plans the redrawing of a reminder. It is drawn when it is sent, so that several changes make one picture. */
export async function renew(
  trx: Trx,
  facts: Facts,
  card: { id: string; messageId: string; recipient: string; personId: string },
): Promise<Hint[]> {
  const id = facts.newId();
  const fresh = await planNotice(trx, {
    id,
    identity: `patch:${card.messageId}:${facts.cause}`,
    kind: 'redraw',
    line: 'notices',
    recipient: card.recipient,
    programmeId: facts.programme.id,
    personId: card.personId,
    dueAt: facts.now + PATCH_DELAY_MS,
    outgoing: { op: 'patch', messageId: card.messageId, card: {}, text: '', undrawn: { of: card.id } },
  });
  return fresh ? [{ id, line: 'notices', attempt: 0, delayMs: PATCH_DELAY_MS }] : [];
}
