import { cancelEdit } from './cancel-edit.ts';
import { chooseKind } from './choose-kind.ts';
import { completeDraft } from './complete-draft.ts';
import { discardDraft } from './discard-draft.ts';
import { edit } from './edit.ts';
import { help } from './help.ts';
import { myTasks } from './my-tasks.ts';
import { openForm } from './open-form.ts';
import { page } from './page.ts';
import { restore } from './restore.ts';
import { sameOccasion } from './same-occasion.ts';
import { saveEdit } from './save-edit.ts';
import { separateOccasion } from './separate-occasion.ts';
import { submitForm } from './submit-form.ts';
import { why } from './why.ts';
import { withdraw } from './withdraw.ts';

/** Every button by the name it carries in `value.action`. */
export const actions = {
  cancel_edit: cancelEdit,
  choose_kind: chooseKind,
  complete_draft: completeDraft,
  discard_draft: discardDraft,
  edit,
  help,
  my_tasks: myTasks,
  open_form: openForm,
  page,
  restore,
  same_occasion: sameOccasion,
  save_edit: saveEdit,
  separate_occasion: separateOccasion,
  submit_form: submitForm,
  why,
  withdraw,
} as const;
