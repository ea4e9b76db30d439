import type { ActivityKind } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import type { State } from '../plan/obligation.ts';
import { type Press, press } from './buttons.ts';
import { button, buttons, type Card, card, columns, type Element, fold, hr, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { type DutyShown, dutyLine, dutyRest, isLate, periodShown } from './duty.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';
import { waitingLine } from './to-confirm.ts';

/** An obligation in 我的任务. */
export interface TaskShown extends DutyShown {
  requirement: string;
  /** What 填报 opens. */
  kind: ActivityKind;
  /** For pupils: the last time, `null` for never. They are listed longest-unvisited first. */
  last?: Ymd | null;
  /** One of the school's or pairing's, not only the reader's own. */
  shared?: boolean;
}
export interface MyTasksModel {
  /** Whose, where it is not the reader. */
  of?: string;
  tasks: TaskShown[];
  /** From 1. */
  page: number;
  group: boolean;
  /** Reports that wait for a tap of the reader. */
  waiting?: number;
}

const ORDER: State[] = ['overdue', 'due_soon', 'open', 'upcoming', 'met', 'missed', 'waived'];
const PER_PAGE = 14;
/** What is neither late nor wanted soon stands under a fold. */
const FOLDED: State[] = ['upcoming', 'met', 'missed', 'waived'];

/**
 * 我的任务: own obligations by state and date, the most pressing first, the shared ones below; what is done, over or not yet
 * begun is folded. Pupils of one requirement stand together. Actions: `open_form` {kind}, `why` {obligation}, `page` {view:
 * 'my_tasks', page}. In a group no pupil is named.
 */
export function myTasks(model: MyTasksModel, t: Texts): Card {
  const sorted = model.tasks.toSorted(byUrgency);
  const pages = Math.max(1, Math.ceil(sorted.length / PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const shown = sorted.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const count = (...states: State[]) => model.tasks.filter((d) => states.includes(d.state)).length;
  const late = count('overdue');
  const name = model.of ? t.tasks.titleOf(clip(model.of, 20)) : t.tasks.title;
  const [open, met, over] = [count('open', 'due_soon', 'upcoming'), count('met'), count('missed')];
  return card({
    title: late > 0 ? `${name} · ${t.tasks.lateTitle(late)}` : name,
    template: late > 0 ? 'orange' : 'blue',
    elements: [
      ...waitingLine(model.waiting ?? 0, t),
      markdown(model.tasks.length === 0 ? md`${t.tasks.none}` : md`${t.tasks.summary(open, late, met, over)}`),
      ...sections(shown, t, model.group),
      pager(page, pages, t, (to) => press('page', { view: 'my_tasks', page: to })),
    ],
  });
}

/** 上一页 / 下一页; nothing where there is one page. */
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

const byUrgency = (a: TaskShown, b: TaskShown): number =>
  Number(a.shared ?? false) - Number(b.shared ?? false) ||
  ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
  compare(a.nextCheckpoint ?? a.ends ?? '9', b.nextCheckpoint ?? b.ends ?? '9') ||
  compare(a.requirement, b.requirement) ||
  compare(a.ends ?? '', b.ends ?? '') ||
  compare(a.last ?? '', b.last ?? '');

/** A heading for each state, and for what is the school's; folded where the reader needs it seldom. */
function sections(tasks: TaskShown[], t: Texts, group: boolean): (Element | undefined)[] {
  const isFolded = (d: TaskShown) => FOLDED.includes(d.state);
  const parts = Map.groupBy(tasks, (d) => (d.shared && !isFolded(d) ? 'shared' : `${d.shared ?? false} ${d.state}`));
  return [...parts.values()].flatMap((part, i) => {
    const [first] = part as [TaskShown];
    const lines = blocks(part, t).flatMap((block) => drawn(block, t, group));
    if (isFolded(first)) {
      const title = [first.shared ? t.tasks.sharedShort : undefined, t.states[first.state], part.length].filter(
        Boolean,
      );
      return [fold(title.join(' '), lines)];
    }
    const heading = first.shared ? t.tasks.shared : t.states[first.state];
    return [i > 0 ? hr() : undefined, markdown(md`**${heading}**`), ...lines];
  });
}

function drawn(block: TaskShown[], t: Texts, group: boolean): (Element | undefined)[] {
  const [first] = block as [TaskShown];
  const reports = first.state !== 'met' && first.state !== 'waived';
  const label = first.state === 'missed' ? t.buttons.reportLate : t.buttons.report;
  return [
    markdown(block.length === 1 && !first.pupil ? single(first, t, group) : pupils(block, t, group)),
    buttons(
      reports ? button(label, press('open_form', { kind: first.kind }), { small: true }) : undefined,
      button(t.buttons.why, press('why', { obligation: first.obligation }), { small: true, type: 'text' }),
    ),
  ];
}

/** Neighbours that are the same duty towards different pupils become one block. */
function blocks(tasks: TaskShown[], t: Texts): TaskShown[][] {
  const out: TaskShown[][] = [];
  for (const task of tasks) {
    const block = out.at(-1);
    const first = block?.[0];
    const same =
      first?.pupil &&
      task.pupil &&
      first.requirement === task.requirement &&
      periodShown(first.period, t) === periodShown(task.period, t) &&
      first.state === task.state;
    if (same) block?.push(task);
    else out.push([task]);
  }
  return out;
}

function single(d: TaskShown, t: Texts, group: boolean): Markdown {
  return join([dutyLine(d, t, { group }), dutyRest(d, t)]);
}

function pupils(block: TaskShown[], t: Texts, group: boolean): Markdown {
  const [first] = block as [TaskShown];
  const head = md`**${clip(first.title, 40)}** · ${clip(periodShown(first.period, t), 30)} · ${t.tasks.each(t.amount(first.target, first.measure))}`;
  if (group) return join([head, md`${t.hiddenPupils(block.length)}`]);
  const lines = block.map((d) => {
    const last = d.last === undefined ? undefined : md`${d.last ? t.tasks.last(shortDate(d.last, t)) : t.tasks.never}`;
    return join([md`- ${clip(d.subject ?? '', 20)} ${d.done}/${d.target}`, last], ' · ');
  });
  const when = isLate(first.state) ? t.tasks.since : t.tasks.next;
  const next = first.nextCheckpoint && md`${when(shortDate(first.nextCheckpoint, t))}`;
  const assumed = first.assumed ? md`<font color='grey'>${t.assumed}</font>` : undefined;
  return join([head, ...lines, join([next || undefined, assumed], ' · ')]);
}
