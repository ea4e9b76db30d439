import { help } from './help.ts';
import { language } from './language.ts';
import { myRecords } from './my-records.ts';
import { myTasks } from './my-tasks.ts';
import { reportCommand } from './report.ts';
import { subscribe } from './subscribe.ts';
import { summary } from './summary.ts';
import { withdraw } from './withdraw.ts';

/** Every command, in the order in which they are tried; what none of them takes is read as a report. */
export const commands = {
  help,
  'my-tasks': myTasks,
  'my-records': myRecords,
  report: reportCommand,
  language,
  withdraw,
  summary,
  subscribe,
} as const;
