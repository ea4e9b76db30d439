import { DAY_MS } from '../../plan/clock.ts';
import { addDays } from '../../plan/dates.ts';
import { dutiesIn, type ReminderPart } from '../../plan/notices/index.ts';
import type { Hint } from '../../store/notices.ts';
import { postPicture } from '../../store/pictures.ts';
import type { Recorded } from '../../store/record.ts';
import { cardsNaming } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

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
  const since = { day: addDays(facts.today, -RENEWED_DAYS), sentAt: facts.now - RENEWED_DAYS * DAY_MS };
  const hints: Hint[] = [];
  const people = new Set([...duties.flatMap((o) => o.bearerIds), ...activities.flatMap((a) => [a.byId, a.reporterId])]);
  for (const card of await cardsNaming(trx, facts.programme.id, [...people], concerns, since))
    hints.push(...(await renew(trx, facts, card)));
  return hints;
}

/** Plans the redrawing of a reminder. It is drawn when it is sent, so that several changes make one picture. */
export function renew(
  trx: Trx,
  facts: Facts,
  { id, messageId, recipient, personId }: { id: string; messageId: string; recipient: string; personId: string },
): Promise<Hint[]> {
  const who = { messageId, to: recipient, programmeId: facts.programme.id, personId, by: facts.cause };
  return postPicture(trx, facts, { ...who, line: 'notices', undrawn: id });
}
