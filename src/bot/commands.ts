import { archiveCommand } from './files/archive.ts';
import { baseListsCommand } from './files/base-lists.ts';
import { certificateCommand } from './files/certificate.ts';
import { exportLedgerCommand } from './files/export.ts';
import { mirrorCommand } from './files/mirror.ts';
import { paperCommand } from './files/paper.ts';
import { templateCommand } from './files/template.ts';
import { askAroundCommand } from './insight/ask-around.ts';
import {
  inspectionsCommand,
  noticesCommand,
  overdueCommand,
  peopleCommand,
  progressCommand,
  schoolsCommand,
} from './insight/ask-for-list.ts';
import { helpCommand, usageCommand } from './insight/help.ts';
import { listChecksCommand } from './insight/list-checks.ts';
import { myRecordsCommand } from './insight/my-records.ts';
import { myTasksCommand } from './insight/my-tasks.ts';
import { pupilRecordCommand } from './insight/pupil-record.ts';
import { subscribeCommand } from './insight/subscribe.ts';
import { summaryCommand } from './insight/summary.ts';
import { whatCountsCommand } from './insight/what-counts.ts';
import { whyCommand } from './insight/why.ts';
import { mendedCommand } from './inspection/answer.ts';
import { findingCommand } from './inspection/finding.ts';
import { inspectCommand } from './inspection/open.ts';
import { circularCommand } from './inspection/steps.ts';
import { arrangeCommand } from './people/arrange.ts';
import { languageCommand } from './people/language.ts';
import { newYearCommand } from './people/new-year.ts';
import { unbindCommand } from './people/unbind.ts';
import { calendarCommand } from './planned/calendar.ts';
import { askHelpCommand } from './reminders/ask-help.ts';
import { nudgeCommand } from './reminders/nudge.ts';
import { ownHourCommand } from './reminders/own-hour.ts';
import { attendCommand } from './reminders/secondment-check-in.ts';
import { snoozeCommand } from './reminders/snooze.ts';
import { careRecordCommand } from './report/care-record.ts';
import { confirmCommand } from './report/confirm.ts';
import { mendCommand, restoreCommand } from './report/mend.ts';
import { reportCommand } from './report/open-form.ts';
import { reportForCommand } from './report/report-for.ts';
import { withdrawCommand } from './report/withdraw.ts';

/** Every command, in the order they are tried; a message that matches none is read as a report. */
export const commands = {
  help: helpCommand,
  'my-tasks': myTasksCommand,
  'my-records': myRecordsCommand,
  report: reportCommand,
  language: languageCommand,
  withdraw: withdrawCommand,
  restore: restoreCommand,
  mend: mendCommand,
  calendar: calendarCommand,
  snooze: snoozeCommand,
  'own-hour': ownHourCommand,
  summary: summaryCommand,
  'list-checks': listChecksCommand,
  overdue: overdueCommand,
  notices: noticesCommand,
  nudge: nudgeCommand,
  attend: attendCommand,
  progress: progressCommand,
  people: peopleCommand,
  schools: schoolsCommand,
  inspections: inspectionsCommand,
  export: exportLedgerCommand,
  template: templateCommand,
  archive: archiveCommand,
  certificate: certificateCommand,
  paper: paperCommand,
  inspect: inspectCommand,
  mirror: mirrorCommand,
  'base-lists': baseListsCommand,
  circular: circularCommand,
  finding: findingCommand,
  mended: mendedCommand,
  'ask-help': askHelpCommand,
  'care-record': careRecordCommand,
  'pupil-record': pupilRecordCommand,
  confirm: confirmCommand,
  'report-for': reportForCommand,
  subscribe: subscribeCommand,
  'what-counts': whatCountsCommand,
  'ask-around': askAroundCommand,
  why: whyCommand,
  unbind: unbindCommand,
  'new-year': newYearCommand,
  usage: usageCommand,
  arrange: arrangeCommand,
} as const;
