import type { Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { helpCard, helpOf } from './help-card.ts';

const MAX_TEXT = 500;

/** A coordinator's answer goes to the one who asked. */
export const answerHelpAction: Action<'answer_help'> = {
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
    const identity = NOTICE.helpAnswer(help.id, help.answers.length);
    return {
      do: [
        { what: 'help', help },
        { what: 'notify', identity, kind: 'help', personId: help.personId, card },
      ],
      say: () => helpCard(facts, help, me.id),
    };
  },
};

/** 已解决: by the one who asked or a coordinator. Pressed again it shows that it is closed. */
export const closeHelpAction: Action<'close_help'> = {
  name: 'close_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    if (before.personId !== facts.me.id) permit(facts, 'answer', { kind: 'person', id: before.personId });
    const help = { ...before, state: 'closed' as const };
    return {
      do: before.state === 'closed' ? [] : [{ what: 'help', help }],
      say: () => helpCard(facts, help, facts.me.id),
    };
  },
};
