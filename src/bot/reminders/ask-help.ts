import type { Texts } from '../../cards/index.ts';
import { whomToAsk } from '../../plan/policy.ts';
import type { HelpRequest } from '../../store/help.ts';
import { showList } from '../insight/lists.ts';
import type { Command } from '../intake/outcome.ts';
import { helpCard } from './help-shown.ts';

/** 求助 车坏了去不了: goes to one's coordinators, in private. 求助 alone lists what waits for the coordinator. */
export const askHelp: Command<{ text: string }> = {
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
      help,
      notify: coordinators.map((p) => ({
        identity: `help:${help.id}:${p.id}`,
        kind: 'help',
        personId: p.id,
        card: (t: Texts) => helpCard({ ...facts, t }, help, p.id, p),
      })),
      say: () => helpCard(facts, help, me.id),
    };
  },
};
