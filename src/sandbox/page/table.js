import { useState } from 'preact/hooks';
import { html } from './html.js';
import { colour, inline } from './markdown.js';

/** The table component: pages of `page_size` rows (5 by default), as in the client. */
export function Table({ node, c }) {
  const [page, setPage] = useState(0);
  const size = node.page_size ?? 5;
  const pages = Math.max(1, Math.ceil((node.rows ?? []).length / size));
  const at = Math.min(page, pages - 1);
  const rows = (node.rows ?? []).slice(at * size, at * size + size);
  return html`<div class="table-box"><div class="table-scroll" tabindex="0" role="region" aria-label=${c.t('page', { n: at + 1, of: pages })}><table>
    <thead><tr>${node.columns.map((column) => html`<th scope="col" style=${style(column)}>${column.display_name ?? column.name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${node.columns.map((column) => html`<td style=${style(column)}>${cell(column, row[column.name], c)}</td>`)}</tr>`)}</tbody>
  </table></div>
  ${
    pages > 1 &&
    html`<nav class="pager"><button type="button" class="btn b-text z-small" disabled=${at === 0} onClick=${() => setPage(at - 1)}>${c.t('prev')}</button>
    <span>${c.t('page', { n: at + 1, of: pages })}</span>
    <button type="button" class="btn b-text z-small" disabled=${at === pages - 1} onClick=${() => setPage(at + 1)}>${c.t('next')}</button></nav>`
  }
  </div>`;
}

const style = (column) => ({
  textAlign: column.horizontal_align,
  width: /^\d+(px|%)$/.test(column.width ?? '') ? column.width : undefined,
});

const DATE = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'medium' });

function cell(column, value, c) {
  if (value === undefined || value === null) return '';
  const kind = column.data_type ?? 'text';
  if (kind === 'options')
    return value.map((one) => html`<span class=${`tag t-${colour(one.color)}`}>${one.text}</span> `);
  if (kind === 'persons') return [value].flat().map((one) => html`<span class="at">${c.name(one) ?? one}</span> `);
  if (kind === 'date') return DATE.format(value);
  if (kind === 'lark_md' || kind === 'markdown') return inline(value, c);
  if (kind !== 'number') return String(value);
  const { symbol = '', precision, separator } = column.format ?? {};
  const shown = precision === undefined ? String(value) : value.toFixed(precision);
  return symbol + (separator ? shown.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : shown);
}
