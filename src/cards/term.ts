import type { Ymd } from '../plan/dates.ts';
import type { Deeds } from '../plan/notices/index.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, fold, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { byDuty, DONE, type DutyShown, dutyLine, termShown, whenShown } from './duty.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

const MOST = 30;
/** Lines on the first screen. */
const SHOWN = 3;

/** What a term asks (`opening`), or what is still open two weeks before its end (`closing`). */
export function termNotice(model: { stage: 'opening' | 'closing'; term: string; duties: DutyShown[] }, t: Texts): Card {
  const { stage, duties } = model;
  const term = clip(termShown(model.term), 40);
  const open = duties.filter((d) => d.state !== 'met');
  return card({
    title: stage === 'opening' ? t.term.opening(term) : t.term.closing(term),
    template: stage === 'closing' && open.length > 0 ? 'orange' : 'blue',
    elements: [
      markdown(
        md`${open.length === 0 ? t.tasks.allDone : stage === 'opening' ? t.term.openingText : t.term.closingText}`,
      ),
      ...dutyList(duties, t),
      tasksButton(t),
    ],
  });
}

/** To a school whose plan or summary is due. */
export function documentDue(model: { due: Ymd; duties: DutyShown[] }, t: Texts): Card {
  return card({
    title: t.term.documents(shortDate(model.due, t), byDuty(model.duties.filter((d) => d.state !== 'met')).length),
    elements: [...dutyList(model.duties, t), tasksButton(t)],
  });
}

/**
 * After the third notice: names for the coordinator; after 30 days: counts by school for the leader. Shows rows as given: the
 * caller selects them. Action `list` {view: 'overdue'}.
 */
export function escalation(
  model: { to: 'coordinator' | 'leader'; rows: { name: string; count: number; since: Ymd }[] },
  t: Texts,
): Card {
  const rest = model.rows.length - MOST;
  const count = model.rows.reduce((n, r) => n + r.count, 0);
  const lines = model.rows
    .slice(0, MOST)
    .map((r) => md`- **${clip(r.name, 40)}** ${r.count} · ${t.coordinator.since(shortDate(r.since, t))}`);
  return card({
    title: model.to === 'coordinator' ? t.term.escalationCoordinator(count) : t.term.escalationLeader(count),
    template: 'red',
    elements: [
      markdown(join(lines)),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
      buttons(button(t.lists.overdue, press('list', { view: 'overdue' }))),
    ],
  });
}

/**
 * Thanks at a term's end: how often, for how many pupils, the first and the last; offers the certificate. Action `certificate`
 * {term: its first day}, `records`. Private only.
 */
export function termThanks(model: Deeds & { term: string; start: Ymd }, t: Texts): Card {
  const { activities, pupils, first, last } = model;
  const deedLine = ({ activity, date }: Deeds['first']) => md`${shortDate(date, t)} **${t.kinds[activity]}**`;
  return card({
    title: t.term.thanks(activities),
    template: 'green',
    elements: [
      markdown(md`${t.term.thanksText(clip(termShown(model.term), 40), activities, pupils)}`),
      markdown(
        join([
          md`${t.term.first} ${deedLine(first)}`,
          activities > 1 ? md`${t.term.last} ${deedLine(last)}` : undefined,
        ]),
      ),
      buttons(
        button(t.term.certificate, press('certificate', { term: model.start }), { type: 'primary' }),
        button(t.buttons.showRecords, press('records')),
      ),
    ],
  });
}

/** 支教签到 of a day. Actions `secondment_present`, `secondment_leave` with {date}. */
export function secondmentCheckIn(
  model: { date: Ymd; place: string; answer?: 'present' | 'leave'; late?: boolean },
  t: Texts,
): Card {
  const day = shortDate(model.date, t);
  const answered = model.answer && t.term[model.answer];
  const { date } = model;
  return card({
    title: `${t.term.checkInTitle} · ${day}`,
    template: answered ? 'green' : 'blue',
    elements: [
      markdown(md`**${clip(model.place, 40)}**  ${answered ? md`${DONE} ${answered}` : t.term.checkInText}`),
      model.late ? note(md`${t.term.lateEntry(day)}`) : undefined,
      answered
        ? undefined
        : buttons(
            button(t.term.present, press('secondment_present', { date }), { type: 'primary' }),
            button(t.term.leave, press('secondment_leave', { date })),
          ),
    ],
  });
}

/** One line per duty; those beyond the first screen are folded. */
function dutyList(duties: DutyShown[], t: Texts): (Element | undefined)[] {
  const lines = byDuty(duties).map((line) => {
    const when = line[0]!.state === 'met' ? undefined : whenShown(line[0]!, t);
    return join([dutyLine(line, t, { strike: true }), when ? md`${when}` : undefined], ' · ');
  });
  const rest = lines.slice(SHOWN, MOST);
  return [
    markdown(join(lines.slice(0, SHOWN))),
    rest.length > 0 ? fold(t.morning.rest(lines.length - SHOWN), [markdown(join(rest))]) : undefined,
  ];
}

function tasksButton(t: Texts) {
  return buttons(
    button(t.buttons.report, press('open_form')),
    button(t.buttons.myTasks, press('my_tasks'), { type: 'primary' }),
  );
}
