import type { Ymd } from '../plan/dates.ts';
import type { Lacking } from '../plan/reasons.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, columns, type Element, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { type DutyShown, dutyLine } from './duty.ts';
import { lackingLines } from './lacking.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

/** One late duty of a person, as the coordinator sees it. Pupils only as their number. */
export interface LateShown {
  obligation: string;
  title: string;
  since: Ymd;
  /** `tried` and `help` carry what was said; `planned` the day. */
  sign: 'tried' | 'silent' | 'planned' | 'help';
  detail?: string;
}
export interface LatePerson {
  person: string;
  name: string;
  school: string;
  items: LateShown[];
  /** Set while the two days of an earlier 催办 run. */
  nudged?: Ymd;
}
export interface CoordinatorModel {
  people: LatePerson[];
  /** What the lists lack that the reader can mend. */
  lacking?: Lacking[];
  /** Whom the bot cannot reach, by name. */
  unreachable: string[];
  /** A year whose holidays are provisional. */
  provisional?: string;
  quota?: { used: number; quota: number };
  page: number;
}

const PER_PAGE = 15;

/**
 * Who is late, since when, tried or silent. Actions: `nudge` {person}, `nudge_all` (asks first), `page`
 * {view: 'coordinator'}. For the coordinator alone.
 */
export function coordinatorDigest(model: CoordinatorModel, t: Texts): Card {
  const c = t.coordinator;
  const { people, quota } = model;
  const pages = Math.max(1, Math.ceil(people.length / PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const items = people.reduce((n, p) => n + p.items.length, 0);
  const open = people.filter((p) => !p.nudged);
  const lacking = lackingLines(model.lacking ?? [], t);
  const all = { title: t.buttons.nudgeAll, text: c.nudgeAllConfirm };
  return card({
    title: c.digestTitle,
    template: people.length > 0 ? 'orange' : 'green',
    elements: [
      markdown(md`${people.length > 0 ? c.late(people.length, items) : c.nobodyLate}`),
      ...people.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((p) => row(p, t)),
      pager(page, pages, t, (to) => press('page', { view: 'coordinator', page: to })),
      open.length > 0
        ? buttons(button(t.buttons.nudgeAll, press('nudge_all'), { type: 'primary', confirm: all }))
        : undefined,
      lacking.length > 0 ? markdown(join(lacking)) : undefined,
      model.unreachable.length > 0 ? note(md`${c.unreachable(clip(model.unreachable.join(t.comma), 200))}`) : undefined,
      model.provisional ? note(md`${c.provisional(model.provisional)}`) : undefined,
      quota ? note(md`${c.quota(quota.used, quota.quota)}`) : undefined,
    ],
  });
}

function row(p: LatePerson, t: Texts): Element {
  const shown = p.items.slice(0, 4).map((item) => md`- ${late(item, t)}`);
  const rest = p.items.length > 4 ? md`${t.more(p.items.length - 4)}` : undefined;
  const text = markdown(join([md`**${clip(p.name, 20)}** · ${clip(p.school, 30)}`, ...shown, rest]));
  const right = p.nudged
    ? [
        note(md`${t.coordinator.nudged(shortDate(p.nudged, t))}`),
        button(t.nudge.urgent, press('urgent', { person: p.person }), { type: 'text', small: true }),
      ]
    : [button(t.buttons.nudge, press('nudge', { person: p.person }), { small: true })];
  return columns([
    { elements: [text], weight: 4 },
    { elements: right, width: 'auto' },
  ]);
}

function late(item: LateShown, t: Texts): Markdown {
  const c = t.coordinator;
  const sign = item.detail ? `${c[item.sign]} (${clip(item.detail, 40)})` : c[item.sign];
  return join([md`${clip(item.title, 30)}`, md`${c.since(shortDate(item.since, t))}`, md`${sign}`], ' · ');
}

export interface NudgeModel {
  from: string;
  duties: DutyShown[];
  urgent: boolean;
}
/** 催办 as the teacher gets it; further ones of the day update it. Actions `open_form`, `my_tasks`. */
export function nudge(model: NudgeModel, t: Texts): Card {
  const rest = model.duties.length - 15;
  return card({
    title: t.nudge.title,
    template: 'orange',
    tag: model.urgent ? { label: t.nudge.urgent, color: 'red' } : undefined,
    elements: [
      markdown(md`${t.nudge.from(clip(model.from, 20), t.nudge.coordinator)}`),
      markdown(join([...model.duties.slice(0, 15).map((d) => md`- ${dutyLine(d, t, { strike: true })}`)])),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
      buttons(
        button(t.buttons.report, press('open_form'), { type: 'primary' }),
        button(t.buttons.myTasks, press('my_tasks')),
      ),
    ],
  });
}
