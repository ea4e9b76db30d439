import { CARE_NOTES, type CareNotes } from '../plan/activity.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, columns, markdown, note } from './card.ts';
import { clip, join, md } from './markdown.ts';
import type { RecordState } from './recorded.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface OwnRecord {
  activity: string;
  v: number;
  shown: ActivityShown;
  state: RecordState;
  photos: number;
}
export const RECORDS_PER_PAGE = 10;
/**
 * The reader's records, newest first, ten per card (`records`: this page's). Actions: `my_record` {activity}, `restore`
 * {activity, v}; `page` {view: 'my_records'}. Private only.
 */
export function myRecords(model: { records: OwnRecord[]; page: number; total: number }, t: Texts): Card {
  const pages = Math.max(1, Math.ceil(model.total / RECORDS_PER_PAGE));
  return card({
    title: t.lists.ownRecords(model.total),
    elements: [
      model.total === 0 ? markdown(md`${t.lists.empty}`) : undefined,
      ...model.records.slice(0, RECORDS_PER_PAGE).map((r) => ownRecord(r, t)),
      pager(model.page, pages, t, (page) => press('page', { view: 'my_records', page })),
    ],
  });
}

/** A line with a button that opens the record, to change, withdraw or restore it. */
function ownRecord(r: OwnRecord, t: Texts) {
  const line = activityLine(r.shown, t, false);
  const state = r.state === 'recorded' ? undefined : md`<font color='grey'>${t.recorded[r.state]}</font>`;
  const photos = r.photos > 0 ? md`${t.recorded.evidence(r.photos)}` : undefined;
  const text = markdown(join([state, line, photos], ' · '));
  const open =
    r.state === 'withdrawn'
      ? button(t.buttons.restore, press('restore', { activity: r.activity, v: r.v }), { small: true })
      : button(t.buttons.open, press('my_record', { activity: r.activity }), { small: true });
  return columns([
    { elements: [text], weight: 4 },
    { elements: [open], width: 'auto' },
  ]);
}

/** One of the author's own records with its evidence. Actions `edit`, `withdraw` {activity, v}; `show_photos` {activity}, `delete_photo` {photo}. */
export function myRecord(
  model: { activity: string; v: number; shown: ActivityShown; photos: { photo: string; label: string }[] },
  t: Texts,
): Card {
  const ids = { activity: model.activity, v: model.v };
  return card({
    title: t.buttons.showRecords,
    elements: [
      markdown(activityLine(model.shown, t, false)),
      model.photos.length > 0
        ? buttons(button(t.evidence.show, press('show_photos', { activity: model.activity })))
        : undefined,
      ...model.photos.slice(0, 9).map((p) =>
        buttons(
          button(`${t.buttons.deletePhoto} ${clip(p.label, 24)}`, press('delete_photo', { photo: p.photo, ...ids }), {
            type: 'danger',
          }),
        ),
      ),
      buttons(
        button(t.buttons.edit, press('edit', ids)),
        button(t.buttons.withdraw, press('withdraw', ids)),
        button(t.buttons.showRecords, press('records'), { type: 'text' }),
      ),
    ],
  });
}

/** A pupil in care, for readers who may know the name: notes and activities, newest first. Private only. */
export function pupilRecord(
  {
    name,
    care,
    activities,
    asked = [],
  }: { name: string; care: CareNotes; activities: ActivityShown[]; asked?: (keyof CareNotes)[] },
  t: Texts,
): Card {
  const notes = CARE_NOTES.flatMap((note) => (care[note] ? [md`**${t.fields[note]}** ${clip(care[note], 200)}`] : []));
  const rest = activities.length - RECORDS_PER_PAGE;
  const unsaid = CARE_NOTES.filter((part) => asked.includes(part) && !care[part]).map((part) => t.fields[part]);
  return card({
    title: t.lists.ofPupil(clip(name, 20), activities.length),
    elements: [
      notes.length > 0 ? markdown(join(notes)) : undefined,
      unsaid.length > 0 ? markdown(md`${t.lists.noNotes(unsaid.join(t.comma), clip(name, 20))}`) : undefined,
      activities.length === 0
        ? markdown(md`${t.lists.empty}`)
        : markdown(join(activities.slice(0, RECORDS_PER_PAGE).map((a) => md`- ${activityLine(a, t, false)}`))),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
    ],
  });
}
