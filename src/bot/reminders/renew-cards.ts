import { DAY_MS } from '../../plan/clock.ts';
import { addDays } from '../../plan/dates.ts';
import type { Inspection } from '../../plan/inspection.ts';
import { dutiesIn, type ReminderPart } from '../../plan/notices/index.ts';
import type { Hint } from '../../store/notices.ts';
import { postPicture } from '../../store/pictures.ts';
import type { Recorded } from '../../store/record.ts';
import { cardsNaming } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/** Feishu allows changes to a card for two weeks; people rarely scroll back more than one. */
const RENEWED_DAYS = 7;

/**
 * A record has changed the counts of some duties, or reports something planned: redraws in place the reminders that ask for it.
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
  const people = new Set([...duties.flatMap((o) => o.bearerIds), ...activities.flatMap((a) => [a.byId, a.reporterId])]);
  return renewed(trx, facts, [...people], concerns);
}

/** Redraws the reminders of an inspection's findings when one is answered or resolved. */
export async function renewFindings(trx: Trx, facts: Facts, { id, findings }: Inspection): Promise<Hint[]> {
  const owners = [...new Set(findings.flatMap((f) => f.ownerIds))];
  const concerns = (part: ReminderPart) => part.kind === 'finding-due' && part.inspectionId === id;
  return renewed(trx, facts, owners, concerns);
}

async function renewed(
  trx: Trx,
  facts: Facts,
  people: string[],
  concerns: (part: ReminderPart) => boolean,
): Promise<Hint[]> {
  const since = { day: addDays(facts.today, -RENEWED_DAYS), sentAt: facts.now - RENEWED_DAYS * DAY_MS };
  const hints: Hint[] = [];
  for (const card of await cardsNaming(trx, facts.programme.id, people, concerns, since))
    hints.push(...(await renew(trx, facts, card)));
  return hints;
}

/** Plans to redraw a reminder. It is drawn on sending, so that several changes share one update. */
export function renew(
  trx: Trx,
  facts: Facts,
  { id, messageId, recipient, personId }: { id: string; messageId: string; recipient: string; personId: string },
): Promise<Hint[]> {
  const who = { messageId, to: recipient, programmeId: facts.programme.id, personId, by: facts.cause };
  return postPicture(trx, facts, { ...who, line: 'notices', undrawn: id });
}
