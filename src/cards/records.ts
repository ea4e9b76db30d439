import { type ActivityShown, activityDetails, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { clip, md } from './markdown.ts';
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
 * What the reader has recorded, newest first, ten a card (`records`: this page's). Actions: `edit`, `withdraw`,
 * `restore` {activity, v}; `my_record` {activity} where there are photos; `page` {view: 'my_records'}. Private only.
 */
export function myRecords(model: { records: OwnRecord[]; page: number; total: number }, t: Texts): Card {
  const pages = Math.max(1, Math.ceil(model.total / RECORDS_PER_PAGE));
  return card({
    title: t.buttons.showRecords,
    elements: [
      model.total === 0 ? markdown(md`${t.lists.empty}`) : undefined,
      ...model.records.slice(0, RECORDS_PER_PAGE).flatMap((r) => ownRecord(r, t)),
      note(md`${t.lists.total(model.total)}`),
      pager(model.page, pages, t, (page) => press('page', { view: 'my_records', page })),
    ],
  });
}

function ownRecord(r: OwnRecord, t: Texts) {
  const ids = { activity: r.activity, v: r.v };
  const line = activityLine(r.shown, t, false);
  if (r.state === 'withdrawn')
    return [
      markdown(md`<font color='grey'>${t.recorded.withdrawn}</font>  ${line}`),
      buttons(button(t.buttons.restore, press('restore', ids), { small: true })),
    ];
  const photos = t.recorded.evidence(r.photos);
  return [
    markdown(r.state === 'recorded' ? line : md`<font color='grey'>${t.recorded[r.state]}</font>  ${line}`),
    buttons(
      button(t.buttons.edit, press('edit', ids), { small: true }),
      button(t.buttons.withdraw, press('withdraw', ids), { small: true }),
      r.photos > 0
        ? button(photos, press('my_record', { activity: r.activity }), { small: true, type: 'text' })
        : undefined,
    ),
  ];
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
      markdown(activityDetails(model.shown, t, false)),
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
      buttons(button(t.buttons.edit, press('edit', ids)), button(t.buttons.withdraw, press('withdraw', ids))),
    ],
  });
}
