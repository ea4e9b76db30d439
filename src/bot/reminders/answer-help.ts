import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { HelpRequest } from '../../store/help.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { helpCard, helpOf } from './help-card.ts';
import { digestAgain } from './own-reminder.ts';

const MAX_TEXT = 500;

/** Sends the other side a card of the request as it stands. */
function cardForOther(facts: Facts, help: HelpRequest, identity: string, personId: string): Change[] {
  const person = rosterOf(facts.programme).person.get(personId);
  if (!person || person.id === facts.me.id) return [];
  const reader = actingOn(person, facts.today);
  return [{ what: 'notify', identity, kind: 'help', personId, card: (t) => helpCard({ ...facts, t }, help, reader) }];
}

/** 我来处理: notifies the asker who handles the request. A second presser sees who already does. */
export const takeHelpAction: Action<'take_help'> = {
  name: 'take_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    permit(facts, 'answer', { kind: 'person', id: before.personId });
    const help: HelpRequest = before.state === 'open' ? { ...before, state: 'taken', takenBy: facts.me.id } : before;
    const changes: Change[] =
      before.state === 'open'
        ? [{ what: 'help', help }, ...cardForOther(facts, help, NOTICE.helpTaken(help.id), help.personId)]
        : [];
    if (!(await digestAgain(trx, facts, click.messageId))) return { do: changes, say: () => helpCard(facts, help) };
    // The digest stays and shows who handles it; the request gets a separate card to answer on.
    const identity = NOTICE.asked(help.id, facts.cause);
    const card = helpCard(facts, help);
    const ownCard: Change = { what: 'notify', identity, kind: 'help', personId: facts.me.id, card, line: 'answers' };
    return { do: [...changes, ownCard], say: () => digestAgain(trx, facts, click.messageId) };
  },
};

/** Sends a coordinator's answer to the asker. */
export const answerHelpAction: Action<'answer_help'> = {
  name: 'answer_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    permit(facts, 'answer', { kind: 'person', id: before.personId });
    const text = typeof click.form.answer === 'string' ? click.form.answer.trim().slice(0, MAX_TEXT) : '';
    if (text === '') throw new UserError('bad_form', facts.t.helpRequest.answer);
    if (before.state === 'closed') return { say: () => helpCard(facts, before) };
    const { me, now } = facts;
    const help: HelpRequest = {
      ...before,
      state: 'answered',
      takenBy: before.takenBy ?? me.id,
      answers: [...before.answers, { byId: me.id, text, at: now }],
    };
    return {
      do: [
        { what: 'help', help },
        ...cardForOther(facts, help, NOTICE.helpAnswer(help.id, help.answers.length), help.personId),
      ],
      say: () => helpCard(facts, help),
    };
  },
};

/** 已解决: by the asker or a coordinator; notifies the other side. A second press shows that it is closed. */
export const closeHelpAction: Action<'close_help'> = {
  name: 'close_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    const { personId, takenBy } = before;
    if (personId !== facts.me.id) permit(facts, 'answer', { kind: 'person', id: personId });
    if (before.state === 'closed') return { say: () => helpCard(facts, before) };
    const help: HelpRequest = { ...before, state: 'closed' };
    const others = [personId, ...(takenBy ? [takenBy] : [])];
    return {
      do: [
        { what: 'help', help },
        ...others.flatMap((id) => cardForOther(facts, help, NOTICE.helpClosed(help.id, id), id)),
      ],
      say: () => helpCard(facts, help),
    };
  },
};
