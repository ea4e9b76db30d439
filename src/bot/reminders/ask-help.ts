import { dutyShown } from '../../cards/card-models.ts';
import { askHelp, notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { type Actor, allActingOn, may, whomToAsk } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { HelpRequest } from '../../store/help.ts';
import { showList } from '../insight/lists.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { helpCard } from './help-card.ts';
import { ownDuty, reminderCard } from './own-reminder.ts';

const LONGEST = 200;

/** 求助 车坏了去不了: goes to one's coordinators, in private. 求助 alone lists what waits for the coordinator. */
export const askHelpCommand: Command<{ text: string }> = {
  name: 'ask-help',
  match: (text) => {
    const said = /^求助[\s:：，,]*([\s\S]{0,500})$/.exec(text);
    return said ? { text: said[1]!.trim() } : undefined;
  },
  run: async (trx, facts, { text }) => {
    if (text === '') return showList(trx, facts, 'help', {}, 1);
    const { me, programme, now, newId } = facts;
    const help: HelpRequest = { id: newId(), personId: me.id, state: 'open', askedAt: now, text, answers: [] };
    const coordinators = whomToAsk(me, 'answer', { kind: 'person', id: me.id }, programme);
    return {
      do: [
        { what: 'help', help },
        ...coordinators.map(
          (p): Change => ({
            what: 'notify',
            identity: NOTICE.help(help.id, p.id),
            kind: 'help',
            personId: p.id,
            card: (t: Texts) => helpCard({ ...facts, t }, help, p.id, p),
          }),
        ),
      ],
      say: () => helpCard(facts, help, me.id),
    };
  },
};

/** 有困难 on a reminder: asks for the reason. */
export const askHelpAction: Action<'ask_help'> = {
  name: 'ask_help',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    return { say: () => askHelp({ duty: dutyShown(duty, facts), notice: shown.notice }, facts.t) };
  },
};

/** The reason goes to the coordinators of the school (without one, to the bureau's), privately. */
export const sendHelpAction: Action<'send_help'> = {
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
      do: [
        { what: 'check_in', answer: { personId: me.id, obligationId: id, on: today, answer: 'help', reason } },
        ...helpers(facts).map(
          (reader): Change => ({
            what: 'notify',
            identity: NOTICE.difficulty(me.id, id, today, reader.id),
            kind: 'help',
            personId: reader.id,
            line: 'answers',
            card: card(reader),
          }),
        ),
      ],
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
