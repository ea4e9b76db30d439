import { exportLedger } from './files/export-ledger-button.ts';
import { exportList } from './files/export-list.ts';
import { importCancel } from './files/import-cancel.ts';
import { importConfirm } from './files/import-confirm.ts';
import { activities } from './insight/activities.ts';
import { help } from './insight/help-button.ts';
import { list } from './insight/list-button.ts';
import { myRecord } from './insight/my-record.ts';
import { myTasks } from './insight/my-tasks-button.ts';
import { records } from './insight/records.ts';
import { summaryBy } from './insight/summary-by.ts';
import { why } from './insight/why-button.ts';
import { backToNotice } from './intake/back-to-notice.ts';
import { page } from './intake/page.ts';
import { claim } from './people/claim.ts';
import { claimNone } from './people/claim-none.ts';
import { planDate } from './planned/plan-date.ts';
import { plannedDone } from './planned/planned-done.ts';
import { plannedFailed } from './planned/planned-failed.ts';
import { plannedFailedSave } from './planned/planned-failed-save.ts';
import { plannedFinish } from './planned/planned-finish.ts';
import { plannedMove } from './planned/planned-move.ts';
import { plannedMoveSave } from './planned/planned-move-save.ts';
import { savePlanDate } from './planned/save-plan-date.ts';
import { answerHelp } from './reminders/answer-help.ts';
import { askHelp } from './reminders/ask-help-button.ts';
import { behind } from './reminders/behind.ts';
import { closeHelp } from './reminders/close-help.ts';
import { nudgeAll } from './reminders/nudge-all.ts';
import { nudge } from './reminders/nudge-button.ts';
import { secondmentLeave } from './reminders/secondment-leave.ts';
import { secondmentPresent } from './reminders/secondment-present.ts';
import { sendHelp } from './reminders/send-help.ts';
import { snooze } from './reminders/snooze.ts';
import { urgent } from './reminders/urgent.ts';
import { cancelEdit } from './report/cancel-edit.ts';
import { chooseKind } from './report/choose-kind.ts';
import { completeDraft } from './report/complete-draft.ts';
import { confirm } from './report/confirm-button.ts';
import { deletePhoto } from './report/delete-photo.ts';
import { discardDraft } from './report/discard-draft.ts';
import { dispute } from './report/dispute.ts';
import { edit } from './report/edit.ts';
import { openForm } from './report/open-form.ts';
import { reportDone } from './report/report-done.ts';
import { restore } from './report/restore.ts';
import { sameOccasion } from './report/same-occasion-button.ts';
import { saveEdit } from './report/save-edit.ts';
import { separateOccasion } from './report/separate-occasion.ts';
import { showPhotos } from './report/show-photos.ts';
import { submitForm } from './report/submit-form.ts';
import { withdraw } from './report/withdraw-button.ts';

/** Every button by the name it carries in `value.action`. */
export const actions = {
  activities,
  answer_help: answerHelp,
  close_help: closeHelp,
  confirm,
  dispute,
  ask_help: askHelp,
  back_to_notice: backToNotice,
  behind,
  cancel_edit: cancelEdit,
  choose_kind: chooseKind,
  claim,
  claim_none: claimNone,
  complete_draft: completeDraft,
  delete_photo: deletePhoto,
  discard_draft: discardDraft,
  edit,
  export_ledger: exportLedger,
  export_list: exportList,
  help,
  list,
  my_record: myRecord,
  import_cancel: importCancel,
  import_confirm: importConfirm,
  my_tasks: myTasks,
  nudge,
  nudge_all: nudgeAll,
  open_form: openForm,
  page,
  plan_date: planDate,
  planned_done: plannedDone,
  planned_failed: plannedFailed,
  planned_failed_save: plannedFailedSave,
  planned_finish: plannedFinish,
  planned_move: plannedMove,
  planned_move_save: plannedMoveSave,
  records,
  report_done: reportDone,
  restore,
  same_occasion: sameOccasion,
  save_edit: saveEdit,
  save_plan_date: savePlanDate,
  secondment_leave: secondmentLeave,
  secondment_present: secondmentPresent,
  send_help: sendHelp,
  separate_occasion: separateOccasion,
  show_photos: showPhotos,
  snooze,
  submit_form: submitForm,
  summary_by: summaryBy,
  urgent,
  why,
  withdraw,
} as const;
