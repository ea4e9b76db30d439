import { buttons, type Card, card, linkButton, markdown } from './card.ts';
import { md } from './markdown.ts';
import type { Texts } from './texts/index.ts';

/** How it stands with the mirrored Base, and the way there. */
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
