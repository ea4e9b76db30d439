import { help } from './help.ts';
import { myTasks } from './my-tasks.ts';
import { withdraw } from './withdraw.ts';

/** Every command, in the order in which they are tried; what none of them takes is read as a report. */
export const commands = { help, 'my-tasks': myTasks, withdraw } as const;
