import type { Action } from '../intake/outcome.ts';
import { help as command } from './help.ts';

/** 帮助 on any card. */
export const help: Action = { name: 'help', run: (trx, facts) => command.run(trx, facts) };
