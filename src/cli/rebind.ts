import { dayAt } from '../plan/clock.ts';
import { planFindPeople } from '../store/find-people.ts';
import { readMeta } from '../store/meta.ts';
import { listProgrammes } from '../store/programmes.ts';
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
    const today = dayAt(ctx.now(), ctx.config.timezone);
    const { forgotten } = await transact(ctx.db, async (trx) => {
      const done = await rebindApp(trx, ctx.appId);
      // At the next start those whose mobile or mail is in a roster are looked up in the new app.
      for (const { id } of await listProgrammes(trx))
        await planFindPeople(trx, id, `${today}:${ctx.appId}`, { now: ctx.now(), newId: ctx.newId });
      return done;
    });
    io.out(
      `the store belonged to ${before} and now belongs to ${ctx.appId}; ${forgotten} people are to be recognised anew\n`,
    );
    return 0;
  },
};
