import { type ActivityShown, activityDetails } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, hr, markdown } from './card.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface SameOccasionModel {
  /** The draft that waits for the answer. */
  draft: string;
  /** Who reported the first; absent where it was the reader. */
  by?: string;
  before: ActivityShown;
  now: ActivityShown;
  group: boolean;
}

/** 「同一次？」: what was just said beside what it probably repeats. Actions `same_occasion`, `separate_occasion` {draft}. */
export function sameOccasion(model: SameOccasionModel, t: Texts): Card {
  const { draft, by, before, now, group } = model;
  return card({
    title: t.form.draftTitle,
    template: 'orange',
    elements: [
      markdown(md`**${by ? t.recorded.duplicate(clip(by, 20)) : t.recorded.duplicateOwn}**`),
      markdown(activityDetails(before, t, group)),
      hr(),
      markdown(activityDetails(now, t, group)),
      buttons(
        button(t.buttons.sameOccasion, press('same_occasion', { draft }), { type: 'primary' }),
        button(t.buttons.separateOccasion, press('separate_occasion', { draft })),
      ),
    ],
  });
}
