import type { ActivityKind } from '../plan/activity.ts';
import type { Measure, PeriodSpec, Side } from '../plan/plan.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { checker, form, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** The most demands on one card; the command drafts longer documents. */
export const MOST_DEMANDS = 30;

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
  /** Demands and sentences that do not fit on the card. */
  more: number;
  unfit: { clause: string; sentence: string }[];
}

/**
 * The demands of a plan's document, with a checkbox each; a doubtful one is a question that its checkbox answers. Actions
 * `plan_adopt`, `plan_discard` {import}.
 */
export function planDraftCard(model: PlanDraftModel, t: Texts): Card {
  const p = t.planDraft;
  const { demands, unfit } = model;
  const doubtful = demands.filter((d) => d.doubts.length > 0).length;
  return card({
    title: p.titled(demands.length + model.more),
    template: 'blue',
    elements: [
      markdown(
        join([
          md`**${clip(model.title, 60)}**`,
          md`${p.found(demands.length, doubtful)}`,
          model.more > 0 ? md`${p.more(model.more)}` : undefined,
        ]),
      ),
      form('plan', [
        ...demands.map((d, i) => checker(tickOf(i), line(d, t), d.doubts.length === 0)),
        submit(p.adopt, press('plan_adopt', { import: model.import })),
      ]),
      unfit.length > 0
        ? note(join([md`${p.unfit}`, ...unfit.slice(0, 5).map((u) => md`${u.clause} ${clip(u.sentence, 60)}`)]))
        : undefined,
      buttons(button(p.discard, press('plan_discard', { import: model.import }))),
    ],
  });
}

const tickOf = (i: number): string => `demand_${i}`;

/** The ticked demands; Feishu may omit a checkbox that the reader did not touch. */
export function planAnswers({ demands }: PlanDraftModel, answers: Record<string, unknown>): string[] {
  const ticked = (d: DraftedDemand, i: number) => `${answers[tickOf(i)] ?? d.doubts.length === 0}` === 'true';
  return demands.filter(ticked).map((d) => d.id);
}

function line(d: DraftedDemand, t: Texts): Markdown {
  const doubt =
    d.doubts.length > 0 ? md` <font color='orange'>${t.planDraft.question(d.doubts.join(t.comma))}</font>` : md``;
  return md`**${whatIsAsked(d, t)}**  ${clip(d.clause, 16)} ${clip(d.title, 40)}${doubt}`;
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
