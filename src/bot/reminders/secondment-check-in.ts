import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { addDays, isYmd, type Ymd } from '../../plan/dates.ts';
import type { Attendance } from '../../store/check-ins.ts';
import { secondmentsOn } from '../../store/owed.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { digestAgain } from './own-reminder.ts';

/** How late a day may be entered. */
const LATE_DAYS = 31;

/** 到: present on secondment today; 补签 11-18: late, for that day. */
export const attendCommand: Command<{ day?: string }> = {
  name: 'attend',
  match: (text) => {
    if (/^(?:到|签到|到岗|在岗|present)[。!！]?$/i.test(text)) return {};
    const late = /^补签[\s:：]*(.+)$/.exec(text);
    return late ? { day: late[1]! } : undefined;
  },
  run: async (trx, facts, { day }) => {
    const { toast, ...outcome } = await attend(
      trx,
      facts,
      (day && datesIn(day, facts.today).from) || facts.today,
      'present',
    );
    const { t } = facts;
    return { ...outcome, say: () => notice({ title: t.term.checkInTitle, text: toast.content }, t) };
  },
};

/** 在岗 on the secondment check-in of a day; on a later day it is a late entry. */
export const secondmentPresentAction: Action<'secondment_present'> = {
  name: 'secondment_present',
  run: async (trx, facts, { value, messageId }) => ({
    ...(await attend(trx, facts, value.date, 'present')),
    say: () => digestAgain(trx, facts, messageId),
  }),
};

/** 请假 on the secondment check-in of a day; on a later day it is a late entry. */
export const secondmentLeaveAction: Action<'secondment_leave'> = {
  name: 'secondment_leave',
  run: async (trx, facts, { value, messageId }) => ({
    ...(await attend(trx, facts, value.date, 'leave')),
    say: () => digestAgain(trx, facts, messageId),
  }),
};

/** The sender's own secondment check-in for a day, today by default. Throws bad_form if they are not on secondment that day. */
export async function attend(
  trx: Trx,
  facts: Facts,
  day: Ymd,
  answer: Attendance['answer'],
): Promise<Required<Pick<Outcome, 'do' | 'toast'>>> {
  const { today, me, now, programme, t } = facts;
  if (!isYmd(day) || day > today || day < addDays(today, -LATE_DAYS)) throw new UserError('stale');
  const seconded = await secondmentsOn(trx, programme.id, day);
  if (!seconded.some((s) => s.personId === me.id)) throw new UserError('bad_form', t.reminders.notSeconded);
  return {
    do: [{ what: 'attend', attendance: { personId: me.id, day, answer, saidAt: now, late: day < today } }],
    toast: { type: 'success', content: t.reminders.attended[answer] },
  };
}
