import { daysBetween, type Ymd } from '../plan/dates.ts';
import type { Lacking } from '../plan/reasons.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, columns, type Element, fold, hr, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { byDuty, type DutyShown, dutyLine, whenShown } from './duty.ts';
import { lackingLines } from './lacking.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import { pager } from './tasks.ts';
import type { Texts } from './texts/zh-CN.ts';

/** One late duty of a person, as the coordinator sees it. Pupils appear as a number. */
export interface LateShown {
  obligation: string;
  title: string;
  since: Ymd;
  /** `tried` and `help` carry the person's words; `planned` the date. */
  sign: 'tried' | 'silent' | 'planned' | 'help';
  detail?: string;
}
export interface LatePerson {
  person: string;
  name: string;
  school: string;
  items: LateShown[];
  /** Set for two days after a 催办. */
  nudged?: Ymd;
}
/** An open help request from somebody the reader answers for. */
export interface HelpWanted {
  help: string;
  name: string;
  school: string;
  about?: string;
  text: string;
  /** Who already handles it. */
  takenBy?: string;
}
export interface CoordinatorModel {
  /** The day of the card. */
  today: Ymd;
  people: LatePerson[];
  help?: HelpWanted[];
  /** Gaps in the lists that the reader can fill. */
  lacking?: Lacking[];
  /** Names of people the bot cannot reach. */
  unreachable: string[];
  /** A year whose holidays are provisional. */
  provisional?: string;
  quota?: { used: number; quota: number };
  page: number;
}

const PER_PAGE = 12;
const HELP_SHOWN = 5;
/** Below this share of the monthly API calls, no warning is needed. */
const QUOTA_WARNS = 0.8;

/**
 * Help requests first, then a line for each late person: what, since when, tried or silent. Actions: `take_help` {help}; `nudge`
 * {person}, `nudge_all` (asks first), `page` {view: 'coordinator'}. For the coordinator alone.
 */
export function coordinatorDigest(model: CoordinatorModel, t: Texts): Card {
  const c = t.coordinator;
  const { people, quota, help = [] } = model;
  const pages = Math.max(1, Math.ceil(people.length / PER_PAGE));
  const page = Math.min(Math.max(1, model.page), pages);
  const open = people.filter((p) => !p.nudged);
  const lacking = lackingLines(model.lacking ?? [], t);
  const all = { title: t.buttons.nudgeAll, text: c.nudgeAllConfirm };
  const warns = quota !== undefined && quota.used >= quota.quota * QUOTA_WARNS;
  return card({
    title: c.title(people.length, help.length, model.lacking?.length ?? 0),
    template: people.length + help.length > 0 ? 'orange' : 'blue',
    elements: [
      ...help.slice(0, HELP_SHOWN).map((h) => helpRow(h, t)),
      help.length > HELP_SHOWN ? buttons(button(c.allHelp(help.length), press('list', { view: 'help' }))) : undefined,
      help.length > 0 && people.length > 0 ? hr() : undefined,
      ...people.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((p) => row(p, model.today, t)),
      pager(page, pages, t, (to) => press('page', { view: 'coordinator', page: to })),
      open.length > 1
        ? buttons(button(t.buttons.nudgeAll, press('nudge_all'), { type: 'primary', confirm: all }))
        : undefined,
      lacking.length > 0
        ? fold(t.lists.lacking(model.lacking?.length ?? 0), [markdown(join(lacking.slice(1)))])
        : undefined,
      model.unreachable.length > 0 ? note(md`${c.unreachable(clip(model.unreachable.join(t.comma), 200))}`) : undefined,
      model.provisional ? note(md`${c.provisional(model.provisional)}`) : undefined,
      warns ? note(md`${c.quota(quota.used, quota.quota)}`) : undefined,
    ],
  });
}

function helpRow(h: HelpWanted, t: Texts): Element {
  const who = join(
    [md`**${clip(h.name, 20)}** ${t.coordinator.help}`, h.about ? md`${clip(h.about, 30)}` : undefined],
    ' · ',
  );
  const right = h.takenBy
    ? note(md`${t.helpRequest.takenBy(clip(h.takenBy, 20))}`)
    : button(t.helpRequest.take, press('take_help', { help: h.help }), { type: 'primary', small: true });
  return columns([
    { elements: [markdown(join([who, md`${clip(h.text, 80)}`]))], weight: 4 },
    { elements: [right], width: 'auto' },
  ]);
}

function row(p: LatePerson, today: Ymd, t: Texts): Element {
  const right = p.nudged
    ? [
        note(md`${t.coordinator.nudged(shortDate(p.nudged, t))}`),
        button(t.nudge.urgent, press('urgent', { person: p.person }), { type: 'text', small: true }),
      ]
    : [button(t.buttons.nudge, press('nudge', { person: p.person }), { small: true })];
  return columns([
    {
      elements: [markdown(join([md`**${clip(p.name, 20)}** ${clip(p.school, 30)}`, late(p.items, today, t)]))],
      weight: 4,
    },
    { elements: right, width: 'auto' },
  ]);
}

const SIGNS: LateShown['sign'][] = ['help', 'tried', 'planned', 'silent'];
const TITLES = 3;

/** What a person is late with, on one line: the duties, since when, and their last answer. */
function late(items: LateShown[], today: Ymd, t: Texts): Markdown {
  const c = t.coordinator;
  const counts = new Map<string, number>();
  for (const { title } of items) counts.set(title, (counts.get(title) ?? 0) + 1);
  const titles = [...counts].map(([title, n]) => (n > 1 ? `${clip(title, 24)}×${n}` : clip(title, 24)));
  const [since] = items.map((i) => i.since).sort();
  const shown = items.toSorted((a, b) => SIGNS.indexOf(a.sign) - SIGNS.indexOf(b.sign))[0]!;
  const sign = shown.sign === 'silent' ? c.silent(daysBetween(since!, today)) : c[shown.sign];
  return join(
    [
      md`${titles.slice(0, TITLES).join(t.comma)}${titles.length > TITLES ? t.more(titles.length - TITLES) : ''}`,
      md`${c.since(shortDate(since!, t, today))}`,
      md`${shown.detail ? `${sign} (${clip(shown.detail, 40)})` : sign}`,
    ],
    ' · ',
  );
}

export interface NudgeModel {
  from: string;
  duties: DutyShown[];
  urgent: boolean;
}
const NUDGED_LINES = 8;

/** 催办 as the teacher receives it; later ones of the day update it. Actions `open_form`, `my_tasks`. */
export function nudge(model: NudgeModel, t: Texts): Card {
  const lines = byDuty(model.duties);
  const open = lines.filter(([d]) => d!.state !== 'met' && d!.state !== 'waived').length;
  const rest = lines.length - NUDGED_LINES;
  return card({
    title: open > 0 ? t.nudge.asks(clip(model.from, 20), open) : t.morning.doneTitle,
    template: open > 0 ? 'orange' : 'green',
    tags: model.urgent ? [{ label: t.nudge.urgent, color: 'red' }] : [],
    elements: [
      markdown(
        join(
          lines.slice(0, NUDGED_LINES).map((line) => {
            const when = whenShown(line[0]!, t);
            return join([dutyLine(line, t, { strike: true }), when ? md`${when}` : undefined], ' · ');
          }),
        ),
      ),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
      buttons(
        button(t.buttons.report, press('open_form'), { type: 'primary' }),
        button(t.buttons.myTasks, press('my_tasks')),
      ),
    ],
  });
}
