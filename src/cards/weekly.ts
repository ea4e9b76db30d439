import { daysBetween, type Ymd } from '../plan/dates.ts';
import type { Measure } from '../plan/plan.ts';
import { shownCount } from '../plan/standing.ts';
import type { Grouping, Span } from '../plan/summary.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { type ListIds, press } from './buttons.ts';
import { button, buttons, type Card, card, columns, type Element, fold, markdown, note } from './card.ts';
import { shortRange } from './dates.ts';
import { form, select, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import { chart } from './table.ts';
import type { Texts } from './texts/zh-CN.ts';

/** One line of the summary: a requirement, school or pairing. */
export interface SummaryRow {
  key: string;
  name: string;
  /** Counts in the requirement's measure; without one, met duties. Excludes waived ones. */
  done: number;
  target: number;
  measure?: Measure;
  late: number;
  /** The period ended without it. */
  lapsed: number;
}
/** What a leader needs to know: who is late with what, since when, and which duties it opens to. */
export interface WorstShown {
  name: string;
  title: string;
  count: number;
  since: Ymd;
  ids: ListIds;
}
export interface SummaryModel {
  span: Span;
  /** The programme, district or school that the figures cover. */
  realm: string;
  today: Ymd;
  from: Ymd;
  to: Ymd;
  /** Covers the preceding days, because nothing has happened yet in these. */
  earlier?: 'week' | 'month';
  by: Grouping;
  rows: SummaryRow[];
  /** Percentages done and expected; duties required, met, newly met in these days, late and lapsed. */
  total: { percent: number; planned: number; asked: number; met: number; change: number; late: number; lapsed: number };
  /** The number of late schools; undefined if the realm is one school or pairing. */
  lateSchools?: number;
  /** The longest overdue. */
  worst: WorstShown[];
  newActivities: number;
  activitiesBefore: number;
  /** The latest activities, one line each; `by` is the school, pupils are a number. */
  news: ActivityShown[];
  /** Percentages by week of the term. */
  trend: { week: string; planned: number; done?: number }[];
  mayExport: boolean;
  /** For a term, if it has any. */
  inspections?: { all: number; findings: number; mended: number };
}

const ROWS = 40;
const NEWS = 5;

/**
 * The leaders' card: the verdict as its title, three figures, the worst three with a link to the records, done against planned
 * over the term; everything else is folded, worst first. Names no person and no pupil.
 */
export function weeklySummary(model: SummaryModel, t: Texts): Card {
  const w = t.weekly;
  const { by, span, total, worst } = model;
  const rows = model.rows.toSorted(worstFirst);
  const behind = total.late > 0;
  return card({
    title: w.judgement(total.percent, total.planned, behind ? (model.lateSchools ?? 0) : 0, behind ? total.late : 0),
    subtitle: clip(`${w.spans[span]} ${shortRange(model.from, model.to, t)} · ${model.realm}`, 60),
    template: behind ? 'orange' : total.percent < total.planned ? 'wathet' : 'green',
    elements: [
      columns([
        figure(`${total.met}/${total.asked}`, w.met),
        figure(`+${total.change}`, (model.earlier ? w.before : w.now)[span]),
        figure(String(total.late), w.late),
      ]),
      model.earlier ? note(md`${w.earlier[model.earlier]}`) : undefined,
      worst.length > 0 ? markdown(md`**${w.toKnow}**`) : undefined,
      ...worst.map((one) => worstRow(one, model.today, { by, span }, t)),
      ...progressChart(model.trend, t),
      rows.length > 0
        ? fold(w.table[by](rows.length), [markdown(join(rows.slice(0, ROWS).map((r) => rowLine(r, t))))])
        : undefined,
      newsShown(model, t),
      model.inspections?.all
        ? note(md`${t.inspection.line(model.inspections.all, model.inspections.findings, model.inspections.mended)}`)
        : undefined,
      rows.length > 0
        ? form('records', [
            select({
              name: 'row',
              placeholder: w.choose,
              options: rows.slice(0, ROWS).map((r) => ({ value: r.key, label: clip(r.name, 36) })),
            }),
            submit(w.openRow, press('behind', { by, span }), { type: 'default' }),
          ])
        : undefined,
      buttons(
        ...(['requirement', 'school', 'pairing'] as const)
          .filter((other) => other !== by)
          .map((other) => button(w.by[other], press('summary_by', { by: other, span }), { small: true })),
        ...(['week', 'month', 'term'] as const)
          .filter((other) => other !== span)
          .map((other) => button(w.spans[other], press('summary_by', { by, span: other }), { small: true })),
        model.mayExport ? button(t.buttons.export, press('export_ledger'), { small: true }) : undefined,
      ),
    ],
  });
}

/** Most late first, then least done. */
const worstFirst = (a: SummaryRow, b: SummaryRow): number =>
  b.late - a.late || b.lapsed - a.lapsed || a.done / Math.max(1, a.target) - b.done / Math.max(1, b.target);

const figure = (value: string, label: string) => ({
  elements: [
    { ...markdown(md`**${value}**`), text_size: 'heading', text_align: 'center' },
    { ...note(md`${label}`), text_align: 'center' },
  ],
});

function worstRow(one: WorstShown, today: Ymd, back: { by: Grouping; span: Span }, t: Texts): Element {
  const w = t.weekly;
  const title = one.count > 1 ? `${clip(one.title, 30)}×${one.count}` : clip(one.title, 30);
  const text = join([md`**${clip(one.name, 30)}** ${title}`, md`${w.daysLate(daysBetween(one.since, today))}`], ' · ');
  const open = press('list', { view: 'duties', ...one.ids, late: true, back: `${back.by}.${back.span}` });
  return columns([
    { elements: [markdown(text)], weight: 4 },
    { elements: [button(t.buttons.records, open, { small: true })], width: 'auto' },
  ]);
}

function rowLine(r: SummaryRow, t: Texts): Markdown {
  const w = t.weekly;
  const progress = `${shownCount(r.done)}/${r.measure ? t.amount(r.target, r.measure) : w.duties(r.target)}`;
  return join(
    [
      md`- **${clip(r.name, 40)}** ${progress}`,
      r.late > 0 ? md`<font color='red'>${w.late} ${r.late}</font>` : undefined,
      r.lapsed > 0 ? md`<font color='grey'>${w.lapsed} ${r.lapsed}</font>` : undefined,
    ],
    ' · ',
  );
}

/** How much was done, and the latest of it. */
function newsShown(
  { span, newActivities, activitiesBefore, news, earlier }: SummaryModel,
  t: Texts,
): Element | undefined {
  const w = t.weekly;
  const title = earlier
    ? w.activitiesIn(w.before[span], newActivities)
    : w.newActivities(w.now[span], newActivities, w.before[span], activitiesBefore);
  if (news.length === 0) return note(md`${title}`);
  return fold(title, [markdown(join(news.slice(0, NEWS).map((a) => md`- ${activityLine(a, t, true)}`)))]);
}

/** Done against planned, the whole term. */
function progressChart(trend: SummaryModel['trend'], t: Texts): Element[] {
  if (trend.length < 2) return [];
  const w = t.weekly;
  const points = trend.flatMap(({ week, planned, done }) => [
    { week, percent: planned, line: w.planned },
    ...(done === undefined ? [] : [{ week, percent: done, line: w.done }]),
  ]);
  const drawn = chart({
    type: 'line',
    data: { values: points },
    xField: 'week',
    yField: 'percent',
    seriesField: 'line',
    point: { visible: false },
    axes: [
      { orient: 'left', min: 0, max: 100 },
      { orient: 'bottom', label: { visible: true } },
    ],
    legends: { visible: true, orient: 'top' },
  });
  return [note(md`${w.chart}`), drawn];
}
