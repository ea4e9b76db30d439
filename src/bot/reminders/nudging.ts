import { UserError } from '../../errors.ts';
import type { NudgePart } from '../../plan/notices/index.ts';
import { membersOfPeople } from '../../store/members.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { nudgeable } from './reminders.ts';

/** So many at one press, that the answer comes in time; pressed again it goes on with the next. */
const MOST = 200;

/**
 * 催办 of these people, and what to say of it: how many are told. Whoever has no Feishu user is left out. The caller has asked the
 * policy. Throws nudged where all that is late was nudged within two days.
 */
export async function nudging(
  trx: Trx,
  facts: Facts,
  personIds: string[],
): Promise<{ nudges: NudgePart[]; toast: NonNullable<Outcome['toast']> }> {
  const { programme, t } = facts;
  const members = await membersOfPeople(trx, programme.id, personIds);
  const ids = personIds.filter((id) => members.has(id));
  if (personIds.length > 0 && ids.length === 0)
    return { nudges: [], toast: { type: 'warning', content: t.reminders.reasons.unbound } };
  const nudges: NudgePart[] = [];
  const told = () => new Set(nudges.map((n) => n.recipientId)).size;
  let nudged = false;
  for (let at = 0; at < ids.length && told() < MOST; at += MOST) {
    const open = await nudgeable(trx, facts, ids.slice(at, at + MOST)).catch((error: unknown) => {
      if (!(error instanceof UserError && error.code === 'nudged')) throw error;
      nudged = true;
      return [];
    });
    nudges.push(...open);
  }
  const n = told();
  if (n === 0 && nudged) throw new UserError('nudged');
  return {
    nudges,
    toast:
      n > 0 ? { type: 'success', content: t.reminders.nudged(n) } : { type: 'info', content: t.reminders.nudgedNobody },
  };
}
