import { activities } from './activities.ts';
import { answerHelp } from './answer-help.ts';
import { askHelp } from './ask-help.ts';
import { backToNotice } from './back-to-notice.ts';
import { behind } from './behind.ts';
import { cancelEdit } from './cancel-edit.ts';
import { chooseKind } from './choose-kind.ts';
import { claim } from './claim.ts';
import { claimNone } from './claim-none.ts';
import { closeHelp } from './close-help.ts';
import { completeDraft } from './complete-draft.ts';
import { confirm } from './confirm.ts';
import { deletePhoto } from './delete-photo.ts';
import { discardDraft } from './discard-draft.ts';
import { dispute } from './dispute.ts';
import { edit } from './edit.ts';
import { exportLedger } from './export-ledger.ts';
import { exportList } from './export-list.ts';
import { help } from './help.ts';
import { importCancel } from './import-cancel.ts';
import { importConfirm } from './import-confirm.ts';
import { list } from './list.ts';
import { myRecord } from './my-record.ts';
import { myTasks } from './my-tasks.ts';
import { nudge } from './nudge.ts';
import { nudgeAll } from './nudge-all.ts';
import { openForm } from './open-form.ts';
import { page } from './page.ts';
import { planDate } from './plan-date.ts';
import { plannedDone } from './planned-done.ts';
import { plannedFailed } from './planned-failed.ts';
import { plannedFailedSave } from './planned-failed-save.ts';
import { plannedFinish } from './planned-finish.ts';
import { plannedMove } from './planned-move.ts';
import { plannedMoveSave } from './planned-move-save.ts';
import { records } from './records.ts';
import { reportDone } from './report-done.ts';
import { restore } from './restore.ts';
import { sameOccasion } from './same-occasion.ts';
import { saveEdit } from './save-edit.ts';
import { savePlanDate } from './save-plan-date.ts';
import { secondmentLeave } from './secondment-leave.ts';
import { secondmentPresent } from './secondment-present.ts';
import { sendHelp } from './send-help.ts';
import { separateOccasion } from './separate-occasion.ts';
import { showPhotos } from './show-photos.ts';
import { snooze } from './snooze.ts';
import { submitForm } from './submit-form.ts';
import { summaryBy } from './summary-by.ts';
import { urgent } from './urgent.ts';
import { why } from './why.ts';
import { withdraw } from './withdraw.ts';

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
