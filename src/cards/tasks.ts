import type { ActivityKind } from '../plan/activity.ts';
import { addDays, type Ymd } from '../plan/dates.ts';
import { type Press, press } from './buttons.ts';
import { button, type Card, card, columns, type Element, fold, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { byDuty, type DutyShown, dutyLine, periodShown, whenShown } from './duty.ts';
import { form, select, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';
import { waitingLine } from './to-confirm.ts';

/** An obligation in 我的任务. */
export interface TaskShown extends DutyShown {
  requirement: string;
  /** What 填报 opens. */
  kind: ActivityKind;
  /** For pupils: the last time, `null` for never. Longest-unvisited pupils come first. */
  last?: Ymd | null;
  /** Owned by the school or pairing, not by the reader alone. */
  shared?: boolean;
}
export interface MyTasksModel {
  /** Whose tasks, if not the reader's. */
  of?: string;
  tasks: TaskShown[];
  /** Starts at 1. */
  page: number;
  group: boolean;
  /** Reports that wait for the reader's tap. */
  waiting?: number;
}

/** The section of a task on the card; sections that are not urgent are folded. */
type Part = 'overdue' | 'soon' | 'later' | 'shared' | 'done' | 'lapsed';
const PARTS: Part[] = ['overdue', 'soon', 'later', 'shared', 'done', 'lapsed'];
const SOON_DAYS = 14;
const PER_PAGE = 24;

function partOf(d: TaskShown): Part {
  if (d.state === 'missed') return 'lapsed';
  if (d.state === 'met' || d.state === 'waived') return 'done';
  if (d.shared) return 'shared';
  if (d.state === 'overdue') return 'overdue';
  const by = d.nextCheckpoint ?? d.ends;
  const soon = d.today !== undefined && by !== undefined && by <= addDays(d.today, SOON_DAYS);
  return d.state === 'due_soon' || (soon && d.state === 'open') ? 'soon' : 'later';
}

/**
 * 我的任务: what is overdue or due within two weeks, one line per duty with its 填报; later, school and pairing, done and lapsed ones
 * are folded, each with its number. In a group it names no pupil.
 */
export function myTasks(model: MyTasksModel, t: Texts): Card {
  const lines = byDuty(model.tasks.toSorted(byDate)).toSorted(
    (a, b) => PARTS.indexOf(partOf(a[0]!)) - PARTS.indexOf(partOf(b[0]!)),
  );
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const count = (part: Part) => lines.filter(([d]) => partOf(d!) === part).length;
  const [late, soon] = [count('overdue'), count('soon')];
  const name = model.of ? t.tasks.titleOf(clip(model.of, 20)) : t.tasks.title;
  const shown = lines.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  return card({
    title: late + soon > 0 ? `${name} · ${t.tasks.news(late, soon)}` : name,
    template: late > 0 ? 'orange' : 'blue',
    elements: [
      ...waitingLine(model.waiting ?? 0, t),
      model.tasks.length === 0 ? markdown(md`${t.tasks.none}`) : undefined,
      model.tasks.length > 0 && late + soon === 0 ? markdown(md`${t.tasks.nothingSoon}`) : undefined,
      ...PARTS.flatMap((part) =>
        drawn(
          part,
          shown.filter(([d]) => partOf(d!) === part),
          count(part),
          { group: model.group, of: model.of },
          t,
        ),
      ),
      pager(page, pages, t, (to) => press('page', { view: 'my_tasks', page: to })),
      askWhy(shown, model.group, t),
    ],
  });
}

/** 上一页 / 下一页; nothing if there is only one page. */
export function pager(page: number, pages: number, t: Texts, turn: (page: number) => Press): Element | undefined {
  if (pages <= 1) return undefined;
  return columns([
    { elements: [note(md`${t.page(page, pages)}`)] },
    ...(page > 1 ? [go(t.previous, page - 1)] : []),
    ...(page < pages ? [go(t.next, page + 1)] : []),
  ]);

  function go(label: string, to: number) {
    return { elements: [button(label, turn(to))], width: 'auto' as const };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Earliest due first; on the same day, the longest-unvisited pupil. */
const byDate = (a: TaskShown, b: TaskShown): number =>
  compare(a.nextCheckpoint ?? a.ends ?? '9', b.nextCheckpoint ?? b.ends ?? '9') ||
  compare(a.ends ?? '', b.ends ?? '') ||
  compare(a.requirement, b.requirement) ||
  compare(a.last ?? '', b.last ?? '');

type Reader = { group: boolean; of?: string };

/** One section: urgent lines with a button each, everything else in a fold titled with its number. */
function drawn(part: Part, lines: TaskShown[][], total: number, reader: Reader, t: Texts): (Element | undefined)[] {
  if (lines.length === 0) return [];
  const heading = t.tasks.parts[part](total);
  if (part === 'overdue' || part === 'soon')
    return [markdown(md`**${heading}**`), ...lines.map((line) => withReport(line, t.buttons.report, reader, t))];
  if (part === 'lapsed')
    return [
      fold(
        heading,
        lines.map((line) => withReport(line, t.buttons.reportLate, reader, t)),
      ),
    ];
  return [fold(heading, [markdown(join(lines.map((line) => lineShown(line, reader, t))))])];
}

function withReport(line: TaskShown[], label: string, reader: Reader, t: Texts): Element {
  const text = markdown(lineShown(line, reader, t));
  // Another person's tasks cannot be reported from here.
  if (reader.of) return text;
  return columns([
    { elements: [text], weight: 4 },
    { elements: [button(label, press('open_form', { kind: line[0]!.kind }), { small: true })], width: 'auto' },
  ]);
}

function lineShown(line: TaskShown[], { group }: Reader, t: Texts): Markdown {
  const [d] = line as [TaskShown];
  const part = partOf(d);
  const dated = part === 'overdue' || part === 'soon' || part === 'later';
  const when = dated ? whenShown(d, t) : undefined;
  const last = line.length === 1 && d.last && part !== 'done' ? t.tasks.last(shortDate(d.last, t, d.today)) : undefined;
  return join(
    [
      dutyLine(line, t, { group, period: !dated || when === undefined }),
      when ? md`${when}` : undefined,
      last ? md`<font color='grey'>${last}</font>` : undefined,
    ],
    ' · ',
  );
}

/** One selector explains any task, instead of a button under each. */
function askWhy(lines: TaskShown[][], group: boolean, t: Texts): Element | undefined {
  const options = lines.map((line) => ({ value: line[0]!.obligation, label: nameOf(line[0]!, group, t) }));
  if (options.length === 0) return undefined;
  return form('why', [
    select({ name: 'duty', options, placeholder: t.tasks.chooseWhy }),
    submit(t.buttons.why, press('why'), { type: 'default' }),
  ]);
}

const nameOf = (d: TaskShown, group: boolean, t: Texts): string =>
  [d.title, group && d.pupil ? undefined : d.subject, periodShown(d.period, t, d.today)].filter(Boolean).join(' ');
