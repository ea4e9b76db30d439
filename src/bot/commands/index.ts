import { archive } from './archive.ts';
import { askHelp } from './ask-help.ts';
import { attend } from './attend.ts';
import { confirmCommand } from './confirm.ts';
import { exportLedger } from './export.ts';
import { help } from './help.ts';
import { inspect } from './inspect.ts';
import { language } from './language.ts';
import { leave } from './leave.ts';
import { myRecords } from './my-records.ts';
import { myTasks } from './my-tasks.ts';
import { notices } from './notices.ts';
import { nudge } from './nudge.ts';
import { overdue } from './overdue.ts';
import { pairingEnds } from './pairing-ends.ts';
import { people } from './people.ts';
import { personLeaves } from './person-leaves.ts';
import { progress } from './progress.ts';
import { pupilLeaves } from './pupil-leaves.ts';
import { replace } from './replace.ts';
import { reportCommand } from './report.ts';
import { reportFor } from './report-for.ts';
import { subscribe } from './subscribe.ts';
import { summary } from './summary.ts';
import { usage } from './usage.ts';
import { waive } from './waive.ts';
import { why } from './why.ts';
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
  overdue,
  notices,
  nudge,
  attend,
  progress,
  people,
  export: exportLedger,
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
