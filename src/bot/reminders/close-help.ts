import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { helpCard, helpOf } from './help-shown.ts';

/** 已解决: by the one who asked or a coordinator. Pressed again it shows that it is closed. */
export const closeHelp: Action = {
  name: 'close_help',
  run: async (trx, facts, click) => {
    const before = await helpOf(trx, facts, click);
    if (before.personId !== facts.me.id) permit(facts, 'answer', { kind: 'person', id: before.personId });
    const help = { ...before, state: 'closed' as const };
    return { ...(before.state === 'closed' ? {} : { help }), say: () => helpCard(facts, help, facts.me.id) };
  },
};
