import { type CardPost, stamped } from './buttons.ts';
import type { Card, Element } from './card.ts';
import { escapeMarkdown, readable } from './markdown.ts';

/** Adds a line of small print at the end of a card. */
export function withNote(source: Card, line: string): Card {
  const text = { tag: 'markdown', content: escapeMarkdown(line), text_size: 'notation' };
  return { ...source, body: { elements: [...source.body.elements, text] } };
}

/** A card with its text fallback, as it is sent, with the post it is for in its buttons. */
export const drawn = (card: Card, { programmeId }: Pick<CardPost, 'programmeId'>) => ({
  card: stamped(card, { programmeId }),
  text: cardText(card),
});

/** The card as plain text, for clients and messages that cannot show cards. Drops buttons and fields. */
export function cardText(source: Card): string {
  const title = (source.header.title as { content: string }).content;
  const subtitle = (source.header.subtitle as { content: string } | undefined)?.content;
  const tags = (source.header.text_tag_list ?? []) as { text: { content: string } }[];
  const lines = source.body.elements.flatMap(words);
  return [title, tags.map((tag) => tag.text.content).join(' '), subtitle, ...lines].filter((line) => line).join('\n');
}

function words(element: Element): string[] {
  if (element.tag === 'markdown') return [readable(String(element.content))];
  if (element.tag === 'checker') return [readable((element.text as { content: string }).content)];
  if (element.tag === 'div') return [(element.text as { content: string }).content];
  if (element.tag === 'collapsible_panel') {
    const { title } = element.header as { title: { content: string } };
    return [title.content, ...(element.elements as Element[]).flatMap(words)];
  }
  if (element.tag === 'form') return (element.elements as Element[]).flatMap(words);
  if (element.tag === 'column_set')
    return (element.columns as { elements: Element[] }[]).flatMap((c) => c.elements.flatMap(words));
  if (element.tag === 'table') {
    const cols = element.columns as { name: string; display_name: string }[];
    const rows = element.rows as Record<string, string | number>[];
    const line = (cells: (string | number | undefined)[]) => cells.map((c) => String(c ?? '')).join(' | ');
    return [line(cols.map((c) => c.display_name)), ...rows.map((row) => line(cols.map((c) => row[c.name])))];
  }
  return [];
}
