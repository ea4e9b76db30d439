import { useEffect, useState } from 'preact/hooks';
import { read } from './api.js';
import { html } from './html.js';

const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
const DATES = [5, 1002];
/** Types that people type in as they are shown: text, number, select. */
const TYPED = [1, 2, 3];

/** The Bases as grids. Editing a cell here stands for a person's change in Feishu. */
export function Bases({ t, world, log, act }) {
  const [bases, setBases] = useState([]);
  const [shown, setShown] = useState();
  useEffect(() => {
    read('bases').then(setBases);
  }, [log]);
  const tables = bases.flatMap((base) => base.tables.map((table) => ({ ...table, base })));
  const table = tables.find((one) => one.tableId === shown) ?? tables[0];
  if (!table) return html`<p class="empty">${t('noBase')}</p>`;
  return html`<div class="pad base">
    <p class="hint">${table.base.name} · ${table.base.access ? '' : `${t('noAccess')} · `}${t('baseHint')}</p>
    <div class="row">${tables.map(
      (one) =>
        html`<button type="button" key=${one.tableId} class="btn z-small ${one === table ? 'b-primary' : 'b-default'}" aria-pressed=${one === table} onClick=${() => setShown(one.tableId)}>${one.name} ${one.count}</button>`,
    )}</div>
    <div class="grid" role="region" tabindex="0" aria-label=${table.name}><table>
      <thead><tr><th scope="col"><span class="hint">#</span></th>${table.fields.map((field) => html`<th scope="col" key=${field.name}>${field.name}</th>`)}</tr></thead>
      <tbody>${table.rows.map(
        (row, i) => html`<tr key=${row.recordId}>
          <th scope="row">${i + 1}<button type="button" class="btn b-text z-small" aria-label=${`${t('deleteRow')} ${i + 1}`} onClick=${() => act('base', { table: table.tableId, record: row.recordId })}>✕</button></th>
          ${table.fields.map((field) => html`<td key=${field.name}>${cell(field, row, (value) => act('base', { table: table.tableId, record: row.recordId, cells: { [field.name]: value } }), `${field.name} ${i + 1}`)}</td>`)}
        </tr>`,
      )}</tbody>
    </table></div>
    ${table.count > table.rows.length && html`<p class="hint">${t('moreRows', { count: table.count - table.rows.length })}</p>`}
    ${world.canAdvance && html`<p class="hint">${t('baseNight')}</p>`}
  </div>`;
}

function cell(field, row, change, label) {
  const value = field.type === 1002 ? row.updatedAt : row.fields[field.name];
  if (field.type === 7)
    return html`<input type="checkbox" aria-label=${label} checked=${value === true} onChange=${(e) => change(e.currentTarget.checked)} />`;
  if (DATES.includes(field.type)) return value === undefined ? '' : DAY.format(value);
  if (!TYPED.includes(field.type)) return String(value ?? '');
  const typed = (text) => (text === '' ? null : field.type === 2 ? Number(text) : text);
  return html`<input type="text" aria-label=${label} value=${value ?? ''} onChange=${(e) => change(typed(e.currentTarget.value))} />`;
}
