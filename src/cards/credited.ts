import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** Somebody else's record that includes the reader, as it is now; `standing` is false once the reader has left it. */
export interface CreditedShown {
  activity: string;
  v: number;
  by: string;
  shown: ActivityShown;
  standing: boolean;
}

/** 「2 条记录里有您」: people who were not there leave the record with one tap. Action `not_me` {activity, v, notice}. Private only. */
export function credited(model: { notice: string; items: CreditedShown[]; most: number }, t: Texts): Card {
  const { notice, items, most } = model;
  const rest = items.length - most;
  return card({
    title: t.credited.title(items.length),
    elements: [
      ...items.slice(0, most).flatMap((item): (Element | undefined)[] => [
        markdown(activityLine(item.shown, t, false)),
        item.standing
          ? buttons(
              button(t.credited.notMe, press('not_me', { activity: item.activity, v: item.v, notice }), {
                small: true,
              }),
            )
          : note(md`${t.credited.left}`),
        note(md`${t.credited.by(clip(item.by, 20))}`),
      ]),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
    ],
  });
}
