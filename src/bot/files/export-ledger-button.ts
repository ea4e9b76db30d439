import type { Action } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import { filed } from './export-ledger.ts';

/** 导出台账 on a summary: the card stays, the file follows. */
export const exportLedger: Action = {
  name: 'export_ledger',
  run: async (_trx, facts) => {
    permittedRealm(facts, 'export');
    const { chores } = filed(facts, { what: 'ledger' });
    return { chores, toast: { type: 'info', content: facts.t.lists.sending } };
  },
};
