import type { Ymd } from '../plan/types.ts';
import { button, buttons, type Card, card, chart, markdown, table } from './card.ts';
import { shortDate } from './dates.ts';
import { clip, join, md } from './markdown.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

/** One line of the summary: a requirement, school or pairing. `change`: done this week. */
export interface SummaryRow {
  name: string;
  done: number;
  target: number;
  change: number;
  late: number;
}
export interface WeeklyModel {
  programme: string;
  from: Ymd;
  to: Ymd;
  by: 'requirement' | 'school' | 'pairing';
  rows: SummaryRow[];
  /** Schools with most late duties: counts, never persons. The first five are shown. */
  late: { name: string; count: number }[];
  newActivities: number;
  /** Activities per week, oldest first; the last 20 are drawn. */
  trend: { week: string; count: number }[];
  page: number;
}

const PER_PAGE = 20;

/**
 * The leaders' card: x of y, trend, what is late, and the way down to the records. No person and no pupil is named.
 * Actions: `summary_by` {by}, `records` {by}, `export_ledger`, `page` {view: 'weekly', by}.
 */
export function weeklySummary(model: WeeklyModel, t: Texts): Card {
  const w = t.weekly;
  const { rows, by } = model;
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const late = model.late.slice(0, 5).map((l) => md`- ${clip(l.name, 40)} ${l.count}`);
  const others = (['requirement', 'school', 'pairing'] as const).filter((other) => other !== by);
  const trend = model.trend.slice(-20);
  return card({
    title: w.title(shortDate(model.from, t), shortDate(model.to, t)),
    subtitle: clip(model.programme, 60),
    elements: [
      markdown(md`${w.newActivities(model.newActivities)}`),
      rows.length > 0 ? summaryTable(rows.slice((page - 1) * PER_PAGE, page * PER_PAGE), t) : undefined,
      pager('weekly', page, pages, t, { by }),
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
      buttons(
        ...others.map((other) => button(w.by[other], { action: 'summary_by', by: other })),
        button(t.buttons.records, { action: 'records', by }),
        button(t.buttons.export, { action: 'export_ledger' }),
      ),
    ],
  });
}

function summaryTable(rows: SummaryRow[], t: Texts) {
  const w = t.weekly;
  return table(
    [
      { key: 'name', label: w.name },
      { key: 'progress', label: w.done },
      { key: 'change', label: w.change },
      { key: 'late', label: w.late, type: 'number' },
    ],
    rows.map((r) => ({
      name: r.name,
      progress: `${r.done}/${r.target}`,
      change: r.change > 0 ? `+${r.change}` : String(r.change),
      late: r.late,
    })),
  );
}
