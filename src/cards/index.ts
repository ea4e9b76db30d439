/** Every view of the bot, by name. Each view's model is in the same file or beside it. */
export { arrangement } from './arrangement.ts';
export type { Card } from './card.ts';
export { askHelp } from './check-in.ts';
export { claim } from './claim.ts';
export { confirmActivity } from './confirm.ts';
export { FIELD_NAMES, type FieldName, KIND_FIELDS } from './fields.ts';
export { activityForm } from './form.ts';
export type { Option } from './form-fields.ts';
export { helpRequest } from './help-request.ts';
export { importPreview } from './import.ts';
export { list, ROWS_PER_PAGE } from './lists.ts';
export { morning } from './morning.ts';
export { planDraftCard } from './plan-draft.ts';
export { planned, plannedFailed, plannedMove } from './planned.ts';
export { recorded } from './recorded.ts';
export { myRecord, myRecords, RECORDS_PER_PAGE } from './records.ts';
export { sameOccasion } from './same-occasion.ts';
export {
  answer,
  help,
  notice,
  notUnderstood,
  refused,
  timesDone,
  unknownSender,
  unsupported,
  welcome,
} from './talk.ts';
export { myTasks } from './tasks.ts';
export { LOCALES, type Locale, type Texts, textsOf } from './texts/index.ts';
export { why } from './why.ts';
