import type { ActivityKind } from '../plan/activity.ts';
import type { Measure, PeriodSpec, Side } from '../plan/plan.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { form, multiSelect, select, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** Demands that one card holds; a document with more is drafted by the command. */
export const MOST_DEMANDS = 30;
/** Questions of one card. */
export const MOST_QUESTIONS = 8;

export interface DraftedDemand {
  id: string;
  activity: ActivityKind;
  measure: Measure;
  count: number;
  period: PeriodSpec;
  side: Side;
  title: string;
  clause: string;
  doubts: string[];
}
export interface PlanDraftModel {
  /** The kept draft. */
  import: string;
  title: string;
  demands: DraftedDemand[];
  /** Demands and sentences that are not on the card. */
  more: number;
  unfit: { clause: string; sentence: string }[];
}

/** What a plan's document asks for, to be ticked. Actions `plan_adopt`, `plan_discard` {import}; the form as in `planAnswers`. */
export function planDraftCard(model: PlanDraftModel, t: Texts): Card {
  const p = t.planDraft;
  const { demands, unfit } = model;
  const sure = demands.filter((d) => d.doubts.length === 0);
  const options = demands.map((d, i) => ({ value: d.id, label: clip(`${i + 1}. ${whatIsAsked(d, t)}`, 60) }));
  const asked = demands.flatMap((d, i) => (d.doubts.length > 0 ? [{ d, i }] : [])).slice(0, MOST_QUESTIONS);
  return card({
    title: p.title,
    template: 'blue',
    elements: [
      markdown(
        join([
          md`**${clip(model.title, 60)}**`,
          md`${p.found(demands.length, demands.length - sure.length)}`,
          model.more > 0 ? md`${p.more(model.more)}` : undefined,
        ]),
      ),
      markdown(join(demands.map((d, i) => line(d, i, t)))),
      unfit.length > 0
        ? note(join([md`${p.unfit}`, ...unfit.slice(0, 5).map((u) => md`${u.clause} ${clip(u.sentence, 60)}`)]))
        : undefined,
      form('plan', [
        markdown(md`**${p.tick}**`),
        multiSelect({ name: 'adopt', placeholder: p.tick, options, selected: sure.map((d) => d.id) }),
        ...asked.flatMap(({ d, i }) => [
          markdown(md`${p.question(i + 1, d.doubts.join(t.comma))}`),
          select({
            name: `ask_${i}`,
            placeholder: p.choose,
            options: [
              { value: 'yes', label: p.yes },
              { value: 'no', label: p.no },
            ],
          }),
        ]),
        submit(p.adopt, press('plan_adopt', { import: model.import })),
      ]),
      buttons(button(p.discard, press('plan_discard', { import: model.import }))),
    ],
  });
}

/** The demands that a form's answers take: those ticked, and the doubtful ones that were answered with yes. */
export function planAnswers({ demands }: PlanDraftModel, answers: Record<string, unknown>): string[] {
  const ticked = new Set([answers.adopt].flat().filter((one) => typeof one === 'string'));
  return demands.flatMap((d, i) => {
    const said = answers[`ask_${i}`];
    return said === 'no' || (said !== 'yes' && !ticked.has(d.id)) ? [] : [d.id];
  });
}

function line(d: DraftedDemand, i: number, t: Texts): Markdown {
  const doubt = d.doubts.length > 0 ? md` <font color='orange'>${t.planDraft.confirm}</font>` : md``;
  return md`${i + 1}. **${whatIsAsked(d, t)}**${doubt}  ${clip(d.clause, 16)} ${clip(d.title, 40)}`;
}

/** 每学期 送教 2次（受援方）. */
function whatIsAsked({ activity, measure, count, period, side }: DraftedDemand, t: Texts): string {
  const who = side === 'supporter' ? '' : t.planDraft.sides[side];
  return `${periodSaid(period, t)} ${t.kinds[activity]} ${t.amount(count, measure)}${who}`;
}

function periodSaid(period: PeriodSpec, t: Texts): string {
  const p = t.planDraft;
  if (typeof period === 'string') return p.periods[period];
  if ('month' in period) return p.month(period.month);
  const days = (text: string) => text.split('-').map(Number) as [number, number];
  if ('due' in period) return p.due(...days(period.due));
  const months = period.windows.map((w) => w.split('..').map((day) => days(day)[0]) as [number, number]);
  return months.map(([from, to]) => p.window(from, to)).join(t.comma);
}
