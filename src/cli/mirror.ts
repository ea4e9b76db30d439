import { parseArgs } from 'node:util';
import { basePlaceIn } from '../lark/base-link.ts';
import { mirrorAll } from '../mirror/mirror.ts';
import { insertAudit } from '../store/audit.ts';
import { type Mirror, mirrorOf, saveMirror } from '../store/mirror.ts';
import { countMarks } from '../store/mirror-marks.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { transact } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { findPerson } from './names.ts';

export const mirror: OperatorCommand = {
  usage: 'mirror [--person NAME [--base URL] [--names] | --off] [--programme NAME]',
  summary:
    'keep the ledger in a Feishu Base: a new one, shared with that person, or one that was shared with the app; no pupils’ names, staff names only with --names; without options: write what waits and show the state',
  run: async ({ args, io, core: { ctx } }) => {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const { values } = parseArgs({
      args,
      options: { person: text, base: text, names: flag, off: flag, programme: text },
    });
    const programmes: StoredProgramme[] = [];
    for (const { id, name } of await listProgrammes(ctx.db))
      if (values.programme === undefined || name === values.programme)
        programmes.push(await ctx.programmeOf(ctx.db, id));
    if (programmes.length === 0) throw new Usage(`no programme named ${values.programme}`);
    if (values.off && values.person) throw new Usage('either --person or --off');
    const place = values.base === undefined ? undefined : basePlaceIn(values.base);
    if (values.base !== undefined && !place)
      throw new Usage('--base: an address such as https://….feishu.cn/base/… or …/wiki/…');
    const by = values.person === undefined ? undefined : findPerson(programmes, values.person);
    if (!by && (values.base || values.names)) throw new Usage('--person: who is notified');
    for (const { id } of programmes) {
      const changes: Partial<Mirror> | undefined = values.off
        ? { state: 'off' }
        : by?.programmeId === id
          ? {
              state: 'wanted',
              byId: by.id,
              compared: undefined,
              code: undefined,
              names: values.names ? true : undefined,
              ...(place && { appToken: undefined, url: values.base, place }),
            }
          : undefined;
      if (!changes) continue;
      await transact(ctx.db, async (trx) => {
        const before = await mirrorOf(trx, id);
        if (!before && changes.state === 'off') return;
        await saveMirror(trx, { programmeId: id, byId: '', state: 'wanted', ...before, ...changes });
        const entry = { act: 'mirror', target: `programme:${id}`, detail: values.off ? 'off' : 'on' };
        await insertAudit(trx, id, { actor: 'administrator', now: ctx.now(), newId: ctx.newId }, [entry]);
      });
    }
    await mirrorAll(ctx);
    for (const { id, name } of programmes) {
      const found = await mirrorOf(ctx.db, id);
      const waiting = await countMarks(ctx.db, id);
      const code = found?.code ? ` (${found.code})` : '';
      io.out(
        `${name}\t${found ? `${found.state}${code}\t${waiting} rows wait\t${found.url ?? ''}` : 'not mirrored'}\n`,
      );
    }
    return 0;
  },
};
