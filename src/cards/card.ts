import type { Press } from './buttons.ts';
import { clip, type Markdown, plain } from './markdown.ts';

/*
 * The vocabulary of Card JSON 2.0. Cards are pure views, `view(model, t) → Card`, built from this file, form-fields.ts and
 * table.ts; limits.ts knows what the platform refuses, and markdown.ts keeps people's text from becoming mark-up.
 */

/** A node of a card. Feishu refuses a card with unknown properties, so only builders make nodes. */
export interface Element {
  tag: string;
  [property: string]: unknown;
}
export type Template = 'blue' | 'wathet' | 'green' | 'orange' | 'red' | 'grey' | 'turquoise';
export interface Card {
  schema: '2.0';
  config: { update_multi: true; enable_forward: boolean; summary: { content: string } };
  header: Record<string, unknown>;
  body: { elements: Element[] };
}

export const text = (content: string, length = 100) => ({ tag: 'plain_text', content: clip(content, length) });

/**
 * A whole card. `tags` are small coloured labels beside the title, at most three. Cards cannot be forwarded: they act for one
 * person.
 */
export function card(parts: {
  title: string;
  subtitle?: string;
  template?: Template;
  tags?: { label: string; color: string }[];
  elements: (Element | undefined)[];
}): Card {
  const { title, subtitle, template = 'blue', tags = [] } = parts;
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: clip(title, 60) } },
    header: {
      title: text(title),
      ...(subtitle ? { subtitle: text(subtitle) } : {}),
      template,
      ...(tags.length > 0
        ? { text_tag_list: tags.map(({ label, color }) => ({ tag: 'text_tag', text: text(label, 20), color })) }
        : {}),
    },
    body: { elements: parts.elements.filter((e): e is Element => e !== undefined && e.content !== '') },
  };
}

export function markdown(content: Markdown): Element {
  return { tag: 'markdown', content: content.markdown };
}

/** A line without mark-up: a cell reference such as `人员!2` stays as it is. */
export function plainLine(content: string): Element {
  return { tag: 'div', text: { tag: 'plain_text', content: plain(content) } };
}

/** A collapsed section with a title, for what few readers need. */
export function fold(name: string, elements: (Element | undefined)[]): Element | undefined {
  const inside = elements.filter((e): e is Element => e !== undefined && e.content !== '');
  if (inside.length === 0) return undefined;
  return { tag: 'collapsible_panel', expanded: false, header: { title: text(name, 60) }, elements: inside };
}

/** Small print. */
export function note(content: Markdown): Element {
  return { tag: 'markdown', content: content.markdown, text_size: 'notation' };
}

export function hr(): Element {
  return { tag: 'hr' };
}

export interface ButtonLook {
  type?: 'default' | 'primary' | 'danger' | 'text' | 'primary_text';
  small?: boolean;
  /** Asks for confirmation first. */
  confirm?: { title: string; text: string };
}

export function button(label: string, value: Press, look: ButtonLook = {}): Element {
  return {
    tag: 'button',
    text: text(label, 24),
    type: look.type ?? 'default',
    ...(look.small ? { size: 'small' } : {}),
    ...(look.confirm ? { confirm: { title: text(look.confirm.title), text: text(look.confirm.text) } } : {}),
    behaviors: [{ type: 'callback', value }],
  };
}

/** Opens a link. */
export function linkButton(label: string, url: string): Element {
  return { tag: 'button', text: text(label, 24), type: 'primary', behaviors: [{ type: 'open_url', default_url: url }] };
}

/** Buttons side by side, wrapping on a phone. */
export function buttons(...row: (Element | undefined)[]): Element | undefined {
  const present = row.filter((b): b is Element => b !== undefined);
  if (present.length === 0) return undefined;
  const columns = present.map((b) => ({ tag: 'column', vertical_align: 'center', elements: [b] }));
  return { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns };
}

export interface Column {
  elements: Element[];
  width?: 'auto' | 'weighted';
  weight?: 1 | 2 | 3 | 4 | 5;
}

/** Side by side on every screen: Feishu respects widths and weights only in this mode. */
export function columns(parts: Column[]): Element {
  return {
    tag: 'column_set',
    flex_mode: 'none',
    horizontal_spacing: '8px',
    columns: parts.map(({ elements, width = 'weighted', weight = 1 }) => ({
      tag: 'column',
      width,
      ...(width === 'weighted' ? { weight } : {}),
      vertical_align: 'center',
      elements,
    })),
  };
}
