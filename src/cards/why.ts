import type { Ymd } from '../plan/dates.ts';
import type { Obligation, Standing } from '../plan/obligation.ts';
import type { Measure } from '../plan/plan.ts';
import type { NotCounted } from '../plan/reasons.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown } from './card.ts';
import { shortDate, shortRange } from './dates.ts';
import type { DutyShown } from './duty.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** The source of an obligation and how its count came about. */
export interface WhyModel {
  title: string;
  subject?: string;
  /** True if `subject` is a pupil. */
  pupil?: boolean;
  plan: string;
  basis?: { clause: string; paraphrase: string };
  period: Obligation['period'];
  target: number;
  measure: Measure;
  assumed: boolean;
  standing: Standing;
  checkpoints: { date: Ymd; met: boolean }[];
  counted: ActivityShown[];
  notCounted: { activity: ActivityShown; reason: NotCounted }[];
  group: boolean;
  /** One person's own standing; groups never see it. */
  personal: boolean;
  /** The same duty towards others. */
  others: DutyShown[];
}

/** 为什么: clause, period, checkpoints, and why each record did or did not count. Action: `my_tasks`. */
export function why(model: WhyModel, t: Texts): Card {
  const w = t.why;
  const { basis, period, standing } = model;
  const about = model.subject && !(model.group && model.pupil) ? ` · ${clip(model.subject, 40)}` : '';
  const source = basis
    ? md`${clip(model.plan, 60)} ${clip(basis.clause, 60)}`
    : md`${clip(model.plan, 60)} · ${w.ownPlan}`;
  const amount = t.amount(model.target, model.measure);
  const open = !(model.group && model.personal);
  const dots = model.checkpoints.slice(0, 24).map((c) => `${c.met ? '✓' : '○'} ${shortDate(c.date, t)}`);
  return card({
    title: `${w.title} · ${clip(model.title, 40)}`,
    subtitle: about.slice(3) || undefined,
    elements: [
      markdown(join([md`**${w.clause}**  ${source}`, basis && md`${clip(basis.paraphrase, 300)}`])),
      markdown(
        join([
          md`**${w.period}**  ${clip(t.reasons.period(period), 40)} ${shortRange(period.start, period.end, t)}`,
          md`**${w.target}**  ${model.assumed ? t.assumedAs(amount) : amount}`,
          open
            ? md`**${w.now}**  ${t.states[standing.state]} ${standing.done}/${model.target} · ${clip(t.reasons.standing(standing), 120)}`
            : undefined,
          open && model.others.length > 0 ? md`**${w.others}**  ${othersShown(model, t)}` : undefined,
          open && dots.length > 1 ? md`**${w.checkpoints}**  ${dots.join(' ')}` : undefined,
        ]),
      ),
      ...(open ? countedAndNot(model, t) : [markdown(md`${w.alone}`)]),
      buttons(button(t.buttons.myTasks, press('my_tasks'))),
    ],
  });
}

const countedAndNot = ({ counted, notCounted, group }: WhyModel, t: Texts): Element[] => [
  markdown(
    list(
      t.why.counted,
      counted.map((a) => activityLine(a, t, group)),
      t,
    ),
  ),
  markdown(
    list(
      t.why.notCounted,
      notCounted.map((n) => md`${activityLine(n.activity, t, group)} — ${clip(t.reasons.notCounted(n.reason), 60)}`),
      t,
    ),
  ),
];

const othersShown = ({ others, group, pupil }: WhyModel, t: Texts): string =>
  others
    .slice(0, 12)
    .map((o) =>
      [group && pupil ? t.hiddenPupils(1) : clip(o.subject ?? o.title, 20), `${o.done}/${o.target}`].join(' '),
    )
    .join(t.comma);

function list(heading: string, lines: Markdown[], t: Texts): Markdown {
  const shown = lines.slice(0, 12).map((line) => md`- ${line}`);
  const rest = lines.length > 12 ? md`${t.more(lines.length - 12)}` : undefined;
  return join([md`**${heading}**`, ...(shown.length > 0 ? shown : [md`${t.why.none}`]), rest]);
}
