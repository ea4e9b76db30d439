import type { Arrangement, Unsaid } from '../plan/arrangement.ts';
import type { Ymd } from '../plan/dates.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note, type Template } from './card.ts';
import { datePicker, form, input, submit } from './form-fields.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** The parts of an arrangement's wording; those that do not apply are empty. */
export interface Arranged {
  who: string;
  by: string;
  on: string;
  dates: string;
  what: string;
  reason: string;
  /** The only pupil it is about. */
  only: string;
}

export interface ArrangementModel {
  arrangement: string;
  v: number;
  state: 'proposed' | 'asked' | 'done' | 'undone' | 'dropped' | 'refused';
  kind: Arrangement['what'];
  words: Arranged;
  /** By title, how many duties change. */
  duties?: { title: string; n: number }[];
  /** Names of the people notified. */
  notified: string[];
  /** Who arranged it, on the card of the people concerned. */
  by?: string;
  /** Who asked for it, and how. */
  asked?: { by: string; words: string };
  /** What the reader may press: decide, withdraw their own request, or nothing. */
  reader: 'arranger' | 'asker' | 'concerned';
  undoable?: boolean;
  /** A line for this reader alone. */
  personal?: string;
  /** The form that replaces the buttons; `lacks` names the missing fields. */
  form?: { fields: { from?: Ymd; to?: Ymd; on?: Ymd; reason?: string }; lacks: Unsaid[] };
  problem?: string;
}

const TEMPLATES: Record<ArrangementModel['state'], Template> = {
  proposed: 'blue',
  asked: 'orange',
  done: 'green',
  undone: 'grey',
  dropped: 'grey',
  refused: 'grey',
};

/**
 * An arrangement before and after: what changes, whom it concerns, and what the reader may do. Actions `arrange_confirm`,
 * `arrange_edit`, `arrange_save`, `arrange_cancel`, `arrange_decline`, `arrange_undo` {arrangement, v}.
 */
export function arrangement(model: ArrangementModel, t: Texts): Card {
  const a = t.arrange;
  const { state, kind, words, duties, notified, asked, reader } = model;
  const open = state === 'proposed' || state === 'asked';
  const touched = duties?.map(({ title, n }) => (n > 1 ? `${title} ×${n}` : title)).join(t.comma);
  return card({
    title: clip(a.titles[kind](words), 60),
    template: TEMPLATES[state],
    tags: [{ label: a.states[state], color: open ? 'orange' : state === 'done' ? 'green' : 'neutral' }],
    elements: [
      asked ? note(md`${a.askedBy(clip(asked.by, 20), clip(asked.words, 100))}`) : undefined,
      state === 'undone' ? markdown(md`${a.undoneText}`) : markdown(md`${clip(a.texts[kind](words), 300)}`),
      model.personal ? markdown(md`${clip(model.personal, 200)}`) : undefined,
      open && duties ? markdown(md`${touched ? a.duties(clip(touched, 200)) : a.noDuties}`) : undefined,
      notified.length > 0 && reader === 'arranger' && state !== 'dropped' && state !== 'refused'
        ? note(md`${open ? a.willNotify(names(notified, t)) : a.notified(names(notified, t))}`)
        : undefined,
      model.by ? note(md`${a.by(clip(model.by, 20))}`) : undefined,
      model.problem ? markdown(md`${model.problem}`) : undefined,
      ...(open && reader === 'arranger' ? deciding(model, t) : []),
      open && reader === 'asker'
        ? buttons(button(a.no, press('arrange_cancel', idsOf(model)), { type: 'text' }))
        : undefined,
      ...(model.undoable
        ? [note(md`${a.undoHint}`), buttons(button(a.undo, press('arrange_undo', idsOf(model))))]
        : []),
    ],
  });
}

const names = (list: string[], t: Texts): string => clip(list.slice(0, 12).join(t.comma), 200);

const idsOf = ({ arrangement: id, v }: ArrangementModel) => ({ arrangement: id, v });

/** [确认] [改] [取消], or the form for missing or changed fields. */
function deciding(model: ArrangementModel, t: Texts): (Element | undefined)[] {
  const { yes, change, no, decline } = t.arrange;
  const ids = idsOf(model);
  const away =
    model.state === 'asked'
      ? button(decline, press('arrange_decline', ids), { type: 'text' })
      : button(no, press('arrange_cancel', ids), { type: 'text' });
  if (model.form) return [...fields(model, model.form, t), buttons(away)];
  return [
    buttons(
      button(yes, press('arrange_confirm', ids), { type: 'primary' }),
      button(change, press('arrange_edit', ids)),
      away,
    ),
  ];
}

function fields(
  model: ArrangementModel,
  { fields: f, lacks }: NonNullable<ArrangementModel['form']>,
  t: Texts,
): Element[] {
  const { fields: labels, needDates, needReason } = t.arrange;
  const spans = model.kind === 'leave' || model.kind === 'waive';
  const dated = model.kind !== 'lift' && model.kind !== 'team_joins';
  const day = (name: 'from' | 'to' | 'on') =>
    datePicker({ name, placeholder: labels[name], ...(f[name] && { initial: f[name] }) });
  const needs = lacks.map((what) => (what === 'dates' ? needDates : needReason)).join(t.comma);
  return [
    ...(needs ? [markdown(md`${needs}`)] : []),
    form('arrange', [
      ...(spans ? [day('from'), day('to')] : dated ? [day('on')] : []),
      ...(spans ? [input({ name: 'reason', label: labels.reason, value: f.reason, maxLength: 100 })] : []),
      submit(t.buttons.save, press('arrange_save', idsOf(model))),
    ]),
  ];
}
