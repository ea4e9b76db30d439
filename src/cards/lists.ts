import type { Ymd } from '../plan/types.ts';
import { type ActivityShown, activityDetails } from './activity-line.ts';
import {
  button,
  buttons,
  type Card,
  card,
  type Element,
  form,
  input,
  markdown,
  note,
  type Option,
  submit,
  type TableColumn,
  table,
} from './card.ts';
import { shortDate } from './dates.ts';
import { clip, join, md } from './markdown.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

export const LIST_VIEWS = [
  'overdue',
  'progress',
  'duties',
  'roster',
  'unbound',
  'notices',
  'records',
  'help',
  'attendance',
  'confirmations',
] as const;
export type ListView = (typeof LIST_VIEWS)[number];

export interface ListModel {
  view: ListView;
  columns: TableColumn[];
  /** The rows of this page only, at most 20 (more are cut). */
  rows: Record<string, string | number>[];
  page: number;
  /** Rows altogether. */
  total: number;
  /** What the list is narrowed to; comes back with the buttons. */
  ids?: Record<string, string>;
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
      rows.length > 0 ? table(model.columns.slice(0, 8), rows) : markdown(md`${t.lists.empty}`),
      note(md`${t.lists.total(model.total)}`),
      pager(view, model.page, pages, t, ids),
      ...nudges(model, t),
      buttons(
        model.behind ? button(t.buttons.activities, { action: 'activities', ...ids }) : undefined,
        rows.length > 0 ? button(t.buttons.exportList, { action: 'export_list', view, ...ids }) : undefined,
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
        button(
          `${t.buttons.nudge} ${clip(p.name, 16)}`,
          { action: 'nudge', view, page, person: p.person },
          { small: true },
        ),
      ),
      open.length > 0
        ? button(
            t.buttons.nudgeAll,
            { action: 'nudge_all', view, page },
            { small: true, type: 'primary', confirm: ask },
          )
        : undefined,
    ),
    done.length > 0 ? note(md`${t.lists.nudged(done.join(t.comma))}`) : undefined,
  ];
}

export interface ConfirmModel {
  activity: string;
  v: number;
  by: string;
  school: string;
  shown: ActivityShown;
  answer?: 'confirmed' | 'disputed';
  /** Why it was disputed. */
  reason?: string;
}
/**
 * Asks the recipient school whether it happened. Actions `confirm`, and `dispute` with field `reason`, {activity, v}. No pupil
 * is named.
 */
export function confirmActivity(model: ConfirmModel, t: Texts): Card {
  const ids = { activity: model.activity, v: model.v };
  const { answer } = model;
  return card({
    title: answer ? t.confirm[answer] : t.confirm.title,
    template: answer === 'confirmed' ? 'green' : answer === 'disputed' ? 'orange' : 'blue',
    elements: [
      markdown(md`${t.confirm.text(clip(model.by, 20), clip(model.school, 40))}`),
      markdown(activityDetails(model.shown, t, true)),
      model.reason ? note(md`${t.confirm.reason}: ${clip(model.reason, 200)}`) : undefined,
      answer === 'confirmed'
        ? undefined
        : buttons(button(t.buttons.confirm, { action: 'confirm', ...ids }, { type: 'primary' })),
      answer === 'disputed'
        ? undefined
        : form('dispute', [
            input({ name: 'reason', label: t.confirm.reason, required: true }),
            submit(t.buttons.dispute, { action: 'dispute', ...ids }),
          ]),
    ],
  });
}

export interface ClaimModel {
  request: string;
  /** As in their Feishu profile. */
  name: string;
  /** Person ids with 「学校 姓名」; the first 20 are offered. */
  candidates: Option[];
  outcome?: { person: string } | 'rejected';
}
/** 认领: which roster person is this Feishu user? Actions `claim` {request, person}, `claim_none` {request}. */
export function claim(model: ClaimModel, t: Texts): Card {
  const name = clip(model.name, 20);
  const { outcome, request } = model;
  if (outcome) {
    const text = outcome === 'rejected' ? t.claim.rejected(name) : t.claim.done(name, clip(outcome.person, 60));
    return card({ title: t.claim.title, template: 'grey', elements: [markdown(md`${text}`)] });
  }
  const candidates = model.candidates.slice(0, 20);
  return card({
    title: t.claim.title,
    elements: [
      markdown(join([md`${t.claim.text(name)}`, candidates.length === 0 ? md`${t.claim.noCandidates}` : undefined])),
      ...candidates.map((c) => buttons(button(c.label, { action: 'claim', request, person: c.value }))),
      buttons(button(t.buttons.claimNone, { action: 'claim_none', request }, { type: 'text' })),
    ],
  });
}

export interface ImportModel {
  /** The kept upload this preview is of. */
  import: string;
  file: string;
  created: number;
  updated: number;
  unchanged: number;
  /** In the store but not in the file: kept. */
  absent: number;
  /** With any problem nothing can be imported. `at`: sheet and row, or path in the file. */
  problems: { at: string; text: string }[];
  outcome?: 'done' | 'cancelled';
}
/** What a file would change. Actions `import_confirm`, `import_cancel` {import}. */
export function importPreview(model: ImportModel, t: Texts): Card {
  const i = t.import;
  const { problems, outcome } = model;
  const shown = problems.slice(0, ROWS_PER_PAGE).map((p) => ({ at: p.at, text: p.text }));
  const ask = { title: i.confirmTitle, text: i.confirmText };
  const open = !outcome && problems.length === 0;
  return card({
    title: outcome === 'done' ? i.done : outcome === 'cancelled' ? i.cancelled : i.title,
    template: problems.length > 0 ? 'red' : outcome === 'done' ? 'green' : 'blue',
    elements: [
      markdown(
        join([
          md`**${i.file}**  ${clip(model.file, 60)}`,
          md`${i.counts(model.created, model.updated, model.unchanged)}`,
          model.absent > 0 ? md`${i.absent(model.absent)}` : undefined,
          problems.length > 0 ? md`**${i.problems(problems.length)}**` : undefined,
        ]),
      ),
      shown.length > 0
        ? table(
            [
              { key: 'at', label: i.row },
              { key: 'text', label: i.problem },
            ],
            shown,
          )
        : undefined,
      buttons(
        open
          ? button(
              t.buttons.importConfirm,
              { action: 'import_confirm', import: model.import },
              { type: 'primary', confirm: ask },
            )
          : undefined,
        outcome ? undefined : button(t.buttons.importCancel, { action: 'import_cancel', import: model.import }),
      ),
    ],
  });
}
