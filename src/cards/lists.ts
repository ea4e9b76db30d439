import type { Ymd } from '../plan/dates.ts';
import { type ListIds, type ListView, press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { clip, md } from './markdown.ts';
import { type TableColumn, table } from './table.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ListModel {
  view: ListView;
  columns: TableColumn[];
  /** The rows of this page only, at most 20 (more are cut). */
  rows: Record<string, string | number>[];
  page: number;
  /** Rows altogether. */
  total: number;
  /** What the list is narrowed to; comes back with the buttons. */
  ids?: ListIds;
  heading?: string;
  /** From duties to the activities behind them. */
  behind?: boolean;
  /** Whom to nudge for what this page shows; `nudged` within two days by the day. The first 20 are offered. */
  nudge?: { person: string; name: string; nudged?: Ymd }[];
}
export const ROWS_PER_PAGE = 20;

/**
 * A coordinator's table, 20 rows a card. Actions: `page`, `export_list` {view, …ids}; `activities` {…ids} where asked; `nudge`
 * {view, page, person} and `nudge_all` {view, page} (asks first) where people may be nudged.
 */
export function list(model: ListModel, t: Texts): Card {
  const pages = Math.max(1, Math.ceil(model.total / ROWS_PER_PAGE));
  const rows = model.rows.slice(0, ROWS_PER_PAGE);
  const { view, ids } = model;
  return card({
    title: t.lists[view],
    subtitle: model.heading && clip(model.heading, 60),
    elements: [
      rows.length > 0
        ? table(model.columns.slice(0, 8), rows)
        : markdown(md`${view === 'overdue' ? t.lists.noneLate : t.lists.empty}`),
      note(md`${t.lists.total(model.total)}`),
      pager(model.page, pages, t, (page) => press('page', { view, page, ...ids })),
      ...nudges(model, t),
      buttons(
        model.behind ? button(t.buttons.activities, press('activities', ids ?? {})) : undefined,
        rows.length > 0 ? button(t.buttons.exportList, press('export_list', { view, ...ids })) : undefined,
      ),
    ],
  });
}

function nudges({ view, page, nudge = [] }: ListModel, t: Texts): (Element | undefined)[] {
  const shown = nudge.slice(0, ROWS_PER_PAGE);
  const done = shown.filter((p) => p.nudged).map((p) => `${clip(p.name, 20)} ${shortDate(p.nudged!, t)}`);
  const open = shown.filter((p) => !p.nudged);
  const ask = { title: t.buttons.nudgeAll, text: t.lists.nudgeAllConfirm };
  return [
    buttons(
      ...open.map((p) =>
        button(`${t.buttons.nudge} ${clip(p.name, 16)}`, press('nudge', { view, page, person: p.person }), {
          small: true,
        }),
      ),
      open.length > 0
        ? button(t.buttons.nudgeAll, press('nudge_all', { view, page }), { small: true, type: 'primary', confirm: ask })
        : undefined,
    ),
    done.length > 0 ? note(md`${t.lists.nudged(done.join(t.comma))}`) : undefined,
  ];
}
