import type { Card } from './card.ts';

type Node = Record<string, unknown>;

/** Allowed properties by tag. Feishu refuses the whole card for one unknown property. */
const KNOWN: Record<string, string[]> = {
  plain_text: ['content'],
  text_tag: ['text', 'color'],
  markdown: ['content', 'text_size', 'text_align'],
  div: ['text'],
  hr: [],
  column_set: ['columns', 'flex_mode', 'horizontal_spacing', 'background_style'],
  column: ['elements', 'width', 'weight', 'vertical_align'],
  button: ['text', 'type', 'size', 'confirm', 'behaviors', 'name', 'form_action_type'],
  form: ['name', 'elements'],
  input: ['name', 'label', 'required', 'placeholder', 'default_value', 'max_length', 'width', 'input_type', 'rows'],
  select_static: ['name', 'required', 'placeholder', 'options', 'initial_option'],
  multi_select_static: ['name', 'required', 'placeholder', 'options', 'selected_values'],
  checker: ['name', 'checked', 'text'],
  lark_md: ['content'],
  date_picker: ['name', 'required', 'placeholder', 'initial_date'],
  table: ['page_size', 'row_height', 'columns', 'rows'],
  chart: ['aspect_ratio', 'chart_spec'],
  collapsible_panel: ['header', 'expanded', 'elements'],
};
/** Space for the post a button receives when its card is sent: two ids. */
const STAMP_BYTES = 95;
const FIELDS = new Set(['input', 'select_static', 'multi_select_static', 'date_picker', 'checker']);
const DATA = new Set(['chart_spec', 'rows', 'value']);

/** The properties of columns themselves, without their contents. */
const ownOf = (columns: unknown): string =>
  JSON.stringify((columns as Node[] | undefined)?.map(({ elements: _, ...own }) => own) ?? []);

/**
 * Reasons for which Feishu would refuse a card, as far as our builders can cause them; empty if it can be sent. Limits: 200
 * tagged nodes (inner texts count), 30 KB, 5 tables, form and table only at the root, five levels deep.
 */
export function checkLimits(card: Card): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  let tagged = 0;
  let tables = 0;
  let callbacks = 0;

  function visit(node: unknown, path: string, depth: number, inForm: boolean): void {
    if (Array.isArray(node)) {
      for (const [i, child] of node.entries()) visit(child, `${path}[${i}]`, depth, inForm);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { tag, ...rest } = node as Node;
    if (rest.type === 'callback') callbacks += 1;
    if (typeof tag === 'string') {
      tagged += 1;
      if (tag === 'table') tables += 1;
      const known = KNOWN[tag];
      if (!known) problems.push(`${path}: unknown tag ${tag}`);
      for (const key of Object.keys(rest)) if (known && !known.includes(key)) problems.push(`${path}: unknown ${key}`);
      if ((tag === 'form' || tag === 'table') && !/^body\.elements\[\d+\]$/.test(path))
        problems.push(`${path}: ${tag} below the root`);
      if (tag === 'form' && !JSON.stringify(rest).includes('"form_action_type":"submit"'))
        problems.push(`${path}: form without submit`);
      if (tag === 'column_set' && rest.flex_mode !== 'none' && /"(?:width|weight)"/.test(ownOf(rest.columns)))
        problems.push(`${path}: widths are heeded only with flex_mode none`);
      if (inForm && (FIELDS.has(tag) || tag === 'button') && !rest.name) problems.push(`${path}: field without name`);
      if (tag === 'multi_select_static' && !inForm) problems.push(`${path}: multi-select outside a form`);
      if (typeof rest.name === 'string') {
        if (names.has(rest.name)) problems.push(`${path}: name ${rest.name} used twice`);
        names.add(rest.name);
      }
      if (depth > 5) problems.push(`${path}: nested too deep`);
    }
    const nested = tag === 'form' || tag === 'column' || tag === 'column_set' ? depth + 1 : depth;
    for (const [key, child] of Object.entries(rest))
      if (!DATA.has(key)) visit(child, path === '' ? key : `${path}.${key}`, nested, inForm || tag === 'form');
  }

  visit(card, '', 0, false);
  if (tagged > 200) problems.push(`${tagged} tagged nodes, at most 200`);
  if (tables > 5) problems.push(`${tables} tables, at most 5`);
  // The limit applies to the request, in which the card is a JSON string among other fields.
  const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(card))) + 300 + callbacks * STAMP_BYTES;
  if (bytes > 30 * 1024) problems.push(`${bytes} bytes, at most 30720`);
  return problems;
}
