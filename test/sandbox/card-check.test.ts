import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCard } from '../../src/sandbox/card-check.ts';
import { button, card } from './bed.ts';

const text = (content: string) => ({ tag: 'plain_text', content });
const submit = { ...button('交', { a: 1 }), name: 'ok', form_action_type: 'submit' };
const form = (...elements: object[]) => ({ tag: 'form', name: 'form', elements: [...elements, submit] });
const option = (value: string) => ({ text: text(value), value });
const table = (more: object = {}) => ({
  tag: 'table',
  columns: [
    { name: 'who', display_name: '谁', data_type: 'text' },
    { name: 'n', data_type: 'number', format: { precision: 0 } },
    { name: 'state', data_type: 'options' },
  ],
  rows: [{ who: '赵一帆', n: 2, state: [{ text: '已完成', color: 'green' }] }],
  ...more,
});
const nested = (depth: number, inside: object): object =>
  depth === 0
    ? inside
    : {
        tag: 'interactive_container',
        behaviors: [{ type: 'callback', value: {} }],
        elements: [nested(depth - 1, inside)],
      };
const md = (content: string) => ({ tag: 'markdown', content });
const mdTable = '| 谁 | 几次 |\n| --- | :-: |\n| 赵 | 2 |\n';

test('a card with every component passes', () => {
  const complete = {
    schema: '2.0',
    config: { update_multi: true, width_mode: 'fill', summary: { content: '已记录' } },
    header: {
      title: text('已记录'),
      subtitle: text('本学期 1/2'),
      template: 'green',
      text_tag_list: [{ tag: 'text_tag', text: text('补报'), color: 'orange' }],
    },
    body: {
      direction: 'vertical',
      padding: '12px',
      vertical_spacing: '8px',
      elements: [
        md('**好**'),
        { tag: 'div', text: { tag: 'lark_md', content: 'x' } },
        { tag: 'hr' },
        { tag: 'img', img_key: 'img_v3_x', alt: text('照片') },
        {
          tag: 'column_set',
          flex_mode: 'none',
          columns: [
            {
              tag: 'column',
              width: 'weighted',
              weight: 1,
              elements: [button('修改', { a: 'edit' }, { type: 'primary' })],
            },
            {
              tag: 'column',
              width: 'auto',
              elements: [button('撤回', { a: 'undo' }, { confirm: { title: text('撤回？') } })],
            },
          ],
        },
        form(
          { tag: 'input', name: 'n', label: text('节数'), default_value: '1', max_length: 10, required: true },
          { tag: 'select_static', name: 's', options: [option('a')], initial_option: 'a' },
          { tag: 'multi_select_static', name: 'm', options: [option('a')], selected_values: ['a'] },
          { tag: 'date_picker', name: 'd', initial_date: '2026-10-09' },
        ),
        table({ page_size: 10, header_style: { bold: true } }),
        { tag: 'collapsible_panel', expanded: false, header: { title: text('依据') }, elements: [md('x')] },
        {
          tag: 'chart',
          chart_spec: { type: 'bar', data: { values: [] }, xField: 'a', yField: 'b' },
          aspect_ratio: '16:9',
        },
        { tag: 'interactive_container', behaviors: [{ type: 'callback', value: { a: 1 } }], elements: [md('y')] },
        { tag: 'overflow', options: [option('x')] },
        { tag: 'checker', name: 'c', checked: true, text: text('做了') },
      ],
    },
  };
  expect(checkCard(complete)).toEqual([]);
  expect(checkCard({})).toEqual([]);
});

