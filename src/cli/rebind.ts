import { readMeta } from '../store/meta.ts';
import { rebindApp } from '../store/rebind.ts';
import { transact } from '../store/transaction.ts';
import type { OperatorCommand } from './command.ts';

export const rebind: OperatorCommand = {
  usage: 'rebind',
  summary: 'give the store to the app of LARK_APP_ID: people are recognised anew by mobile and mail, records stay',
  run: async ({ io, core: { ctx } }) => {
    const before = await readMeta(ctx.db, 'app');
    if (before === ctx.appId) {
      io.out(`the store belongs to ${ctx.appId} already\n`);
      return 0;
    }
    const { forgotten } = await transact(ctx.db, (trx) => rebindApp(trx, ctx.appId));
    io.out(
      `the store belonged to ${before} and now belongs to ${ctx.appId}; ${forgotten} people are to be recognised anew\n`,
    );
    return 0;
  },
};
