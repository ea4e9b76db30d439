import { addRow, type FieldState, newBase, newTable, shortId } from './base.ts';
import { baseCalled, isAnswer, pageOf, refusedWith, tableCalled, writing } from './base-call.ts';
import { UPDATED, WRITES } from './base-cells.ts';
import type { Answer, Call } from './method.ts';
import { changed, type SandboxState } from './state.ts';

/** The types that the first field of a table may have. */
const INDEX_TYPES = [1, 2, 5, 13, 15, 20, 22];

const TYPES = [
  ...Object.keys(WRITES).map(Number),
  4,
  11,
  13,
  15,
  17,
  18,
  20,
  21,
  22,
  23,
  UPDATED,
  1001,
  1003,
  1004,
  1005,
];

function fieldFrom(given: unknown): FieldState | undefined {
  const {
    field_name: name,
    type,
    property,
  } = (given ?? {}) as { field_name?: string; type?: number; property?: { options?: { name: string }[] } };
  if (typeof name !== 'string' || name.trim() === '' || typeof type !== 'number' || !TYPES.includes(type))
    return undefined;
  return { name: name.trim(), type, options: (property?.options ?? []).map((o) => String(o.name)) };
}

export function createBase(state: SandboxState, call: Call): Answer {
  const name = String(call.body.name ?? '');
  if (name.length > 255) return refusedWith(1254031, 'InvalidAppName', 400);
  const base = newBase(state, name);
  const first = newTable(state, base, '数据表', [{ name: '文本', type: 1, options: [] }]);
  // A new Base contains empty records.
  for (let i = 0; i < 5; i++) addRow(state, first, {});
  changed(state, 'base', base.appToken);
  const app = { app_token: base.appToken, name, folder_token: '', url: base.url, default_table_id: first.tableId };
  return { code: 0, data: { app } };
}

export function createTable(state: SandboxState, call: Call): Answer {
  const base = baseCalled(state, call);
  if (isAnswer(base)) return base;
  const {
    name,
    default_view_name: view,
    fields,
  } = (call.body.table ?? {}) as { name?: string; default_view_name?: string; fields?: unknown[] };
  const called = String(name ?? '').trim();
  if (called === '' || called.length > 100 || /[/\\?*:[\]]/.test(called))
    return refusedWith(1254001, 'WrongRequestBody');
  if (view !== undefined && !fields) return refusedWith(1254001, 'WrongRequestBody');
  if ([...base.tables.values()].some((t) => t.name === called)) return refusedWith(1254013, 'TableNameDuplicated');
  if (base.tables.size >= 100) return refusedWith(1254100, 'TableExceedLimit');
  const made = (fields ?? [{ field_name: '文本', type: 1 }]).map(fieldFrom);
  if (made.some((f) => f === undefined)) return refusedWith(1254029, 'InvalidFieldName', 400);
  const all = made as FieldState[];
  if (new Set(all.map((f) => f.name)).size < all.length) return refusedWith(1254014, 'FieldNameDuplicated', 400);
  if (!INDEX_TYPES.includes(all[0]!.type)) return refusedWith(1254012, 'NotSupportFieldOrView', 400);
  const table = newTable(state, base, called, all);
  changed(state, 'base', base.appToken);
  return {
    code: 0,
    data: {
      table_id: table.tableId,
      default_view_id: shortId(state, 'vew'),
      field_id_list: all.map(() => shortId(state, 'fld')),
    },
  };
}

export function listTables(state: SandboxState, call: Call): Answer {
  const base = baseCalled(state, call);
  if (isAnswer(base)) return base;
  const all = [...base.tables.values()];
  const found = pageOf(all, call, 100);
  if (isAnswer(found)) return found;
  const items = found.items.map(({ tableId, name, revision }) => ({ table_id: tableId, name, revision }));
  return { code: 0, data: { ...found.more, total: all.length, items } };
}

export function deleteTable(state: SandboxState, call: Call): Answer {
  const found = tableCalled(state, call);
  if (isAnswer(found)) return found;
  if (found.base.tables.size === 1) return refusedWith(1254034, 'The last table cannot be deleted.', 403);
  found.base.tables.delete(found.table.tableId);
  changed(state, 'base', found.base.appToken);
  return { code: 0, data: {} };
}

export function listFields(state: SandboxState, call: Call): Answer {
  const found = tableCalled(state, call);
  if (isAnswer(found)) return found;
  const listed = pageOf(found.table.fields, call, 100);
  if (isAnswer(listed)) return listed;
  const items = listed.items.map((f) => ({
    field_name: f.name,
    type: f.type,
    property: { options: f.options.map((name) => ({ name })) },
  }));
  return { code: 0, data: { ...listed.more, total: found.table.fields.length, items } };
}

export const createField = (state: SandboxState, call: Call) =>
  writing(state, call, (_base, table) => {
    const field = fieldFrom(call.body);
    if (!field) return refusedWith(1254029, 'InvalidFieldName', 400);
    if (table.fields.some((f) => f.name === field.name)) return refusedWith(1254014, 'FieldNameDuplicated', 400);
    table.fields.push(field);
    return { code: 0, data: { field: { field_name: field.name, type: field.type } } };
  });
