import { useId } from 'preact/hooks';
import { html } from './html.js';

const PICKERS = { date_picker: 'date', picker_time: 'time', picker_datetime: 'datetime-local' };
const FIELDS = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'checker',
  ...Object.keys(PICKERS),
]);

/** An initial option is named by its value; an unknown value leaves the field empty. */
const chosen = (node) =>
  node.options === undefined || node.options.some((one) => one.value === node.initial_option)
    ? node.initial_option
    : undefined;

const initial = (node) =>
  (node.tag === 'checker' ? String(node.checked === true) : undefined) ??
  node.default_value ??
  chosen(node) ??
  node.initial_date ??
  node.initial_time ??
  node.initial_datetime ??
  node.selected_values ??
  node.options?.[(node.initial_index ?? 0) - 1]?.value ??
  (node.tag?.startsWith('multi_') ? [] : '');

/** The prefilled values of a form's fields, by name. */
export function initialValues(form) {
  const found = {};
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if (FIELDS.has(node.tag)) found[node.name ?? ''] = initial(node);
    for (const inner of [Array.isArray(node) ? node : [node.elements, node.columns]].flat()) walk(inner);
  };
  walk(form);
  return found;
}

/** One field of a form; with `late` (alone in a card) it reports when the person has finished. */
export function Field({ node, value, set, bad, c, late, before }) {
  const id = useId();
  const label = node.label?.content;
  const named = label ? {} : { 'aria-label': before ?? node.placeholder?.content ?? node.name ?? node.tag };
  const common = {
    id,
    disabled: node.disabled || c.dead,
    required: node.required,
    'aria-invalid': bad === true,
    ...named,
  };
  return html`<div class=${`field ${bad ? 'bad' : ''} ${node.width === 'fill' ? 'wide' : ''}`}>
    ${label && html`<label for=${id}>${label}${node.required && html`<span class="star" aria-hidden="true"> *</span>`}</label>`}
    ${control(node, value, set, common, c, late)}
    ${bad && html`<span class="field-note" role="alert">${c.t('required')}</span>`}
  </div>`;
}

function control(node, value, set, common, c, late) {
  const on = late ? 'onChange' : 'onInput';
  if (node.tag === 'input') {
    const more = {
      ...common,
      value: value ?? '',
      placeholder: node.placeholder?.content,
      maxlength: node.max_length ?? 1000,
      [on]: (e) => set(e.currentTarget.value),
    };
    return node.input_type === 'multiline_text'
      ? html`<textarea rows=${node.rows ?? 3} ...${more}></textarea>`
      : html`<input type=${node.input_type === 'password' ? 'password' : 'text'} autocomplete="off" ...${more} />`;
  }
  if (PICKERS[node.tag]) {
    const wire = (v) => (node.tag === 'picker_datetime' ? v.replace('T', ' ') : v);
    const shown = node.tag === 'picker_datetime' ? String(value ?? '').replace(' ', 'T') : (value ?? '');
    return html`<input type=${PICKERS[node.tag]} value=${shown} onChange=${(e) => set(wire(e.currentTarget.value))} ...${common} />`;
  }
  const options = (node.options ?? []).map((o) => ({
    value: o.value,
    text: o.text?.content ?? c.name(o.value) ?? o.value,
  }));
  if (node.tag.startsWith('multi_'))
    return html`<${Many} options=${options} value=${value ?? []} set=${set} common=${common} node=${node} c=${c} />`;
  return html`<select value=${value ?? ''} onChange=${(e) => set(e.currentTarget.value)} ...${common}>
    <option value="">${node.placeholder?.content ?? c.t('choose')}</option>
    ${options.map((o) => html`<option value=${o.value} selected=${o.value === value}>${o.text}</option>`)}
  </select>`;
}

/** Multiple choice: a closed line that opens into checkboxes. */
function Many({ options, value, set, common, node, c }) {
  const chosen = options.filter((o) => value.includes(o.value)).map((o) => o.text);
  const flip = (one, on) => set(on ? [...value, one] : value.filter((v) => v !== one));
  return html`<details class="many"><summary id=${common.id} aria-label=${common['aria-label']}>${chosen.join('、') || node.placeholder?.content || c.t('choose')}</summary>
    <div role="group" aria-label=${node.label?.content ?? node.placeholder?.content ?? node.name}>${options.map(
      (o) =>
        html`<label><input type="checkbox" checked=${value.includes(o.value)} disabled=${common.disabled} onChange=${(e) => flip(o.value, e.currentTarget.checked)} />${o.text}</label>`,
    )}</div></details>`;
}
