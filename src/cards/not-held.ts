import type { ActivityKind } from '../plan/activity.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown } from './card.ts';
import { md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** 「没谈成」 if several records may be meant. Action `not_held` {activity, v}. */
export function whichNotHeld(
  model: { records: { activity: string; v: number; shown: ActivityShown }[]; group: boolean },
  t: Texts,
): Card {
  return card({
    title: t.notHeld.which,
    elements: model.records
      .slice(0, 8)
      .flatMap(({ activity, v, shown }) => [
        markdown(activityLine(shown, t, model.group)),
        buttons(button(t.planned.failed, press('not_held', { activity, v }), { small: true })),
      ]),
  });
}

/** Something has not been done: nothing is recorded or changed. */
export function nothingChanged(model: { kind?: ActivityKind }, t: Texts): Card {
  return card({
    title: model.kind ? t.notHeld.notYet(t.kinds[model.kind]) : t.notHeld.nothing,
    template: 'grey',
    elements: [
      markdown(md`${t.notHeld.text}`),
      buttons(
        button(t.buttons.report, press('open_form', { kind: model.kind })),
        button(t.buttons.myTasks, press('my_tasks')),
      ),
    ],
  });
}