test.each([
  ['an unknown tag', card({ tag: 'note', elements: [] }), 200861],
  [
    'an unknown tag deep inside',
    card({ tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'action' }] }] }),
    200861,
  ],
  ['an unknown property', card({ ...md('x'), colour: 'red' }), 200621],
  ['an unknown property of the card', { ...card(md('x')), i18n_elements: {} }, 200621],
  ['an unknown property of a text', card({ tag: 'div', text: { ...text('x'), bold: true } }), 200621],
  ['no schema', { body: { elements: [] } }, 200621],
  ['a string as callback value', card({ ...button('x', {}), behaviors: [{ type: 'callback', value: 'x' }] }), 200621],
  ['too many elements', card(...Array.from({ length: 100 }, (_, i) => button('x', { i })), md('x')), 11310],
  ['six tables', card(...Array.from({ length: 6 }, () => table())), 11310],
  ['five tables in one markdown', card(md(Array(5).fill(mdTable).join('\n'))), 11310],
  ['tables in all', card(table(), table(), md(Array(4).fill(mdTable).join('\n'))), 11310],
  ['a nested form', card(nested(1, form())), 200621],
  ['a nested table', card(nested(1, table())), 200621],
  ['a form without submit', card({ tag: 'form', name: 'f', elements: [md('x')] }), 200621],
  ['a form field without name', card(form({ tag: 'input' })), 200530],
  ['the same name twice', card(form({ tag: 'input', name: 'a' }, { tag: 'input', name: 'a' })), 200621],
  ['the same element_id twice', card({ ...md('x'), element_id: 'a' }, { ...md('y'), element_id: 'a' }), 200621],
  ['multi select outside a form', card({ tag: 'multi_select_static', options: [option('a')] }), 200621],
  ['submit outside a form', card(submit), 200621],
  ['page size 11', card(table({ page_size: 11 })), 200621],
  ['page size 0', card(table({ page_size: 0 })), 200621],
  ['a row key without column', card(table({ rows: [{ whom: 'x' }] })), 200915],
  ['a cell of the wrong kind', card(table({ rows: [{ n: '2' }] })), 200914],
  ['a chart spec as a string', card({ tag: 'chart', chart_spec: '{}' }), 200550],
  ['a chart without type', card({ tag: 'chart', chart_spec: { data: {} } }), 200550],
  ['axes as an object', card({ tag: 'chart', chart_spec: { type: 'bar', axes: {} } }), 200550],
  ['containers six deep', card(nested(6, md('x'))), 11310],
  ['a date of the wrong form', card(form({ tag: 'date_picker', name: 'd', initial_date: '2026/10/09' })), 200621],
  [
    'four text tags',
    { ...card(), header: { title: text('x'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: text('x') }) } },
    200621,
  ],
])('refused: %s', (_, bad, sub) => {
  expect(checkCard(bad).map((fault) => fault.sub)).toContain(sub);
  expect(checkCard(bad).every((fault) => fault.code === 230099)).toBe(true);
});

test('the limits are met exactly: 200 nodes, 5 tables, 5 levels, 30 KB', () => {
  expect(checkCard(card(...Array.from({ length: 99 }, (_, i) => button('x', { i })), md('x'), md('y')))).toEqual([]);
  expect(checkCard(card(...Array.from({ length: 5 }, () => table())))).toEqual([]);
  expect(checkCard(card(nested(5, md('x'))))).toEqual([]);
  const size = (n: number) => card(md('x'.repeat(n)));
  const room = 30 * 1024 - Buffer.byteLength(JSON.stringify(size(0)));
  expect(checkCard(size(room))).toEqual([]);
  expect(checkCard(size(room + 1))).toMatchObject([{ code: 230025 }]);
});

test.each([null, undefined, 'x', 1, []])('%s is not a card', (bad) => {
  expect(checkCard(bad)).toMatchObject([{ code: 230099 }]);
});

test('any JSON is judged without a crash', () => {
  const body = fc.record({ schema: fc.constant('2.0'), body: fc.record({ elements: fc.array(fc.jsonValue()) }) });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), body), (any) => {
      for (const fault of checkCard(any)) expect([230099, 230025]).toContain(fault.code);
    }),
    { numRuns: 200 },
  );
});
