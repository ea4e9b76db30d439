import { UserError } from '../../errors.ts';
import { addDays, isYmd } from '../../plan/dates.ts';
import type { Attendance } from '../../store/check-ins.ts';
import { secondmentsOn } from '../../store/owed.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';

/** A day may be entered late for so long. */
const LATE_DAYS = 31;

/** One's own secondment check-in for a day, today's where none is named. Throws bad_form where one is not on secondment then. */
export async function attend(
  trx: Trx,
  facts: Facts,
  date: unknown,
  answer: Attendance['answer'],
): Promise<Pick<Outcome, 'attendance' | 'toast'>> {
  const { today, me, now, programme, t } = facts;
  const day = date === undefined ? today : date;
  if (typeof day !== 'string' || !isYmd(day) || day > today || day < addDays(today, -LATE_DAYS))
    throw new UserError('stale');
  const seconded = await secondmentsOn(trx, programme.id, day);
  if (!seconded.some((s) => s.personId === me.id)) throw new UserError('bad_form', t.reminders.notSeconded);
  return {
    attendance: { personId: me.id, day, answer, saidAt: now, late: day < today },
    toast: { type: 'success', content: t.reminders.attended[answer] },
  };
}
