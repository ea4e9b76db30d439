import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import type { SendFileBody } from './send-file.ts';

/** 导出, 导出台账: the ledger of one's realm as a file. */
export const exportLedger: Command = {
  name: 'export',
  match: (text) => (/^导出(?:台账)?$|^export$/i.test(text) ? {} : undefined),
  run: async (_trx, facts) => {
    permittedRealm(facts, 'export');
    return filed(facts, { what: 'ledger' });
  },
};

/** A file is made and sent after commit; until then a word that it is on its way. Files are for private chats. */
export function filed(facts: Facts, order: SendFileBody['order']): Outcome {
  if (facts.group) throw new UserError('group');
  const { t, openId, cause } = facts;
  const body: SendFileBody = { openId, order };
  return {
    chores: [{ identity: `file:${cause}`, kind: 'send_file', body }],
    say: () => notice({ title: t.ledger.title, text: t.lists.sending }, t),
  };
}
