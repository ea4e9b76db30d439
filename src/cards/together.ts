import { type CardPost, press, stamped } from './buttons.ts';
import { button, buttons, type Card, card, type Element, hr, markdown, text } from './card.ts';
import { checkLimits } from './limits.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** A card about one of several programmes, with the person it is for. */
export interface CardOfPost {
  card: Card;
  programme: { id: string; name: string };
  personId: string;
}

const titleOf = ({ header }: Card): string => (header.title as { content: string }).content;
const subtitleOf = ({ header }: Card): string | undefined =>
  (header.subtitle as { content: string } | undefined)?.content;

/** Adds a subtitle to a card, in front of the existing one. */
export function about(source: Card, name: string): Card {
  const before = subtitleOf(source);
  if (before?.includes(name)) return source;
  return {
    ...source,
    header: { ...source.header, subtitle: text(clip([name, before].filter(Boolean).join(' · '), 60)) },
  };
}

/**
 * Merges cards of several programmes, each under its programme's name and with its post in the buttons. Undefined if Feishu would
 * refuse the result: then they stay separate.
 */
export function asOneCard(parts: CardOfPost[]): Card | undefined {
  const [first, ...others] = parts.map((p) => ({
    ...p,
    card: stamped(p.card, { programmeId: p.programme.id, personId: p.personId }),
  }));
  if (!first) return undefined;
  if (others.length === 0) return first.card;
  const titles = [...new Set([first, ...others].map(({ card: c }) => titleOf(c)))];
  const title = titles.join('；');
  const elements = [first, ...others].flatMap(({ card: c, programme }, i): Element[] => [
    ...(i === 0 ? [] : [hr()]),
    markdown(titles.length === 1 ? md`**${programme.name}**` : md`**${programme.name}** · ${titleOf(c)}`),
    ...c.body.elements.filter((e) => i === others.length || !isRepeated(e, others.at(-1)!.card)),
  ]);
  const names = [...new Set(parts.map((p) => p.programme.name))].join('、');
  const worst = [first, ...others].find(({ card: c }) => c.header.template !== 'green') ?? first;
  const made = card({
    title,
    subtitle: clip(names, 60),
    template: worst.card.header.template as 'blue',
    elements,
  });
  return checkLimits(made).length === 0 ? made : undefined;
}

/** Small print that the last card repeats. */
const isRepeated = (e: Element, last: Card): boolean =>
  e.text_size === 'notation' && last.body.elements.some((other) => other.content === e.content);

/** A record's card with 改到另一项目: one button for each other programme that could hold it. */
export function movable(source: Card, to: { activity: string; to: string; name: string }[], t: Texts): Card {
  const label = (name: string) => (to.length === 1 ? t.programmes.move : t.programmes.moveTo(name));
  const row = buttons(
    ...to.map(({ name, ...value }) => button(label(name), press('move_record', value), { type: 'text' })),
  );
  return row ? { ...source, body: { elements: [...source.body.elements, row] } } : source;
}

/** A list of tasks with a link to those of the reader's other posts. */
export function otherTasks(source: Card, posts: ({ name: string } & CardPost)[], t: Texts): Card {
  const row = buttons(
    ...posts.map(({ name, ...post }) => stamped(button(t.programmes.tasksOf(name), press('my_tasks')), post)),
  );
  return row ? { ...source, body: { elements: [...source.body.elements, row] } } : source;
}
