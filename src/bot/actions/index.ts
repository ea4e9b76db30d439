import { activities } from './activities.ts';
import { behind } from './behind.ts';
import { cancelEdit } from './cancel-edit.ts';
import { chooseKind } from './choose-kind.ts';
import { claim } from './claim.ts';
import { claimNone } from './claim-none.ts';
import { completeDraft } from './complete-draft.ts';
import { deletePhoto } from './delete-photo.ts';
import { discardDraft } from './discard-draft.ts';
import { edit } from './edit.ts';
import { help } from './help.ts';
import { myRecord } from './my-record.ts';
import { myTasks } from './my-tasks.ts';
import { openForm } from './open-form.ts';
import { page } from './page.ts';
import { records } from './records.ts';
import { restore } from './restore.ts';
import { sameOccasion } from './same-occasion.ts';
import { saveEdit } from './save-edit.ts';
import { separateOccasion } from './separate-occasion.ts';
import { showPhotos } from './show-photos.ts';
import { submitForm } from './submit-form.ts';
import { summaryBy } from './summary-by.ts';
import { why } from './why.ts';
import { withdraw } from './withdraw.ts';

/** Every button by the name it carries in `value.action`. */
export const actions = {
  activities,
  behind,
  cancel_edit: cancelEdit,
  choose_kind: chooseKind,
  claim,
  claim_none: claimNone,
  complete_draft: completeDraft,
  delete_photo: deletePhoto,
  discard_draft: discardDraft,
  edit,
  help,
  my_record: myRecord,
  my_tasks: myTasks,
  open_form: openForm,
  page,
  records,
  restore,
  same_occasion: sameOccasion,
  save_edit: saveEdit,
  separate_occasion: separateOccasion,
  show_photos: showPhotos,
  submit_form: submitForm,
  summary_by: summaryBy,
  why,
  withdraw,
} as const;
