import type { FieldName } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Obligation } from '../../plan/obligation.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty, reminderCard } from '../reminders/own-reminder.ts';
import { reportForm } from './report-form.ts';

/** 已完成 on a reminder: the form of that activity, prefilled, as a message of its own, so that the reminder stays. */
export const reportDoneAction: Action<'report_done'> = {
  name: 'report_done',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    const { obligation } = duty;
    return {
      do: [
        {
          what: 'notify',
          identity: NOTICE.form(facts.cause),
          kind: 'answer',
          personId: facts.me.id,
          line: 'answers',
          card: reportForm(facts, obligation.requirement.activity, { values: known(obligation, facts) }),
        },
      ],
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};

/** What the duty itself says of the report. */
function known({ subject }: Obligation, { programme, me }: Facts): Partial<Record<FieldName, string | string[]>> {
  const { care, mentorship, pairing } = rosterOf(programme);
  if (subject.kind === 'care') return { pupils: [care.get(subject.id)?.pupilId ?? ''] };
  if (subject.kind === 'mentorship') {
    const both = mentorship.get(subject.id);
    return both ? { participants: [both.mentorId === me.id ? both.menteeId : both.mentorId] } : {};
  }
  const pair = subject.kind === 'pairing' ? pairing.get(subject.id) : undefined;
  if (!pair) return {};
  return { place: pair.supporterId === me.schoolId ? pair.recipientId : pair.supporterId };
}
