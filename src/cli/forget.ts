import { parseArgs } from 'node:util';
import { forget as forgetOne } from '../store/forget.ts';
import { transact } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { oneProgramme } from './export.ts';
import { findPerson, findPupil } from './names.ts';

export const forget: OperatorCommand = {
  usage: 'forget --person NAME | --pupil NAME [--programme NAME] [--yes]',
  summary:
    'erase names, texts and evidence of a person or pupil; counts stay. Shows what it would remove; --yes does it',
  run: async ({ args, io, core }) => {
    const { values } = parseArgs({
      args,
      options: {
        person: { type: 'string' },
        pupil: { type: 'string' },
        programme: { type: 'string' },
        yes: { type: 'boolean' },
      },
    });
    if ((values.person === undefined) === (values.pupil === undefined)) throw new Usage('one of --person, --pupil');
    const { ctx } = core;
    const programme = await oneProgramme(core, values.programme);
    const who =
      values.person === undefined
        ? ({ kind: 'pupil', id: findPupil([programme], values.pupil!).id } as const)
        : ({ kind: 'person', id: findPerson([programme], values.person).id } as const);
    const at = { now: ctx.now(), newId: ctx.newId, dry: values.yes !== true };
    const { rows, files } = await transact(ctx.db, (trx) => forgetOne(trx, programme, who, at));
    for (const file of files) await ctx.vault.remove(file);
    for (const [table, n] of Object.entries(rows)) if (n > 0) io.out(`${String(n).padStart(6)} ${table}\n`);
    io.out(
      values.yes
        ? 'forgotten. Earlier backups still contain the data: let them expire, and run forget again after a restore. Files exported earlier may contain it too: delete them\n'
        : 'nothing was removed yet; repeat with --yes\n',
    );
    return 0;
  },
};
