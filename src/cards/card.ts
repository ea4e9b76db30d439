import { clip, escapeMarkdown, type Markdown, readable } from './markdown.ts';

/*
 * Cards are pure views: `view(model, t) → Card`, one file per card, the model beside it as plain data, `t` the texts
 * of a language (texts/). This file is the vocabulary of Card JSON 2.0 that views are built from; limits.ts knows
 * what the platform refuses; markdown.ts keeps people's text from becoming mark-up.
 */

/** A node of a card. Properties the platform does not know make it refuse the card, so only builders make nodes. */
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
/** What a button sends back: the action's name, the ids it is about, and the version it was drawn from. */
export type ActionValue = { action: string; v?: number } & Record<string, string | number | boolean | undefined>;
export interface Option {
  value: string;
  label: string;
}

const text = (content: string, length = 100) => ({ tag: 'plain_text', content: clip(content, length) });

/** A whole card. `tag` is a small coloured word beside the title. Cards are not forwardable: they act for one person. */
export function card(parts: {
  title: string;
  subtitle?: string;
  template?: Template;
  tag?: { label: string; color: string };
  elements: (Element | undefined)[];
}): Card {
  const { title, subtitle, template = 'blue', tag } = parts;
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: clip(title, 60) } },
    header: {
      title: text(title),
      ...(subtitle ? { subtitle: text(subtitle) } : {}),
      template,
      ...(tag ? { text_tag_list: [{ tag: 'text_tag', text: text(tag.label, 20), color: tag.color }] } : {}),
    },
    body: { elements: parts.elements.filter((e): e is Element => e !== undefined && e.content !== '') },
  };
}

export function markdown(content: Markdown): Element {
  return { tag: 'markdown', content: content.markdown };
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
  /** Asks before it acts. */
  confirm?: { title: string; text: string };
}

export function button(label: string, value: ActionValue, look: ButtonLook = {}): Element {
  return {
    tag: 'button',
    text: text(label, 24),
    type: look.type ?? 'default',
    ...(look.small ? { size: 'small' } : {}),
    ...(look.confirm ? { confirm: { title: text(look.confirm.title), text: text(look.confirm.text) } } : {}),
    behaviors: [{ type: 'callback', value: defined(value) }],
  };
}

/** The button that sends its form; the form needs one. */
export function submit(label: string, value: ActionValue): Element {
  return { ...button(label, value, { type: 'primary' }), name: `submit_${value.action}`, form_action_type: 'submit' };
}

/** Buttons side by side, wrapping on a phone. */
export function buttons(...row: (Element | undefined)[]): Element | undefined {
  const present = row.filter((b): b is Element => b !== undefined);
  return present.length === 0 ? undefined : columns(present.map((b) => ({ elements: [b], width: 'auto' })));
}

export interface Column {
  elements: Element[];
  width?: 'auto' | 'weighted';
  weight?: 1 | 2 | 3 | 4 | 5;
}
export function columns(parts: Column[]): Element {
  return {
    tag: 'column_set',
    flex_mode: 'flow',
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

/** A form stands at the card's root; every field's name is unique in the card. */
export function form(name: string, elements: Element[]): Element {
  return { tag: 'form', name, elements };
}

interface Field {
  name: string;
  required?: boolean;
  placeholder?: string;
}

export function input(
  field: Field & { label: string; value?: string; multiline?: boolean; maxLength?: number },
): Element {
  return {
    tag: 'input',
    name: field.name,
    label: text(field.label, 40),
    required: field.required ?? false,
    ...(field.placeholder ? { placeholder: text(field.placeholder) } : {}),
    ...(field.value ? { default_value: clip(field.value, field.maxLength ?? 200) } : {}),
    max_length: field.maxLength ?? 200,
    width: 'fill',
    ...(field.multiline ? { input_type: 'multiline_text', rows: 3 } : {}),
  };
}

export function datePicker(field: Field & { initial?: string }): Element {
  return {
    tag: 'date_picker',
    name: field.name,
    required: field.required ?? false,
    ...(field.placeholder ? { placeholder: text(field.placeholder) } : {}),
    ...(field.initial ? { initial_date: field.initial } : {}),
  };
}

export function select(field: Field & { options: Option[]; initial?: string }): Element {
  const known = field.options.some((o) => o.value === field.initial);
  return {
    tag: 'select_static',
    name: field.name,
    required: field.required ?? false,
    ...(field.placeholder ? { placeholder: text(field.placeholder) } : {}),
    options: options(field.options),
    ...(known ? { initial_option: field.initial } : {}),
  };
}

/** Only inside a form. */
export function multiSelect(field: Field & { options: Option[]; selected?: string[] }): Element {
  const known = (field.selected ?? []).filter((value) => field.options.some((o) => o.value === value));
  return {
    tag: 'multi_select_static',
    name: field.name,
    required: field.required ?? false,
    ...(field.placeholder ? { placeholder: text(field.placeholder) } : {}),
    options: options(field.options),
    ...(known.length > 0 ? { selected_values: known } : {}),
  };
}

export interface TableColumn {
  key: string;
  label: string;
  type?: 'text' | 'number';
}
/** Cells are plain text or numbers, never mark-up. Stands at the card's root. */
export function table(cols: TableColumn[], rows: Record<string, string | number>[]): Element {
  return {
    tag: 'table',
    page_size: Math.min(10, Math.max(1, rows.length)),
    row_height: 'low',
    columns: cols.map(({ key, label, type = 'text' }) => ({
      name: key,
      display_name: clip(label, 20),
      data_type: type,
      width: 'auto',
    })),
    rows: rows.map((row) => Object.fromEntries(cols.map(({ key, type }) => [key, cell(row[key], type)]))),
  };
}

/** A VChart spec; keep to what old clients draw (line, bar, area, pie). */
export function chart(spec: { type: string } & Record<string, unknown>): Element {
  return { tag: 'chart', aspect_ratio: '16:9', chart_spec: spec };
}

/** The same card with a line of small print at its end. */
export function withNote(source: Card, line: string): Card {
  const text = { tag: 'markdown', content: escapeMarkdown(line), text_size: 'notation' };
  return { ...source, body: { elements: [...source.body.elements, text] } };
}

/** The card as words, for clients and moments that take no card. Buttons and fields do not survive. */
export function cardText(source: Card): string {
  const title = (source.header.title as { content: string }).content;
  const subtitle = (source.header.subtitle as { content: string } | undefined)?.content;
  const lines = source.body.elements.flatMap(words);
  return [title, subtitle, ...lines].filter((line) => line).join('\n');
}

function words(element: Element): string[] {
  if (element.tag === 'markdown') return [readable(String(element.content))];
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

function options(list: Option[]) {
  return list.map(({ value, label }) => ({ text: text(label, 40), value }));
}

function cell(value: string | number | undefined, type?: 'text' | 'number'): string | number {
  return type === 'number' ? Number(value ?? 0) : clip(String(value ?? ''), 40);
}

function defined(value: ActionValue): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}
