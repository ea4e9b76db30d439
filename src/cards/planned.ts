import type { Ymd } from '../plan/dates.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { DONE } from './duty.ts';
import { datePicker, form, input, submit } from './form-fields.ts';
import { join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** A plan whose day is over, and what is known about it. */
export interface PlannedShown {
  activity: string;
  shown: ActivityShown;
  standing: 'open' | 'done' | 'attempted' | 'gone' | { movedTo: Ymd };
}
type About = { activity: string; shown: ActivityShown; notice: string };

/**
 * Asks what became of plans; answered ones stay and show the answer. Actions `planned_done`, `planned_move`, `planned_failed`
 * {activity, notice}. Private only: it names pupils.
 */
export function planned(model: { notice: string; items: PlannedShown[]; most: number }, t: Texts): Card {
  const { notice, items, most } = model;
  const settled = items.every((item) => item.standing !== 'open');
  const rest = items.length - most;
  return card({
    title: t.planned.title,
    template: settled ? 'green' : 'blue',
    elements: [
      ...items.slice(0, most).flatMap(({ activity, shown, standing }) => {
        const line = activityLine(shown, t, false);
        if (standing !== 'open') return [markdown(join([line, outcomeLine(standing, t)], ' · '))];
        const ids = { activity, notice };
        return [
          markdown(line),
          buttons(
            button(t.planned.done, press('planned_done', ids), { type: 'primary', small: true }),
            button(t.planned.move, press('planned_move', ids), { small: true }),
            button(t.planned.failed, press('planned_failed', ids), { small: true }),
          ),
        ];
      }),
      rest > 0 ? note(md`${t.planned.rest(rest)}`) : undefined,
      settled ? undefined : note(md`${t.sayOrTap}`),
    ],
  });
}

function outcomeLine(standing: Exclude<PlannedShown['standing'], 'open'>, t: Texts): Markdown {
  if (standing === 'done') return md`${DONE} ${t.recorded.title(1)}`;
  if (typeof standing === 'object') return md`${t.planned.movedTo(shortDate(standing.movedTo, t))}`;
  return md`${standing === 'attempted' ? t.recorded.attempted : t.recorded.withdrawn}`;
}

/** 改期: asks for the day. Actions `planned_move_save`, `back_to_notice` with {activity, notice}. */
export function plannedMove({ shown, ...ids }: About, t: Texts): Card {
  return card({
    title: t.planned.moveTitle,
    elements: [
      markdown(activityLine(shown, t, false)),
      form('move', [
        datePicker({ name: 'date', required: true, placeholder: t.form.choose }),
        submit(t.buttons.save, press('planned_move_save', ids)),
      ]),
      buttons(button(t.buttons.back, press('back_to_notice', ids))),
    ],
  });
}

/** 没做成: asks for the reason. Actions `planned_failed_save`, `back_to_notice` with {activity, notice}. */
export function plannedFailed({ shown, ...ids }: About, t: Texts): Card {
  return card({
    title: t.planned.failedTitle,
    elements: [
      markdown(activityLine(shown, t, false)),
      form('failed', [
        input({ name: 'reason', label: t.fields.reason, required: true, multiline: true }),
        submit(t.buttons.send, press('planned_failed_save', ids)),
      ]),
      note(md`${t.recorded.attemptedNote}`),
      buttons(button(t.buttons.back, press('back_to_notice', ids))),
    ],
  });
}
