import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { type Actor, allActingOn, may } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty, reminderCard } from './reminders.ts';

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
    const card = (reader: Actor) => (theirs: Texts) => {
      const { helpTitle: title, helpText } = theirs.reminders;
      const words = wordsShown(reason, { ...facts, reader, group: false }, me.id);
      return notice({ title, text: helpText(me.name, requirement.title, words) }, theirs);
    };
    return {
      checkIns: [{ personId: me.id, obligationId: id, on: today, answer: 'help', reason }],
      notify: helpers(facts).map((reader) => ({
        identity: `help|${me.id}|${id}|${today}|${reader.id}`,
        kind: 'help',
        personId: reader.id,
        line: 'answers',
        card: card(reader),
      })),
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};

function helpers({ programme, me, today }: Facts): Actor[] {
  const answering = (people: typeof programme.people) =>
    allActingOn(people, today).filter(
      (p) => p.id !== me.id && may(p, 'answer', { kind: 'person', id: me.id }, programme),
    );
  const near = answering(me.schoolId ? (rosterOf(programme).peopleOfSchool.get(me.schoolId) ?? []) : []);
  return near.length > 0 ? near : answering(programme.people);
}
