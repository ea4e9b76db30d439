import type { Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { helpCard, helpOf } from './help-shown.ts';

const MAX_TEXT = 500;

/** A coordinator's answer goes to the one who asked. */
export const answerHelp: Action = {
  name: 'answer_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    permit(facts, 'answer', { kind: 'person', id: before.personId });
    const text = typeof click.form.answer === 'string' ? click.form.answer.trim().slice(0, MAX_TEXT) : '';
    if (text === '') throw new UserError('bad_form', facts.t.helpRequest.answer);
    if (before.state === 'closed') return { say: () => helpCard(facts, before, facts.me.id) };
    const { me, now } = facts;
    const help = {
      ...before,
      state: 'answered' as const,
      answers: [...before.answers, { byId: me.id, text, at: now }],
    };
    const card = (t: Texts) => helpCard({ ...facts, t }, help, help.personId);
    return {
      help,
      notify: [
        { identity: `help:${help.id}:answer:${help.answers.length}`, kind: 'help', personId: help.personId, card },
      ],
      say: () => helpCard(facts, help, me.id),
    };
  },
};
