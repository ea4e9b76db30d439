import { UserError } from '../../errors.ts';
import { addDays } from '../../plan/dates.ts';
import { dayOf, FORGOTTEN_DAYS } from '../../plan/notices/day.ts';
import { mayNudge, type NudgePart } from '../../plan/notices/index.ts';
import { MORNING } from '../../plan/notices/schedule.ts';
import { overdueDuties } from '../../plan/notices/scope.ts';
import { membersOfPeople } from '../../store/members.ts';
import { owedBy } from '../../store/owed.ts';
import { nudgedSince } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';

/** The most nudges per click, so that the answer comes in time; the next click continues with the rest. */
const MOST = 200;

/**
 * 催办 of these people, and the answer: how many are notified. People without a Feishu user are left out. The caller has checked
 * the policy. Throws nudged if everything late was nudged within two days.
 */
export async function nudging(
  trx: Trx,
  facts: Facts,
  personIds: string[],
): Promise<Required<Pick<Outcome, 'do' | 'toast'>>> {
  const { programme, t } = facts;
  const members = await membersOfPeople(trx, programme.id, personIds);
  const ids = personIds.filter((id) => members.has(id));
  if (personIds.length > 0 && ids.length === 0)
    return { do: [], toast: { type: 'warning', content: t.reminders.reasons.unbound } };
  const nudges: NudgePart[] = [];
  const receivers = () => new Set(nudges.map((n) => n.recipientId)).size;
  let nudged = false;
  for (let at = 0; at < ids.length && receivers() < MOST; at += MOST) {
    const open = await nudgeable(trx, facts, ids.slice(at, at + MOST)).catch((error: unknown) => {
      if (!(error instanceof UserError && error.code === 'nudged')) throw error;
      nudged = true;
      return [];
    });
    nudges.push(...open);
  }
  const n = receivers();
  if (n === 0 && nudged) throw new UserError('nudged');
  return {
    do: [{ what: 'nudge', parts: nudges }],
    toast:
      n > 0 ? { type: 'success', content: t.reminders.nudged(n) } : { type: 'info', content: t.reminders.noneNudged },
  };
}

/** What may be nudged now, by person: late duties not nudged within two days. Throws nudged if all were. */
export async function nudgeable(trx: Trx, facts: Facts, personIds: string[]): Promise<NudgePart[]> {
  const { programme, today, me } = facts;
  const range = { start: addDays(today, -FORGOTTEN_DAYS), end: today };
  const owed = await owedBy(trx, programme, personIds, range);
  const requestedIds = new Set(personIds);
  const late = overdueDuties(dayOf({ programme, owed, sent: new Set() }, `${today}T${MORNING}`)).filter(
    (l) => requestedIds.has(l.personId) && l.personId !== me.id,
  );
  const nudged = await nudgedSince(trx, programme.id, personIds, addDays(today, -1));
  const open = late.filter((l) => mayNudge(nudged.get(`${l.personId}|${l.duty.obligation.id}`), today));
  if (late.length > 0 && open.length === 0) throw new UserError('nudged');
  return open.map((l) => ({
    kind: 'nudge',
    recipientId: l.personId,
    key: l.duty.obligation.id,
    stage: today,
    obligationIds: [l.duty.obligation.id],
    fromId: me.id,
  }));
}
