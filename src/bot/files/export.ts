import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { CHORE } from '../../plan/identities.ts';
import { idsOf, lists } from '../insight/lists.ts';
import type { FileOrder } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';

const LEDGER =
  /^导出$|^export$|^(?:请|麻烦|帮我)*(?:导出|下载|给我|把|发|要)?(?:一下|一份)?(?:本月|这个月|上个月|本学期|这学期|我们?学?校)?的?(?:全部)?台账(?:导出来?|发我|给我|发给我|发一下|发过来)?[。!！]*$/i;

/** 导出, 导出台账: the ledger of everything the sender answers for, as a file. */
export const exportLedgerCommand: Command = {
  name: 'export',
  each: 'apart',
  match: (text) => (LEDGER.test(text.trim()) ? {} : undefined),
  run: async (_trx, facts) => {
    permittedRealm(facts, 'export');
    return filed(facts, { what: 'ledger' });
  },
};

/** The file is made and sent after commit; until then the sender sees that it is on its way. Private chats only. */
export function filed(facts: Facts, order: FileOrder): Outcome {
  if (facts.group) throw new UserError('group');
  const { t, openId, cause, programme } = facts;
  return {
    do: [
      {
        what: 'chore',
        identity: CHORE.sendFile(cause, programme.id),
        kind: 'send_file',
        body: { openId, programmeId: programme.id, order },
      },
    ],
    say: () => notice({ title: titleOf(order, t), text: t.lists.sending }, t),
  };
}

/** What the file is, as its name will say. */
function titleOf(order: FileOrder, t: Texts): string {
  switch (order.what) {
    case 'ledger':
      return t.ledger.title;
    case 'template':
      return t.import.template;
    case 'archive':
      return t.archive.title;
    case 'certificate':
      return t.archive.workCertificate;
    case 'inspection':
      return t.inspection.title;
    case 'circular':
      return t.inspection.circular;
    case 'paper':
      return t.papers.titles[order.paper];
    case 'list':
      return t.lists[order.view];
  }
}

/** 导出台账 on a summary: the card stays, the file follows. */
export const exportLedgerAction: Action<'export_ledger'> = {
  name: 'export_ledger',
  run: async (_trx, facts) => {
    permittedRealm(facts, 'export');
    return { do: filed(facts, { what: 'ledger' }).do, toast: { type: 'info', content: facts.t.lists.sending } };
  },
};

/** 导出此表 below a list: all its rows as a file. */
export const exportListAction: Action<'export_list'> = {
  name: 'export_list',
  run: async (trx, facts, { value }) => {
    const { view } = value;
    const ids = idsOf(value);
    // Called only for its refusal: the file is made after commit.
    await lists[view](trx, facts, ids, { page: 1, size: 1 });
    return {
      do: filed(facts, { what: 'list', view, ids }).do,
      toast: { type: 'info', content: facts.t.lists.sending },
    };
  },
};
