import { help as command } from '../commands/help.ts';
import type { Action } from '../outcome.ts';

/** 帮助 on any card. */
export const help: Action = { name: 'help', run: (trx, facts) => command.run(trx, facts) };
