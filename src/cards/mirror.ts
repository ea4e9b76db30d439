import { buttons, type Card, card, linkButton, markdown } from './card.ts';
import { md } from './markdown.ts';
import type { Texts } from './texts/index.ts';

/** The state of the mirrored Base, with a link to it. */
export function mirrorCard(model: { lines: string[]; url?: string; trouble?: boolean }, t: Texts): Card {
  return card({
    title: t.mirror.heading,
    ...(model.trouble && { template: 'orange' as const }),
    elements: [
      ...model.lines.map((line) => markdown(md`${line}`)),
      model.url ? buttons(linkButton(t.mirror.open, model.url)) : undefined,
    ],
  });
}
