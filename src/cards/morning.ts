import type { ActivityKind } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { press } from './buttons.ts';
import {
  button,
  buttons,
  type Card,
  card,
  columns,
  type Element,
  fold,
  markdown,
  note,
  type Template,
} from './card.ts';
import { checkIn } from './check-in.ts';
import { byDuty, DONE, type DutyShown, dutyLine, periodShown, whenShown } from './duty.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** An obligation in a reminder. One that has since become `met` is drawn as done, in place. */
export interface ReminderShown extends DutyShown {
  kind: ActivityKind;
  /** For overdue: which of the three notices this is. */
  notice?: number;
  /** For overdue: the missed checkpoint. */
  missed?: Ymd;
  /** The person's answer to a check-in. */
  answer?: { kind: 'reported' | 'helped' | 'not_done' } | { kind: 'planned'; date: Ymd };
}
export interface MorningModel {
  /** The notice of this card; sent back by every button. */
  notice: string;
  today: Ymd;
  /** The digest of this month (1–12), in the order given: longest-unvisited pupils first. */
  monthly?: { month: number; duties: ReminderShown[] };
  dueSoon?: ReminderShown[];
  overdue?: ReminderShown[];
  checkIn?: ReminderShown[];
  /** Periods that ended without it, asked about once: those of one requirement and period share a line. */
  lapsed?: ReminderShown[];
  /** Lines in each fold, 10 by default: fewer if the card must hold other things too. */
  most?: number;
}

const MOST = 10;
/** What fits on the first screen of a phone. */
const PRESSING = 3;

const isOver = (d: DutyShown): boolean => d.state === 'met' || d.state === 'waived';

/**
 * The reminder of a day: the most urgent first, at most three lines with 填报 each, the rest folded, and each lapsed period once;
 * redrawn with fresh counts, it shows what is done. Private only: it names pupils.
 */
export function morning(model: MorningModel, t: Texts): Card {
  const { notice, most = MOST } = model;
  const pressing = byDuty([...(model.overdue ?? []), ...(model.dueSoon ?? [])]);
  const asked = byDuty(model.checkIn ?? []);
  const shown = pressing.slice(0, Math.max(0, PRESSING - asked.length));
  const waits = [...pressing.slice(shown.length), ...byDuty(model.monthly?.duties ?? [])];
  // If nothing is urgent, the first of the month take their place.
  const first = pressing.length + asked.length === 0 ? waits.slice(0, PRESSING) : [];
  const rest = waits.slice(first.length);
  const all = [...pressing.flat(), ...asked.flat(), ...(model.lapsed ?? []), ...(model.monthly?.duties ?? [])];
  const done = all.length > 0 && all.every(isOver);
  return card({
    ...headline(model, { pressing, asked, rest: waits, done }, t),
    elements: [
      ...shown.flatMap((line) => pressingLine(line, notice, t)),
      ...checkIn({ notice, lines: asked }, t),
      markdown(join(first.map((line) => restLine(line, t)))),
      rest.length > 0
        ? fold(t.morning.rest(rest.length, model.monthly?.month), [
            markdown(join(rest.slice(0, most).map((line) => restLine(line, t)))),
            rest.length > most ? note(md`${t.morning.seeTasks(rest.length - most)}`) : undefined,
          ])
        : undefined,
      ...lapsed(model, most, t),
      done
        ? undefined
        : buttons(
            button(t.buttons.myTasks, press('my_tasks')),
            button(t.buttons.snooze3, press('snooze', { days: 3, notice }), { type: 'text' }),
          ),
    ],
  });
}

/** The title says what to do, and how much; a line counts once, however many it covers. */
function headline(
  { overdue = [], monthly, lapsed = [] }: MorningModel,
  {
    pressing,
    asked,
    rest,
    done,
  }: { pressing: ReminderShown[][]; asked: ReminderShown[][]; rest: ReminderShown[][]; done: boolean },
  t: Texts,
): { title: string; template: Template } {
  const m = t.morning;
  const open = (lines: ReminderShown[][]) => lines.filter((line) => line.some((d) => !isOver(d) && !d.answer)).length;
  if (done) return { title: m.doneTitle, template: 'green' };
  const template = overdue.some((d) => !isOver(d)) ? 'orange' : 'blue';
  if (open(pressing) > 0) return { title: m.title(open(pressing) + open(asked)), template };
  if (open(asked) > 0) return { title: m.checkIn(open(asked)), template };
  if (monthly && open(rest) > 0) return { title: m.monthly(monthly.month, open(rest)), template };
  return { title: m.lapsedTitle(byLapsed(lapsed, t).length), template };
}

/** One line and its 填报, side by side; a done one has no button. */
function pressingLine(line: ReminderShown[], notice: string, t: Texts): Element[] {
  const [first] = line as [ReminderShown];
  const text = markdown(restLine(line, t));
  if (isOver(first)) return [text];
  const report = press('report_done', { obligation: first.obligation, notice });
  return [
    columns([
      { elements: [text], weight: 4 },
      { elements: [button(t.buttons.report, report, { small: true, type: 'primary' })], width: 'auto' },
    ]),
  ];
}

function restLine(line: ReminderShown[], t: Texts): Markdown {
  const [d] = line as [ReminderShown];
  if (isOver(d)) return dutyLine(line, t, { strike: true });
  const when = whenShown(d.missed ? { ...d, nextCheckpoint: d.missed } : d, t);
  const last = d.notice === 3 ? md`<font color='grey'>${t.morning.last}</font>` : undefined;
  return join([dutyLine(line, t), when ? md`${when}` : undefined, last], ' · ');
}

const byLapsed = (duties: ReminderShown[], t: Texts): ReminderShown[][] => [
  ...Map.groupBy(duties, (d) => `${d.title} ${periodShown(d.period, t)}`).values(),
];

/** 「12月的学习方法指导没有记录：小雨、小杰。当时做了吗？」 */
function lapsed(model: MorningModel, most: number, t: Texts): (Element | undefined)[] {
  return byLapsed(model.lapsed ?? [], t)
    .slice(0, most)
    .flatMap((group) => {
      const open = group.filter((d) => !isOver(d));
      const about = (open.length > 0 ? open : group).flatMap((d) => d.subject ?? []).join(t.comma);
      const [first] = open;
      const { period, title } = group[0]!;
      const line = md`${t.morning.lapsed(clip(periodShown(period, t, model.today), 30), clip(title, 40), clip(about, 80))}`;
      if (!first) return [markdown(md`${DONE} ~~${line}~~`)];
      if (first.answer?.kind === 'not_done') return [markdown(join([line, md`${t.morning.notDone}`], ' · '))];
      const ids = { obligation: first.obligation, notice: model.notice };
      return [
        markdown(md`${line}${t.morning.lapsedQuestion}`),
        buttons(
          button(t.buttons.reportLate, press('report_done', ids), { small: true }),
          button(t.buttons.notDone, press('not_done', ids), { type: 'text', small: true }),
        ),
      ];
    });
}
