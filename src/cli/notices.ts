import { parseArgs } from 'node:util';
import { textsOf } from '../cards/index.ts';
import { noticeWords } from '../cards/notice-log.ts';
import { isoAt } from '../plan/clock.ts';
import { rosterOf } from '../plan/roster.ts';
import { noticeLog } from '../store/notice-log.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import type { OperatorCommand } from './command.ts';
import { findPerson } from './names.ts';

const ROWS = 200;

export const notices: OperatorCommand = {
  usage: 'notices [--person NAME] [--json]',
  summary: 'list the latest messages: what was sent, what was not, and why',
  run: async ({ args, io, core: { ctx } }) => {
    const { values } = parseArgs({ args, options: { person: { type: 'string' }, json: { type: 'boolean' } } });
    const programmes: StoredProgramme[] = [];
    for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
    const person = values.person === undefined ? undefined : findPerson(programmes, values.person);
    const t = textsOf('zh-CN');
    const entries: object[] = [];
    for (const programme of programmes) {
      const { rows } = await noticeLog(ctx.db, programme.id, person && [person.id], { page: 1, size: ROWS });
      for (const n of rows) {
        const at = isoAt(n.at, ctx.config.timezone);
        const name = rosterOf(programme).personName(n.personId) ?? '';
        const { id, kind, state, parts, reason } = n;
        entries.push({ id, at, person: name, kind, parts, state, ...(reason ? { reason } : {}) });
        const words = noticeWords(n, t);
        if (!values.json) io.out(`${at}\t${name}\t${words.kind}\t${words.state}\n`);
      }
    }
    if (values.json) io.out(`${JSON.stringify(entries)}\n`);
    return 0;
  },
};
