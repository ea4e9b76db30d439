import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Chart } from './chart.js';
import { Field, initialValues } from './fields.js';
import { html } from './html.js';
import { colour, inline, markdown } from './markdown.js';
import { Table } from './table.js';

/*
 * Draws Card JSON 2.0 as Feishu's client does. Every element knows its path (`body.elements[0]…`), by which the
 * sandbox finds it when a person operates it.
 */

const Form = createContext(undefined);
const px = (value) => (typeof value === 'string' && /^-?\d+px( -?\d+px)*$/.test(value) ? value : undefined);
const GAP = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' };
const gap = (value) => GAP[value] ?? px(value);
const ALIGN = { left: 'flex-start', center: 'center', right: 'flex-end', top: 'flex-start', bottom: 'flex-end' };
const background = (style) => (style && style !== 'default' && style !== 'transparent' ? `bg-${colour(style)}` : '');

/** A text object, plain or Markdown. */
export function Text({ text, c }) {
  if (!text) return null;
  const size = `s-${text.text_size ?? 'normal'} ${text.text_color ? `c-${colour(text.text_color)}` : ''}`;
  if (text.tag === 'plain_text') return html`<span class=${size}>${text.content}</span>`;
  return html`<span class=${size}>${text.tag === 'markdown' ? markdown(text.content, c) : inline(text.content ?? '', c)}</span>`;
}

const boxStyle = (node) => ({
  margin: px(node.margin),
  padding: px(node.padding),
  gap: gap(node.direction === 'horizontal' ? node.horizontal_spacing : node.vertical_spacing),
  flexDirection: node.direction === 'horizontal' ? 'row' : 'column',
  alignItems:
    node.direction === 'horizontal'
      ? ALIGN[node.vertical_align]
      : node.horizontal_align && node.horizontal_align !== 'left'
        ? ALIGN[node.horizontal_align]
        : undefined,
});

