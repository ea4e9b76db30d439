import { archive } from './files/archive.ts';
import { exportLedger } from './files/export-ledger.ts';
import { template } from './files/template.ts';
import { help } from './insight/help.ts';
import { inspect } from './insight/inspect.ts';
import { myRecords } from './insight/my-records.ts';
import { myTasks } from './insight/my-tasks.ts';
import { notices } from './insight/notices.ts';
import { overdue } from './insight/overdue.ts';
import { people } from './insight/people.ts';
import { progress } from './insight/progress.ts';
import { subscribe } from './insight/subscribe.ts';
import { summary } from './insight/summary.ts';
import { usage } from './insight/usage.ts';
import { why } from './insight/why.ts';
import { language } from './people/language-command.ts';
import { leave } from './people/leave.ts';
import { pairingEnds } from './people/pairing-ends.ts';
import { personLeaves } from './people/person-leaves.ts';
import { pupilLeaves } from './people/pupil-leaves.ts';
import { replace } from './people/replace.ts';
import { waive } from './people/waive.ts';
import { askHelp } from './reminders/ask-help.ts';
import { attend } from './reminders/attend-command.ts';
import { nudge } from './reminders/nudge.ts';
import { confirmCommand } from './report/confirm-command.ts';
import { reportCommand } from './report/report-command.ts';
import { reportFor } from './report/report-for.ts';
import { withdraw } from './report/withdraw.ts';

/** Every command, in the order in which they are tried; what none of them takes is read as a report. */
export const commands = {
  help,
  'my-tasks': myTasks,
  'my-records': myRecords,
  report: reportCommand,
  language,
  withdraw,
  summary,
  overdue,
  notices,
  nudge,
  attend,
  progress,
  people,
  export: exportLedger,
  template,
  archive,
  inspect,
  'ask-help': askHelp,
  confirm: confirmCommand,
  'report-for': reportFor,
  subscribe,
  why,
  usage,
  leave,
  replace,
  waive,
  'pupil-leaves': pupilLeaves,
  'person-leaves': personLeaves,
  'pairing-ends': pairingEnds,
} as const;
