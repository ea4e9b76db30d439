import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { form, input, submit } from './form-fields.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ConfirmModel {
  activity: string;
  v: number;
  by: string;
  school: string;
  shown: ActivityShown;
  answer?: 'confirmed' | 'disputed';
  /** Why it was disputed. */
  reason?: string;
}
/**
 * Asks the recipient school whether an activity happened. Actions `confirm`, and `dispute` with field `reason`, {activity, v}.
 * Names no pupil.
 */
export function confirmActivity(model: ConfirmModel, t: Texts): Card {
  const ids = { activity: model.activity, v: model.v };
  const { answer } = model;
  return card({
    title: answer ? t.confirm[answer] : t.confirm.title,
    template: answer === 'confirmed' ? 'green' : answer === 'disputed' ? 'orange' : 'blue',
    elements: [
      markdown(md`${t.confirm.text(clip(model.by, 20), clip(model.school, 40))}`),
      markdown(activityLine(model.shown, t, true)),
      model.reason ? note(md`${t.confirm.reason}: ${clip(model.reason, 200)}`) : undefined,
      answer === 'confirmed'
        ? undefined
        : buttons(button(t.buttons.confirm, press('confirm', ids), { type: 'primary' })),
      answer === 'disputed'
        ? undefined
        : form('dispute', [
            input({ name: 'reason', label: t.confirm.reason, required: true }),
            submit(t.buttons.dispute, press('dispute', ids)),
          ]),
    ],
  });
}
