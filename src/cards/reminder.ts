import { CONTRIBUTORS, type NoticeKind, type ReminderPart } from '../plan/notices/index.ts';
import { type Card, card, type Element, hr, markdown } from './card.ts';
import { checkLimits } from './limits.ts';
import { md } from './markdown.ts';
import type { ReminderModel } from './reminder-model.ts';
import { sections } from './reminder-sections.ts';
import type { Texts } from './texts/zh-CN.ts';
import { asOneCard } from './together.ts';

/** Lines per list, from the preferred number down to what fits beside everything else. */
const MOST = [10, 5, 3, 1];

/** One card for everything a reminder holds; undefined if nothing is left. */
export function reminder(model: ReminderModel, t: Texts, lengths = MOST): Card | undefined {
  const drawn = lengths.map((most) => merged(sections(model, most, t), t));
  return drawn.find((c) => c && checkLimits(c).length === 0) ?? drawn.at(-1);
}

/** The same for somebody with several posts: one part each, with as many lines as fit. */
export function reminders(models: ReminderModel[], t: Texts): Card | undefined {
  const [first, ...others] = models;
  if (!first || others.length === 0) return first && reminder(first, t);
  for (const most of MOST) {
    const parts = models.flatMap((model) => {
      const one = reminder(model, t, [most]);
      return one ? [{ card: one, programme: model.programme, personId: model.me.id }] : [];
    });
    if (parts.length === 0) return undefined;
    const merged = asOneCard(parts);
    if (merged) return merged;
  }
  return reminder(first, t);
}

/** Merges several cards: the title announces the first two, later ones get a heading each; duplicate buttons are left out. */
function merged(parts: Card[], t: Texts): Card | undefined {
  const [first, second] = parts;
  if (!first || !second) return first;
  const titleOf = (c: Card) => (c.header.title as { content: string }).content;
  const seen = new Set<string>();
  const elements = parts.flatMap((c, i) => [
    ...(i === 0 ? [] : [hr(), markdown(md`**${titleOf(c)}**`)]),
    ...c.body.elements.flatMap((e) => withoutSeen(e, seen)),
  ]);
  const title = [titleOf(first), titleOf(second)].join(' · ');
  return card({
    title: parts.length > 2 ? t.morning.andMore(title) : title,
    template: first.header.template as 'blue',
    elements,
  });
}

function withoutSeen(element: Element, seen: Set<string>): Element[] {
  if (element.tag !== 'column_set') return [element];
  const columns = (element.columns as { elements: Element[] }[]).filter(({ elements }) => {
    const only = elements.length === 1 && elements[0]!.tag === 'button' ? JSON.stringify(elements[0]) : undefined;
    if (only === undefined || !seen.has(only)) {
      if (only) seen.add(only);
      return true;
    }
    return false;
  });
  return columns.length > 0 ? [{ ...element, columns }] : [];
}

/** The kinds of a card's parts in display order; for lists and logs. */
export function kindsIn(parts: ReminderPart[]): (NoticeKind | 'nudge')[] {
  const present = new Set(parts.map((p) => p.kind));
  return [...(Object.keys(CONTRIBUTORS) as NoticeKind[]), 'nudge' as const].filter((kind) => present.has(kind));
}
