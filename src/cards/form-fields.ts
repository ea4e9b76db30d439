/** The building blocks of a form. */
import type { Press } from './buttons.ts';
import { button, type Element, text } from './card.ts';
import { clip, type Markdown } from './markdown.ts';

export interface Option {
  value: string;
  label: string;
}

/** The submit button; Feishu requires one per form. */
export function submit(
  label: string,
  value: Press,
  { type = 'primary', name = `submit_${value.action}` }: { type?: 'primary' | 'default'; name?: string } = {},
): Element {
  return { ...button(label, value, { type }), name, form_action_type: 'submit' };
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

/** A checkbox, initially ticked or not. */
export function checker(name: string, content: Markdown, checked = true): Element {
  return { tag: 'checker', name, checked, text: { tag: 'lark_md', content: content.markdown } };
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

function options(list: Option[]) {
  return list.map(({ value, label }) => ({ text: text(label, 40), value }));
}
