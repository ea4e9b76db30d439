import type { Ymd } from '../plan/dates.ts';
import { GROUPINGS, SPANS } from '../plan/summary.ts';
import { type ListIds, type ListView, press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { TableColumn } from './table.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ListModel {
  view: ListView;
  columns: TableColumn[];
  /** The rows of this page only, at most ten (more are cut). */
  rows: Record<string, string | number>[];
  page: number;
  /** The total number of rows. */
  total: number;
  /** The filter of the list; sent back by the buttons. */
  ids?: ListIds;
  heading?: string;
  /** From duties to the activities behind them. */
  behind?: boolean;
  /** The people to nudge for this page; `nudged`: the date, if within two days. The first ten are offered. */
  nudge?: { person: string; name: string; nudged?: Ymd }[];
}
export const ROWS_PER_PAGE = 10;

/** A row as a line: first cell in bold, figures labelled, zeros left out. Tables break on a phone. */
function entry(columns: TableColumn[], row: ListModel['rows'][number]): Markdown {
  const [head, ...rest] = columns;
  const cells = rest.map(({ key, label, type }) => {
    const value = row[key] ?? '';
    if (value === '' || (type === 'number' && Number(value) === 0)) return undefined;
    return md`${type === 'number' ? `${label} ${value}` : clip(String(value), 40)}`;
  });
  return join([md`- **${clip(String(row[head!.key] ?? ''), 40)}**`, ...cells], ' · ');
}

/**
 * A coordinator's list, ten rows per card. Actions: `page`, `export_list` {view, …ids}; `activities` {…ids} if requested; `nudge`
 * {view, page, person} and `nudge_all` {view, page} (asks first) if people may be nudged.
 */
export function list(model: ListModel, t: Texts): Card {
  const pages = Math.max(1, Math.ceil(model.total / ROWS_PER_PAGE));
  const rows = model.rows.slice(0, ROWS_PER_PAGE);
  const { view, ids } = model;
  return card({
    title: `${t.lists[view]} · ${t.lists.total(model.total)}`,
    subtitle: model.heading && clip(model.heading, 60),
    elements: [
      rows.length > 0
        ? markdown(join(rows.map((row) => entry(model.columns, row))))
        : markdown(md`${view === 'overdue' ? t.lists.noneLate : t.lists.empty}`),
      pager(model.page, pages, t, (page) => press('page', { view, page, ...ids })),
      ...nudges(model, t),
      buttons(
        backButton(ids, t),
        model.behind ? button(t.buttons.activities, press('activities', ids ?? {})) : undefined,
        rows.length > 0 ? button(t.buttons.exportList, press('export_list', { view, ...ids })) : undefined,
      ),
    ],
  });
}

/** From a list back to the summary it was opened from. */
function backButton(ids: ListIds | undefined, t: Texts): Element | undefined {
  const [by, span] = (ids?.back ?? '').split('.');
  const grouping = GROUPINGS.find((g) => g === by);
  const days = SPANS.find((s) => s === span);
  return grouping && days ? button(t.buttons.back, press('summary_by', { by: grouping, span: days })) : undefined;
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
