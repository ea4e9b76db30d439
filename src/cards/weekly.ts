import type { Ymd } from '../plan/dates.ts';
import type { Grouping, Span } from '../plan/summary.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown } from './card.ts';
import { shortDate } from './dates.ts';
import { form, select, submit } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import { chart, table } from './table.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

/** One line of the summary: a requirement, school or pairing. */
export interface SummaryRow {
  key: string;
  name: string;
  /** Met, of what is asked for in the term; waived ones are in neither. */
  done: number;
  target: number;
  /** Newly met in these days, and in those before. */
  change: number;
  before: number;
  late: number;
}
export interface SummaryModel {
  span: Span;
  /** The programme, district or school that the figures are about. */
  realm: string;
  from: Ymd;
  to: Ymd;
  by: Grouping;
  rows: SummaryRow[];
  total: Omit<SummaryRow, 'key' | 'name'>;
  /** Schools or pairings with most late duties: counts, never persons. The first five are shown. */
  late: { name: string; count: number }[];
  newActivities: number;
  activitiesBefore: number;
  /** The latest activities, a line each; `by` is the school, pupils are numbers. The first five are shown. */
  news: ActivityShown[];
  /** Activities per week, oldest first; the last 20 are drawn. */
  trend: { week: string; count: number }[];
  /** Of a term, where there was any. */
  inspections?: { all: number; findings: number; mended: number };
  page: number;
}

export const SUMMARY_ROWS_PER_PAGE = 20;

/**
 * The leaders' card: x of y, change against the days before, what is late, what went well, and the way down to the records.
 * No person and no pupil is named. Actions: `summary_by` {by, span}, `behind` {by, span} with form field `row`,
 * `export_ledger`, `page` {view: 'weekly', by, span}.
 */
export function weeklySummary(model: SummaryModel, t: Texts): Card {
  const w = t.weekly;
  const { rows, by, span, total } = model;
  const pages = Math.max(1, Math.ceil(rows.length / SUMMARY_ROWS_PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const shown = rows.slice((page - 1) * SUMMARY_ROWS_PER_PAGE, page * SUMMARY_ROWS_PER_PAGE);
  const late = model.late.slice(0, 5).map((l) => md`- ${clip(l.name, 40)} ${l.count}`);
  const news = model.news.slice(0, 5).map((a) => md`- ${activityLine(a, t, true)}`);
  const trend = model.trend.slice(-20);
  return card({
    title: w.title(w.spans[span], shortDate(model.from, t), shortDate(model.to, t)),
    subtitle: clip(model.realm, 60),
    elements: [
      markdown(
        join([
          md`**${w.headline(total.done, total.target, total.late)}**`,
          md`${w.newlyMet(w.now[span], total.change, w.before[span], total.before)}`,
          md`${w.newActivities(w.now[span], model.newActivities, w.before[span], model.activitiesBefore)}`,
          model.inspections?.all
            ? md`${t.inspection.line(model.inspections.all, model.inspections.findings, model.inspections.mended)}`
            : undefined,
        ]),
      ),
      shown.length > 0 ? summaryTable(shown, span, t) : undefined,
      pager(page, pages, t, (to) => press('page', { view: 'weekly', page: to, by, span })),
      trend.length > 1
        ? chart({
            type: 'bar',
            title: { text: w.activities },
            data: { values: trend.map((p) => ({ week: clip(p.week, 12), count: p.count })) },
            xField: 'week',
            yField: 'count',
          })
        : undefined,
      markdown(join([md`**${w.lateTitle}**`, ...(late.length > 0 ? late : [md`${w.lateNone}`])])),
      news.length > 0 ? markdown(join([md`**${w.newsTitle}**`, ...news])) : undefined,
      shown.length > 0
        ? form('records', [
            select({
              name: 'row',
              placeholder: w.choose,
              options: shown.map((r) => ({ value: r.key, label: clip(r.name, 36) })),
            }),
            submit(t.buttons.records, press('behind', { by, span })),
          ])
        : undefined,
      buttons(
        ...(['requirement', 'school', 'pairing'] as const)
          .filter((other) => other !== by)
          .map((other) => button(w.by[other], press('summary_by', { by: other, span }))),
        ...(['week', 'month', 'term'] as const)
          .filter((other) => other !== span)
          .map((other) => button(w.spans[other], press('summary_by', { by, span: other }))),
        button(t.buttons.export, press('export_ledger')),
      ),
    ],
  });
}

function summaryTable(rows: SummaryRow[], span: Span, t: Texts) {
  const w = t.weekly;
  return table(
    [
      { key: 'name', label: w.name },
      { key: 'progress', label: w.done },
      { key: 'change', label: w.change(w.now[span], w.before[span]) },
      { key: 'late', label: w.late, type: 'number' },
    ],
    rows.map((r) => ({
      name: r.name,
      progress: `${r.done}/${r.target}`,
      change: `+${r.change} (${r.before})`,
      late: r.late,
    })),
  );
}
