import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { allActingOn, may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../facts.ts';
import type { Action } from '../outcome.ts';
import { ownDuty, reminderCard } from '../reminders.ts';

const LONGEST = 200;

/** The reason goes to the coordinators of the school (without one, to the bureau's), privately. */
export const sendHelp: Action = {
  name: 'send_help',
  run: async (trx, facts, click) => {
    const { shown, duty } = await ownDuty(trx, facts, click);
    const { me, t, today } = facts;
    const reason = typeof click.form.reason === 'string' ? click.form.reason.trim().normalize('NFC') : '';
    if (reason === '' || reason.length > LONGEST) throw new UserError('bad_form', t.fields.reason);
    const { id, requirement } = duty.obligation;
    const card = (theirs: Texts) =>
      notice(
        { title: theirs.reminders.helpTitle, text: theirs.reminders.helpText(me.name, requirement.title, reason) },
        theirs,
      );
    return {
      checkIns: [{ personId: me.id, obligationId: id, on: today, answer: 'help', reason }],
      notify: helpers(facts).map((personId) => ({
        identity: `help|${me.id}|${id}|${today}|${personId}`,
        kind: 'help',
        personId,
        line: 'answers',
        card,
      })),
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};

function helpers({ programme, me, today }: Facts): string[] {
  const answering = (people: typeof programme.people) =>
    allActingOn(people, today)
      .filter((p) => p.id !== me.id && may(p, 'answer', { kind: 'person', id: me.id }, programme))
      .map((p) => p.id);
  const near = answering(me.schoolId ? (rosterOf(programme).peopleOfSchool.get(me.schoolId) ?? []) : []);
  return near.length > 0 ? near : answering(programme.people);
}