/** A field that cannot have a label is named by the Markdown before it. */
const nameBefore = (node) => (node?.tag === 'markdown' ? node.content.replace(/<[^>]*>|[*~`]/g, '').trim() : undefined);

const Elements = ({ list, path, c }) =>
  (list ?? []).map(
    (node, i) =>
      html`<${Element} key=${i} node=${node} path=${`${path}[${i}]`} c=${c} before=${nameBefore(list[i - 1])} />`,
  );

/** A whole card. `c`: {t, dark, name, operate(path, which, form), busy, dead}. */
export function Card({ card, c }) {
  const { header, body = {} } = card;
  const template = header?.template ?? 'default';
  return html`<article class=${`card ${card.config?.width_mode === 'fill' ? 'fill' : ''}`} aria-label=${header?.title?.content ?? 'card'}>
    ${
      header &&
      html`<header class=${`card-head h-${template}`}>
      <div class="card-title">
        <h3><${Text} text=${header.title} c=${c} /></h3>
        ${(header.text_tag_list ?? []).map((tag) => html`<span class=${`tag t-${colour(tag.color)}`}>${tag.text?.content}</span>`)}
      </div>
      ${header.subtitle && html`<p class="card-subtitle"><${Text} text=${header.subtitle} c=${c} /></p>`}
    </header>`
    }
    <div class="card-body" style=${boxStyle(body)}><${Elements} list=${body.elements} path="body.elements" c=${c} /></div>
  </article>`;
}

function Element({ node, path, c, before }) {
  const draw = DRAW[node.tag];
  if (!draw) return html`<p class="hint">${c.t('unsupported')}: ${String(node.tag)}</p>`;
  return draw({ node, path, c, before });
}

const DRAW = {
  markdown: ({ node, c }) =>
    html`<div class=${`md s-${node.text_size ?? 'normal'}`} style=${{ textAlign: node.text_align, margin: px(node.margin) }}>${markdown(node.content, c)}</div>`,
  div: ({ node, c }) => html`<div class="div" style=${{ margin: px(node.margin), textAlign: node.text?.text_align }}>
    <${Text} text=${node.text} c=${c} />
    ${node.fields && html`<div class="fields">${node.fields.map((field) => html`<div class=${field.is_short ? 'short' : ''}><${Text} text=${field.text} c=${c} /></div>`)}</div>`}
  </div>`,
  hr: ({ node }) => html`<hr style=${{ margin: px(node.margin) }} />`,
  img: ({ node }) =>
    html`<figure class="img"><img src=${`/_sandbox/upload/${node.img_key}`} alt=${node.alt?.content ?? ''} loading="lazy" />${node.title && html`<figcaption>${node.title.content}</figcaption>`}</figure>`,
  column_set: (p) => html`<${ColumnSet} ...${p} />`,
  button: (p) => html`<${Button} ...${p} />`,
  form: (p) => html`<${FormBox} ...${p} />`,
  table: ({ node, c }) => html`<${Table} node=${node} c=${c} />`,
  chart: ({ node, c }) => html`<${Chart} node=${node} dark=${c.dark} t=${c.t} />`,
  collapsible_panel: (p) => html`<${Panel} ...${p} />`,
  interactive_container: (p) => html`<${Container} ...${p} />`,
  overflow: ({
    node,
    path,
    c,
  }) => html`<select class="overflow" aria-label=${c.t('more')} value="" onChange=${(e) => c.operate(path, { option: e.currentTarget.value })}>
    <option value="">⋯</option>${(node.options ?? []).map((o) => html`<option value=${o.value}>${o.text?.content}</option>`)}</select>`,
  checker: (p) => html`<${Checker} ...${p} />`,
  person: ({ node, c }) => html`<span class="at">${c.name(node.user_id) ?? node.user_id}</span>`,
  person_list: ({ node, c }) =>
    html`<span>${(node.persons ?? []).map((p) => html`<span class="at">${c.name(p.id) ?? p.id}</span> `)}</span>`,
  ...Object.fromEntries(
    [
      'input',
      'select_static',
      'multi_select_static',
      'select_person',
      'multi_select_person',
      'date_picker',
      'picker_time',
      'picker_datetime',
    ].map((tag) => [tag, (p) => html`<${FormField} ...${p} />`]),
  ),
};

function ColumnSet({ node, path, c }) {
  const flow = node.flex_mode === 'flow' || node.flex_mode === 'stretch';
  return html`<div class=${`columns ${node.flex_mode ?? 'none'} ${flow ? 'wrap' : ''} ${background(node.background_style)}`}
    style=${{ gap: gap(node.horizontal_spacing) ?? '8px', margin: px(node.margin), justifyContent: ALIGN[node.horizontal_align] }}>
    ${(node.columns ?? []).map(
      (
        column,
        i,
      ) => html`<div class=${`column ${background(column.background_style)}`} style=${{ ...boxStyle(column), ...columnWidth(node, column) }}>
      <${Elements} list=${column.elements} path=${`${path}.columns[${i}].elements`} c=${c} /></div>`,
    )}
  </div>`;
}

function columnWidth(set, column) {
  const parts = { bisect: 2, trisect: 3 }[set.flex_mode];
  const align = { justifyContent: ALIGN[column.vertical_align] };
  if (parts) return { ...align, flex: `1 1 calc(${100 / parts}% - 8px)` };
  // As in Feishu: columns that flow are as wide as their content.
  if (set.flex_mode && set.flex_mode !== 'none') return { ...align, flex: '0 1 auto' };
  if (px(column.width)) return { ...align, flex: `0 0 ${column.width}` };
  return { ...align, flex: column.width === 'weighted' ? `${column.weight ?? 1} 1 0` : '0 1 auto' };
}

const openUrl = (node) => (node.behaviors ?? []).find((one) => one.type === 'open_url')?.default_url;
const callsBack = (node) =>
  (node.behaviors ?? []).some((one) => one.type === 'callback') || node.form_action_type === 'submit';

function Button({ node, path, c }) {
  const form = useContext(Form);
  const [asking, setAsking] = useState(false);
  const run = () => {
    setAsking(false);
    if (node.form_action_type === 'reset') return form?.reset();
    const url = openUrl(node);
    if (url && /^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener');
    if (url && !callsBack(node)) return undefined;
    return c.operate(path, {}, node.form_action_type === 'submit' ? form : undefined);
  };
  const off = node.disabled || c.dead || c.busy !== undefined;
  return html`<button type="button" class=${`btn b-${node.type ?? 'default'} z-${node.size ?? 'medium'} ${node.width === 'fill' ? 'wide' : ''}`}
      disabled=${off} aria-busy=${c.busy === path} title=${node.hover_tips?.content} style=${{ margin: px(node.margin) }}
      onClick=${() => (node.confirm ? setAsking(true) : run())}>${node.text?.content}</button>
    ${asking && html`<${Confirm} confirm=${node.confirm} t=${c.t} yes=${run} no=${() => setAsking(false)} />`}`;
}

function Confirm({ confirm, t, yes, no }) {
  return html`<dialog class="confirm" ref=${(dialog) => dialog && !dialog.open && dialog.showModal()} onCancel=${no} aria-label=${confirm.title?.content}>
    <h3>${confirm.title?.content}</h3>
    <p>${confirm.text?.content}</p>
    <div class="row end"><button type="button" class="btn b-default" onClick=${no}>${t('cancel')}</button>
    <button type="button" class="btn b-primary_filled" onClick=${yes} autofocus>${t('sure')}</button></div>
  </dialog>`;
}

function FormBox({ node, path, c }) {
  const [values, setValues] = useState(() => initialValues(node));
  const [missing, setMissing] = useState([]);
  const form = {
    values,
    missing,
    setMissing,
    set: (name, value) => {
      setValues((old) => ({ ...old, [name]: value }));
      setMissing((old) => old.filter((one) => one !== name));
    },
    reset: () => setValues(initialValues(node)),
  };
  return html`<${Form.Provider} value=${form}><div class="form" role="group" aria-label=${node.name} style=${boxStyle(node)}>
    <${Elements} list=${node.elements} path=${`${path}.elements`} c=${c} /></div><//>`;
}

/** In a form, a checkbox waits for the form's button; alone, it is a click. */
function Checker({ node, path, c }) {
  const form = useContext(Form);
  const change = (checked) => (form ? form.set(node.name, String(checked)) : c.operate(path, { checked }));
  return html`<label class="checker"><input type="checkbox" defaultChecked=${node.checked} disabled=${node.disabled} onChange=${(e) => change(e.currentTarget.checked)} /><${Text} text=${node.text} c=${c} /></label>`;
}

function FormField({ node, path, c, before }) {
  const form = useContext(Form);
  const [alone, setAlone] = useState(undefined);
  if (form)
    return html`<${Field} before=${before} node=${node} value=${form.values[node.name]} bad=${form.missing.includes(node.name)} c=${c} set=${(value) => form.set(node.name, value)} />`;
  const send = (value) => {
    setAlone(value);
    c.operate(path, node.tag === 'input' ? { input: value } : { option: value });
  };
  return html`<${Field} before=${before} node=${node} value=${alone ?? initialValues({ elements: [node] })[node.name ?? ''] ?? ''} c=${c} set=${send} late=${true} />`;
}

function Panel({ node, path, c }) {
  const title = node.header?.title;
  return html`<details class=${`panel ${background(node.background_color)} ${node.border ? 'bordered' : ''}`} open=${node.expanded === true} style=${{ margin: px(node.margin) }}>
    <summary class=${background(node.header?.background_color)}>${title?.tag === 'plain_text' ? title.content : inline(title?.content ?? '', c)}</summary>
    <div class="panel-body" style=${boxStyle(node)}><${Elements} list=${node.elements} path=${`${path}.elements`} c=${c} /></div>
  </details>`;
}

function Container({ node, path, c }) {
  const press = (event) => {
    if (event.target.closest('button, a, input, select, summary, label') || node.disabled || c.dead) return;
    const url = openUrl(node);
    if (url && /^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener');
    if (callsBack(node)) c.operate(path, {});
  };
  return html`<div class=${`container ${node.has_border ? 'bordered' : ''} ${background(node.background_style)}`} role="button" tabindex="0" aria-disabled=${node.disabled === true || c.dead}
    style=${{ ...boxStyle(node), borderRadius: px(node.corner_radius) }} onClick=${press}
    onKeyDown=${(e) => {
      if ((e.key !== 'Enter' && e.key !== ' ') || e.target !== e.currentTarget) return;
      e.preventDefault();
      press(e);
    }}>
    <${Elements} list=${node.elements} path=${`${path}.elements`} c=${c} /></div>`;
}
