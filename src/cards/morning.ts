import type { ActivityKind } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, hr, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { DONE, type DutyShown, dutyLine, isLate, periodShown } from './duty.ts';
import { datePicker, form, input, type Option, select, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** An obligation in a reminder. One that has become `met` since is drawn as done, in place. */
export interface ReminderShown extends DutyShown {
  kind: ActivityKind;
  /** For overdue: which of the three notices this is. */
  notice?: number;
  /** For overdue: the checkpoint that was missed. */
  missed?: Ymd;
  /** What the person has answered to a check-in. */
  answer?: { kind: 'reported' | 'helped' | 'not_done' } | { kind: 'planned'; date: Ymd };
}
export interface MorningModel {
  /** The notice this card is; comes back with every button. */
  notice: string;
  today: Ymd;
  /** The digest of this month (1–12), longest-unvisited pupils first as given. */
  monthly?: { month: number; duties: ReminderShown[] };
  dueSoon?: ReminderShown[];
  overdue?: ReminderShown[];
  checkIn?: ReminderShown[];
  /** Periods that ended without it, asked about once: those of one requirement and period share a line. */
  lapsed?: ReminderShown[];
  /** Lines of each list, default 10: fewer where the card must hold other things too. */
  most?: number;
}

const MOST = 10;

/**
 * The one reminder card of a day: month, due soon, overdue and check-in merged; drawn again with fresh counts it shows
 * what is done. Actions: `report_done`, `plan_date`, `ask_help`, `not_done` {obligation, notice}; `snooze` {days, notice};
 * `open_form`; `my_tasks`. Private only.
 */
export function morning(model: MorningModel, t: Texts): Card {
  const m = t.morning;
  const all = [model.overdue, model.dueSoon, model.checkIn, model.lapsed, model.monthly?.duties].flatMap(
    (list) => list ?? [],
  );
  const done = all.length > 0 && all.every((d) => d.state === 'met' || d.state === 'waived');
  const { most = MOST } = model;
  const monthly = model.monthly ? m.monthly(model.monthly.month) : '';
  return card({
    title: done ? m.doneTitle : m.title(shortDate(model.today, t)),
    template: done ? 'green' : model.overdue?.length ? 'orange' : 'blue',
    elements: [
      ...section(m.overdue, model.overdue, most, t, (d) => overdueLine(d, t)),
      ...section(m.dueSoon, model.dueSoon, most, t, (d) => dueLine(d, t)),
      ...checkIns(model, most, t),
      ...section(monthly, model.monthly?.duties, most, t, (d) => dueLine(d, t)),
      ...lapsed(model, most, t),
      done
        ? undefined
        : buttons(
            button(t.buttons.report, press('open_form'), { type: 'primary' }),
            button(t.buttons.myTasks, press('my_tasks')),
            button(t.buttons.snooze3, press('snooze', { days: 3, notice: model.notice }), { type: 'text' }),
            button(t.buttons.snooze7, press('snooze', { days: 7, notice: model.notice }), { type: 'text' }),
          ),
      note(md`${m.quiet}`),
    ],
  });
}

/** 计划中: asks for the day. Actions `save_plan_date`, `back_to_notice` with {obligation, notice}. */
export function planDate(model: { duty: DutyShown; notice: string; date?: Ymd }, t: Texts): Card {
  const ids = { obligation: model.duty.obligation, notice: model.notice };
  return card({
    title: t.morning.planTitle,
    elements: [
      markdown(dutyLine(model.duty, t)),
      form('plan', [
        datePicker({ name: 'date', initial: model.date, required: true, placeholder: t.form.choose }),
        submit(t.buttons.save, press('save_plan_date', ids)),
      ]),
      buttons(button(t.buttons.back, press('back_to_notice', ids))),
    ],
  });
}

/**
 * 有困难: a reason for the coordinator, about the duty of a reminder or one that is chosen. Actions `send_help`,
 * `back_to_notice` with {obligation, notice}; `tell_help` with fields `duty` and `reason`.
 */
export function askHelp(model: { duty: DutyShown; notice: string } | { duties: Option[] }, t: Texts): Card {
  const about = 'duty' in model ? { obligation: model.duty.obligation, notice: model.notice } : undefined;
  const options = 'duties' in model ? model.duties.slice(0, 50) : [];
  return card({
    title: t.morning.helpTitle,
    elements: [
      'duty' in model ? markdown(dutyLine(model.duty, t)) : undefined,
      form('help', [
        ...(options.length > 0 ? [select({ name: 'duty', options, placeholder: t.helpRequest.anyDuty })] : []),
        input({ name: 'reason', label: t.fields.reason, required: true, multiline: true }),
        submit(t.buttons.send, about ? press('send_help', about) : press('tell_help')),
      ]),
      note(md`${t.morning.helpHint}`),
      about && buttons(button(t.buttons.back, press('back_to_notice', about))),
    ],
  });
}

function section(
  heading: string,
  duties: ReminderShown[] | undefined,
  most: number,
  t: Texts,
  line: (d: ReminderShown) => Markdown,
): Element[] {
  if (!duties || duties.length === 0) return [];
  const lines = duties.slice(0, most).map((d) => md`- ${line(d)}`);
  const rest = duties.length > most ? md`${t.morning.rest(duties.length - most)}` : undefined;
  return [markdown(join([md`**${heading}**`, ...lines, rest]))];
}

function dueLine(d: ReminderShown, t: Texts): Markdown {
  const when = isLate(d.state) ? t.morning.since : t.morning.by;
  const by = d.nextCheckpoint && d.state !== 'met' ? md`${when(shortDate(d.nextCheckpoint, t))}` : undefined;
  return join([dutyLine(d, t, { strike: true }), by], ' · ');
}

function overdueLine(d: ReminderShown, t: Texts): Markdown {
  if (d.state === 'met') return dutyLine(d, t, { strike: true });
  const since = d.missed ? md`${t.morning.since(shortDate(d.missed, t))}` : undefined;
  const count = d.notice ? md`<font color='grey'>${t.morning.notice(d.notice)}</font>` : undefined;
  return join([dutyLine(d, t), since, count], ' · ');
}

function checkIns(model: MorningModel, most: number, t: Texts): (Element | undefined)[] {
  const duties = model.checkIn ?? [];
  if (duties.length === 0) return [];
  const shown = duties.slice(0, most);
  const rest = duties.length - shown.length;
  return [
    hr(),
    markdown(md`**${t.morning.checkIn}**`),
    ...shown.flatMap((d) => {
      const ids = { obligation: d.obligation, notice: model.notice };
      const answered = d.answer && answerText(d.answer, t);
      if (answered || d.state === 'met')
        return [
          markdown(join([dutyLine(d, t, { strike: true }), answered ? md`${DONE} ${answered}` : undefined], ' · ')),
        ];
      return [
        markdown(dueLine(d, t)),
        buttons(
          button(t.buttons.reportDone, press('report_done', ids), { type: 'primary', small: true }),
          button(t.buttons.planDate, press('plan_date', ids), { small: true }),
          button(t.buttons.askHelp, press('ask_help', ids), { small: true }),
        ),
      ];
    }),
    rest > 0 ? note(md`${t.morning.rest(rest)}`) : undefined,
    hr(),
  ];
}

/** 「12月的学习方法指导没有记录：小雨、小杰。当时做了吗？」 */
function lapsed(model: MorningModel, most: number, t: Texts): (Element | undefined)[] {
  const groups = [...Map.groupBy(model.lapsed ?? [], (d) => `${d.title} ${periodShown(d.period, t)}`).values()];
  return groups.slice(0, most).flatMap((group) => {
    const open = group.filter((d) => d.state !== 'met');
    const about = (open.length > 0 ? open : group).flatMap((d) => d.subject ?? []).join(t.comma);
    const [first] = open;
    const line = md`${t.morning.lapsed(clip(periodShown(group[0]!.period, t), 30), clip(group[0]!.title, 40), clip(about, 80))}`;
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

function answerText(answer: NonNullable<ReminderShown['answer']>, t: Texts): string {
  if (answer.kind === 'planned') return clip(t.morning.planned(shortDate(answer.date, t)), 40);
  const said = { helped: t.morning.helped, not_done: t.morning.notDone, reported: t.morning.reported };
  return said[answer.kind];
}
