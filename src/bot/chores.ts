import { followImportChore } from './files/follow-import.ts';
import { importWorkbookChore } from './files/import-workbook.ts';
import { readPlanChore } from './files/read-plan.ts';
import { readWorkbookChore } from './files/read-workbook.ts';
import { sendFileChore } from './files/send-file.ts';
import { findPeopleChore } from './people/find-people.ts';
import { identifyChore } from './people/identify.ts';
import { removePhotoChore } from './report/delete-photo.ts';
import { dropEvidenceChore } from './report/drop-evidence.ts';
import { fetchPhotoChore } from './report/fetch-photo.ts';
import { secondOpinionChore } from './report/second-opinion.ts';
import { showPhotosChore } from './report/show-photos.ts';

/** Every chore by the name it is planned under. */
export const chores = {
  drop_evidence: dropEvidenceChore,
  fetch_photo: fetchPhotoChore,
  find_people: findPeopleChore,
  follow_import: followImportChore,
  identify: identifyChore,
  import_workbook: importWorkbookChore,
  read_plan: readPlanChore,
  read_workbook: readWorkbookChore,
  remove_photo: removePhotoChore,
  second_opinion: secondOpinionChore,
  send_file: sendFileChore,
  show_photos: showPhotosChore,
} as const;
