import type { ButtonName } from '../cards/buttons.ts';
import { planAdoptAction, planDiscardAction } from './files/adopt-plan.ts';
import { certificateAction } from './files/certificate.ts';
import { exportLedgerAction, exportListAction } from './files/export.ts';
import { importCancelAction, importConfirmAction, yearUndoAction } from './files/import-confirm.ts';
import { helpAction } from './insight/help.ts';
import { activitiesAction, listAction } from './insight/lists.ts';
import { myRecordAction } from './insight/my-record.ts';
import { recordsAction } from './insight/my-records.ts';
import { myTasksAction } from './insight/my-tasks.ts';
import { pageAction } from './insight/page.ts';
import { behindAction, summaryByAction } from './insight/summary.ts';
import { whyAction } from './insight/why.ts';
import { answerFindingAction, showInspectionAction } from './inspection/answer.ts';
import { addFindingAction } from './inspection/finding.ts';
import { circulateAction, closeInspectionAction, mendFindingAction } from './inspection/steps.ts';
import type { Action } from './intake/outcome.ts';
import {
  arrangeCancelAction,
  arrangeConfirmAction,
  arrangeDeclineAction,
  arrangeUndoAction,
} from './people/arrange-decide.ts';
import { arrangeEditAction, arrangeSaveAction } from './people/arrange-edit.ts';
import { claimAddAction, claimChooseAction, claimPickAction } from './people/choose-person.ts';
import { claimAction, claimNoneAction } from './people/claim.ts';
import { newYearAction, newYearPreviewAction } from './people/new-year.ts';
import { plannedDoneAction, plannedFinishAction } from './planned/planned-done.ts';
import { plannedFailedAction, plannedFailedSaveAction } from './planned/planned-failed.ts';
import { plannedMoveAction, plannedMoveSaveAction } from './planned/planned-move.ts';
import { answerHelpAction, closeHelpAction, takeHelpAction } from './reminders/answer-help.ts';
import { tellHelpAction } from './reminders/ask-help.ts';
import { checkInAction } from './reminders/check-in.ts';
import { notDoneAction } from './reminders/not-done.ts';
import { notMeAction } from './reminders/not-me.ts';
import { nudgeAction, nudgeAllAction, urgentAction } from './reminders/nudge.ts';
import { backToNoticeAction } from './reminders/own-reminder.ts';
import { secondmentLeaveAction, secondmentPresentAction } from './reminders/secondment-check-in.ts';
import { snoozeAction } from './reminders/snooze.ts';
import { completeDraftAction, discardDraftAction } from './report/answer-draft.ts';
import { confirmAction, disputeAction } from './report/confirm.ts';
import { deletePhotoAction } from './report/delete-photo.ts';
import { cancelEditAction, editAction, saveEditAction } from './report/edit.ts';
import { applyChangeAction } from './report/mending.ts';
import { moveRecordAction } from './report/move-record.ts';
import { notHeldAction } from './report/not-held.ts';
import { chooseKindAction, openFormAction } from './report/open-form.ts';
import { reportDoneAction } from './report/report-done.ts';
import { reportInAction } from './report/report-in.ts';
import {
  anotherTimeAction,
  changeEarlierAction,
  sameOccasionAction,
  separateOccasionAction,
} from './report/same-occasion.ts';
import { showPhotosAction } from './report/show-photos.ts';
import { submitFormAction } from './report/submit-form.ts';
import { discardDraftsAction, editDraftAction, recordDraftsAction } from './report/to-confirm.ts';
import { waitingAction } from './report/waiting.ts';
import { whichDutyAction } from './report/which-duty.ts';
import { restoreAction, withdrawAction } from './report/withdraw.ts';

/** Every button by the name it carries; what they carry is in cards/buttons.ts. */
export const actions: { [N in ButtonName]: Action<N> } = {
  activities: activitiesAction,
  add_finding: addFindingAction,
  another_time: anotherTimeAction,
  answer_finding: answerFindingAction,
  answer_help: answerHelpAction,
  apply_change: applyChangeAction,
  arrange_cancel: arrangeCancelAction,
  arrange_confirm: arrangeConfirmAction,
  arrange_decline: arrangeDeclineAction,
  arrange_edit: arrangeEditAction,
  arrange_save: arrangeSaveAction,
  arrange_undo: arrangeUndoAction,
  back_to_notice: backToNoticeAction,
  behind: behindAction,
  cancel_edit: cancelEditAction,
  change_earlier: changeEarlierAction,
  certificate: certificateAction,
  check_in: checkInAction,
  choose_kind: chooseKindAction,
  circulate: circulateAction,
  claim: claimAction,
  claim_add: claimAddAction,
  claim_choose: claimChooseAction,
  claim_none: claimNoneAction,
  claim_pick: claimPickAction,
  close_help: closeHelpAction,
  close_inspection: closeInspectionAction,
  complete_draft: completeDraftAction,
  confirm: confirmAction,
  delete_photo: deletePhotoAction,
  discard_draft: discardDraftAction,
  discard_drafts: discardDraftsAction,
  dispute: disputeAction,
  edit: editAction,
  edit_draft: editDraftAction,
  export_ledger: exportLedgerAction,
  export_list: exportListAction,
  help: helpAction,
  import_cancel: importCancelAction,
  import_confirm: importConfirmAction,
  list: listAction,
  move_record: moveRecordAction,
  mend_finding: mendFindingAction,
  my_record: myRecordAction,
  my_tasks: myTasksAction,
  new_year: newYearAction,
  new_year_preview: newYearPreviewAction,
  not_done: notDoneAction,
  not_held: notHeldAction,
  not_me: notMeAction,
  nudge: nudgeAction,
  nudge_all: nudgeAllAction,
  open_form: openFormAction,
  page: pageAction,
  plan_adopt: planAdoptAction,
  plan_discard: planDiscardAction,
  planned_done: plannedDoneAction,
  planned_failed: plannedFailedAction,
  planned_failed_save: plannedFailedSaveAction,
  planned_finish: plannedFinishAction,
  planned_move: plannedMoveAction,
  planned_move_save: plannedMoveSaveAction,
  record_drafts: recordDraftsAction,
  records: recordsAction,
  report_done: reportDoneAction,
  report_in: reportInAction,
  restore: restoreAction,
  same_occasion: sameOccasionAction,
  save_edit: saveEditAction,
  secondment_leave: secondmentLeaveAction,
  secondment_present: secondmentPresentAction,
  separate_occasion: separateOccasionAction,
  show_inspection: showInspectionAction,
  show_photos: showPhotosAction,
  snooze: snoozeAction,
  submit_form: submitFormAction,
  summary_by: summaryByAction,
  take_help: takeHelpAction,
  tell_help: tellHelpAction,
  urgent: urgentAction,
  waiting: waitingAction,
  which_duty: whichDutyAction,
  why: whyAction,
  withdraw: withdrawAction,
  year_undo: yearUndoAction,
};
