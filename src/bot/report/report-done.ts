import type { FieldName } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Obligation } from '../../plan/obligation.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Counted } from '../../store/obligations.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { lineOn, ownDuty, reminderCard } from '../reminders/own-reminder.ts';
import { reportForm } from './report-form.ts';

/** 填报 on a reminder: opens the prefilled form in a separate message, so that the reminder stays. */
export const reportDoneAction: Action<'report_done'> = {
  name: 'report_done',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    const line = lineOn(shown, duty.obligation.id, facts.me.id);
    return {
      do: [
        {
          what: 'notify',
          identity: NOTICE.form(facts.cause),
          kind: 'answer',
          personId: facts.me.id,
          line: 'answers',
          card: formOf(facts, line.length > 0 ? line : [duty]),
        },
      ],
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};

/** The form for a line of duties, prefilled with everything they determine. */
export function formOf(facts: Facts, line: Counted[]) {
  const [first] = line as [Counted];
  const values = known(
    line.map((c) => c.obligation),
    facts,
  );
  return reportForm(facts, first.obligation.requirement.activity, { values });
}

/** What the duties determine about the report: every pupil of the line. */
function known(line: Obligation[], { programme, me }: Facts): Partial<Record<FieldName, string | string[]>> {
  const { care, mentorship, pairing } = rosterOf(programme);
  const [{ subject }] = line as [Obligation];
  if (subject.kind === 'care') return { pupils: line.flatMap((o) => care.get(o.subject.id)?.pupilId ?? []) };
  if (subject.kind === 'mentorship') {
    const both = mentorship.get(subject.id);
    return both ? { participants: [both.mentorId === me.id ? both.menteeId : both.mentorId] } : {};
  }
  const pair = subject.kind === 'pairing' ? pairing.get(subject.id) : undefined;
  if (!pair) return {};
  return { place: pair.supporterId === me.schoolId ? pair.recipientId : pair.supporterId };
}
