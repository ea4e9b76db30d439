import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, hr, markdown } from './card.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface SameOccasionModel {
  /** The draft that waits for the answer. */
  draft: string;
  /** Whose record the first is; absent for the reader's own. */
  by?: string;
  before: ActivityShown;
  now: ActivityShown;
  group: boolean;
}

/** 「刚才已记过」: the new report beside the record it repeats. Actions `another_time`, `change_earlier`, `discard_draft`. */
export function sameOccasion(model: SameOccasionModel, t: Texts): Card {
  const { draft, by, before, now, group } = model;
  return card({
    title: t.recorded.duplicateTitle,
    template: 'orange',
    elements: [
      markdown(md`**${by ? t.recorded.duplicate(clip(by, 20)) : t.recorded.duplicateOwn}**`),
      markdown(activityLine(before, t, group)),
      hr(),
      markdown(md`**${t.recorded.duplicateNow}**`),
      markdown(activityLine(now, t, group)),
      buttons(
        button(t.buttons.anotherTime, press('another_time', { draft }), { type: 'primary' }),
        button(t.buttons.changeEarlier, press('change_earlier', { draft })),
        button(t.buttons.keepOne, press('discard_draft', { draft, v: 1 })),
      ),
    ],
  });
}
