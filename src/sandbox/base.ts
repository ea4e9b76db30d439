/** Feishu Base (多维表格) as its pages say it is: docs/base-facts.md has what was taken from which page. */
import { type Answer, type Call, fail, type Method } from './method.ts';
import { changed, makeId, type State } from './state.ts';

export interface BaseField {
  name: string;
  type: number;
  options: string[];
}
export interface BaseRow {
  recordId: string;
  /** As written; an empty cell is absent. */
  fields: Record<string, unknown>;
  updatedAt: number;
}
export interface BaseTable {
  tableId: string;
  name: string;
  revision: number;
  fields: BaseField[];
  rows: Map<string, BaseRow>;
}
export interface Base {
  appToken: string;
  name: string;
  url: string;
  /** The page of a wiki that it is, if it is one. */
  node?: string;
  /** Whether the app may edit it: always where it has made it. */
  access: boolean;
  members: string[];
  tables: Map<string, BaseTable>;
  /** Keys against doubling: what the first call under each has answered, and to what. */
  keys: Map<string, { body: string; answer: Answer }>;
  /** Tables that somebody is writing to at this moment. */
  busy: Set<string>;
}

const ALL = 'bitable:app';
const MOST_ROWS = 20_000;
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UPDATED = 1002;
/** The types that can be written here, and the code for a value of another. */
const WRITES: Record<number, { code: number; msg: string; fits: (value: unknown, field: BaseField) => boolean }> = {
  1: { code: 1254060, msg: 'TextFieldConvFail', fits: (v) => typeof v === 'string' },
  2: { code: 1254061, msg: 'NumberFieldConvFail', fits: (v) => typeof v === 'number' && Number.isFinite(v) },
  3: { code: 1254062, msg: 'SingleSelectFieldConvFail', fits: (v) => typeof v === 'string' && v !== '' },
  5: { code: 1254064, msg: 'DatetimeFieldConvFail', fits: (v) => typeof v === 'number' && Number.isInteger(v) },
  7: { code: 1254065, msg: 'CheckboxFieldConvFail', fits: (v) => typeof v === 'boolean' },
};
/** What the first field of a table may be. */
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

/** An id of a Base: shorter than those of messages, and as little alike. */
const shortId = (state: State, prefix: string) => prefix + makeId(state, '').slice(-20);

/** Business refusals of a Base come at HTTP 200, some at 400 or 403. */
const no = (code: number, msg: string, status = 200): Answer => fail(code, msg, status);

const baseOf = (state: State, call: Call): Base | Answer => {
  const base = state.bases.get(call.params.app ?? '');
  if (!base) return no(1254040, 'BaseTokenNotFound');
  return base.access ? base : no(91403, 'Forbidden', 403);
};
const isAnswer = (found: object): found is Answer => 'code' in found;

function tableOf(state: State, call: Call): { base: Base; table: BaseTable } | Answer {
  const base = baseOf(state, call);
  if (isAnswer(base)) return base;
  const table = base.tables.get(call.params.table ?? '');
  return table ? { base, table } : no(1254041, 'TableIdNotFound');
}

/** One write at a time to a table; whoever comes meanwhile is told of a conflict. */
async function writing(state: State, call: Call, write: (base: Base, table: BaseTable) => Answer): Promise<Answer> {
  const found = tableOf(state, call);
  if (isAnswer(found)) return found;
  const { base, table } = found;
  if (base.busy.has(table.tableId)) return no(1254291, 'Write conflict');
  base.busy.add(table.tableId);
  try {
    await call.pause();
    const answer = write(base, table);
    if (answer.code === 0) {
      table.revision += 1;
      changed(state, 'base', base.appToken);
    }
    return answer;
  } finally {
    base.busy.delete(table.tableId);
  }
}

function fieldFrom(given: unknown): BaseField | undefined {
  const {
    field_name: name,
    type,
    property,
  } = (given ?? {}) as { field_name?: string; type?: number; property?: { options?: { name: string }[] } };
  if (typeof name !== 'string' || name.trim() === '' || typeof type !== 'number' || !TYPES.includes(type))
    return undefined;
  return { name: name.trim(), type, options: (property?.options ?? []).map((o) => String(o.name)) };
}

function createBase(state: State, call: Call): Answer {
  const name = String(call.body.name ?? '');
  if (name.length > 255) return no(1254031, 'InvalidAppName', 400);
  const base = newBase(state, name);
  const first = newTable(state, base, '数据表', [{ name: '文本', type: 1, options: [] }]);
  // A new Base comes with empty records.
  for (let i = 0; i < 5; i++) addRow(state, first, {});
  changed(state, 'base', base.appToken);
  const app = { app_token: base.appToken, name, folder_token: '', url: base.url, default_table_id: first.tableId };
  return { code: 0, data: { app } };
}

/** A Base with no table yet. */
export function newBase(state: State, name: string, access = true, inWiki = false): Base {
  const appToken = shortId(state, 'base');
  const node = inWiki ? shortId(state, 'wik') : undefined;
  const url = `https://sandbox.feishu.cn/${node ? `wiki/${node}` : `base/${appToken}`}`;
  const base: Base = {
    appToken,
    name,
    url,
    ...(node && { node }),
    access,
    members: [],
    tables: new Map(),
    keys: new Map(),
    busy: new Set(),
  };
  state.bases.set(appToken, base);
  return base;
}

export function newTable(state: State, base: Base, name: string, fields: BaseField[]): BaseTable {
  const table: BaseTable = { tableId: shortId(state, 'tbl'), name, revision: 1, fields, rows: new Map() };
  base.tables.set(table.tableId, table);
  return table;
}

export function addRow(state: State, table: BaseTable, fields: Record<string, unknown>): BaseRow {
  const row = { recordId: shortId(state, 'rec'), fields, updatedAt: state.options.now() };
  table.rows.set(row.recordId, row);
  return row;
}

/** Somebody changes cells of a row, or deletes it where there are none. */
export function editRow(state: State, table: BaseTable, recordId: string, cells: Record<string, unknown> | undefined) {
  const row = table.rows.get(recordId);
  if (!row) throw new Error(`sandbox: no record ${recordId}`);
  if (cells) Object.assign(row, { fields: withCells(row.fields, cells), updatedAt: state.options.now() });
  else table.rows.delete(recordId);
  table.revision += 1;
  changed(state, 'base', table.tableId);
}

function createTable(state: State, call: Call): Answer {
  const base = baseOf(state, call);
  if (isAnswer(base)) return base;
  const {
    name,
    default_view_name: view,
    fields,
  } = (call.body.table ?? {}) as { name?: string; default_view_name?: string; fields?: unknown[] };
  const called = String(name ?? '').trim();
  if (called === '' || called.length > 100 || /[/\\?*:[\]]/.test(called)) return no(1254001, 'WrongRequestBody');
  if (view !== undefined && !fields) return no(1254001, 'WrongRequestBody');
  if ([...base.tables.values()].some((t) => t.name === called)) return no(1254013, 'TableNameDuplicated');
  if (base.tables.size >= 100) return no(1254100, 'TableExceedLimit');
  const made = (fields ?? [{ field_name: '文本', type: 1 }]).map(fieldFrom);
  if (made.some((f) => f === undefined)) return no(1254029, 'InvalidFieldName', 400);
  const all = made as BaseField[];
  if (new Set(all.map((f) => f.name)).size < all.length) return no(1254014, 'FieldNameDuplicated', 400);
  if (!INDEX_TYPES.includes(all[0]!.type)) return no(1254012, 'NotSupportFieldOrView', 400);
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

function page<T>(
  list: T[],
  call: Call,
  most: number,
): { items: T[]; more: { has_more: boolean; page_token?: string } } | Answer {
  const size = Number(call.query.page_size ?? 20);
  if (!Number.isInteger(size) || size < 1) return no(1254011, 'Page size must greater than 0.', 400);
  const from = Number(call.query.page_token ?? 0);
  if (!Number.isInteger(from) || size > most) return no(1254002, 'Fail');
  const has_more = from + size < list.length;
  return {
    items: list.slice(from, from + size),
    more: { has_more, ...(has_more && { page_token: String(from + size) }) },
  };
}

function listTables(state: State, call: Call): Answer {
  const base = baseOf(state, call);
  if (isAnswer(base)) return base;
  const all = [...base.tables.values()];
  const found = page(all, call, 100);
  if (isAnswer(found)) return found;
  const items = found.items.map(({ tableId, name, revision }) => ({ table_id: tableId, name, revision }));
  return { code: 0, data: { ...found.more, total: all.length, items } };
}

function deleteTable(state: State, call: Call): Answer {
  const found = tableOf(state, call);
  if (isAnswer(found)) return found;
  if (found.base.tables.size === 1) return no(1254034, 'The last table cannot be deleted.', 403);
  found.base.tables.delete(found.table.tableId);
  changed(state, 'base', found.base.appToken);
  return { code: 0, data: {} };
}

function listFields(state: State, call: Call): Answer {
  const found = tableOf(state, call);
  if (isAnswer(found)) return found;
  const listed = page(found.table.fields, call, 100);
  if (isAnswer(listed)) return listed;
  const items = listed.items.map((f) => ({
    field_name: f.name,
    type: f.type,
    property: { options: f.options.map((name) => ({ name })) },
  }));
  return { code: 0, data: { ...listed.more, total: found.table.fields.length, items } };
}

const createField = (state: State, call: Call) =>
  writing(state, call, (_base, table) => {
    const field = fieldFrom(call.body);
    if (!field) return no(1254029, 'InvalidFieldName', 400);
    if (table.fields.some((f) => f.name === field.name)) return no(1254014, 'FieldNameDuplicated', 400);
    table.fields.push(field);
    return { code: 0, data: { field: { field_name: field.name, type: field.type } } };
  });

/** What is wrong with a record's cells; `undefined`: nothing. Options that a select does not know are added to it. */
function wrongCells(table: BaseTable, cells: unknown): Answer | undefined {
  if (typeof cells !== 'object' || cells === null) return no(1254001, 'WrongRequestBody');
  for (const [name, value] of Object.entries(cells)) {
    const field = table.fields.find((f) => f.name === name);
    if (!field) return no(1254045, 'FieldNameNotFound');
    const rule = WRITES[field.type];
    if (!rule) return no(1254015, 'Field types do not match.', 400);
    if (value === null) continue;
    if (!rule.fits(value, field)) return no(rule.code, rule.msg);
    if (field.type === 1 && String(value).length > 100_000) return no(1254130, 'TooLargeCell');
    if (field.type === 3 && !field.options.includes(String(value))) field.options.push(String(value));
  }
  return undefined;
}

const withCells = (before: Record<string, unknown>, cells: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...before, ...cells }).filter(([, value]) => value !== null && value !== ''));

const asItem = ({ recordId, fields }: BaseRow) => ({ fields, id: recordId, record_id: recordId });

const createRecords = (state: State, call: Call) =>
  writing(state, call, (base, table) => {
    const key = call.query.client_token;
    const body = JSON.stringify(call.body);
    if (key !== undefined) {
      if (!UUID4.test(key))
        return no(1254037, 'Invalid client token, make sure that it complies with the specification.', 400);
      const before = base.keys.get(key);
      if (before)
        return before.body === body
          ? before.answer
          : no(1255006, 'Client token conflict, please generate a new client token and try again.', 400);
    }
    const records = call.body.records as { fields?: unknown }[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return no(1254001, 'WrongRequestBody');
    if (records.length > 1_000) return no(1254104, 'RecordAddOnceExceedLimit');
    if (table.rows.size + records.length > (state.options.baseRows ?? MOST_ROWS))
      return no(1254103, 'RecordExceedLimit');
    for (const record of records) {
      const wrong = wrongCells(table, record.fields);
      if (wrong) return wrong;
    }
    const rows = records.map((record) => addRow(state, table, withCells({}, record.fields as object)));
    const answer: Answer = { code: 0, data: { records: rows.map(asItem) } };
    if (key !== undefined) base.keys.set(key, { body, answer });
    return answer;
  });

const updateRecords = (state: State, call: Call) =>
  writing(state, call, (_base, table) => {
    const records = call.body.records as { record_id?: string; fields?: unknown }[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return no(1254001, 'WrongRequestBody');
    if (records.length > 1_000) return no(1254104, 'RecordAddOnceExceedLimit');
    // All of it or nothing.
    for (const record of records) {
      if (!table.rows.has(record.record_id ?? '')) return no(1254043, 'RecordIdNotFound');
      const wrong = wrongCells(table, record.fields);
      if (wrong) return wrong;
    }
    for (const { record_id: id, fields } of records) {
      const row = table.rows.get(id!)!;
      Object.assign(row, { fields: withCells(row.fields, fields as object), updatedAt: state.options.now() });
    }
    return { code: 0, data: { records: records.map((r) => asItem(table.rows.get(r.record_id!)!)) } };
  });

const deleteRecords = (state: State, call: Call) =>
  writing(state, call, (_base, table) => {
    const records = call.body.records as string[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return no(1254001, 'WrongRequestBody');
    if (records.length > 500) return no(1254104, 'RecordAddOnceExceedLimit');
    if (records.some((id) => !table.rows.has(id))) return no(1254043, 'RecordIdNotFound');
    for (const id of records) table.rows.delete(id);
    return { code: 0, data: { records: records.map((id) => ({ record_id: id, deleted: true })) } };
  });

/** A day in the zone of the Base, by which dates are compared. */
const dayOf = (instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

function searchRecords(state: State, call: Call): Answer {
  const found = tableOf(state, call);
  if (isAnswer(found)) return found;
  const { table } = found;
  const { field_names: names, filter } = call.body as {
    field_names?: string[];
    filter?: { conjunction?: string; conditions?: { field_name: string; operator: string; value?: string[] }[] };
  };
  const typeOf = (name: string) => table.fields.find((f) => f.name === name)?.type;
  if (names?.some((name) => typeOf(name) === undefined)) return no(1254045, 'FieldNameNotFound');
  let rows = [...table.rows.values()];
  for (const { field_name: name, operator, value = [] } of filter?.conditions ?? []) {
    if (filter!.conjunction !== 'and') return no(1254001, 'WrongRequestBody');
    if (typeOf(name) === undefined) return no(1254045, 'FieldNameNotFound');
    // The one condition that anybody needs here.
    if (typeOf(name) !== UPDATED || operator !== 'isGreater' || value[0] !== 'ExactDate' || value.length !== 2)
      return no(1254018, 'InvalidFilter');
    rows = rows.filter((row) => dayOf(row.updatedAt) > dayOf(Number(value[1])));
  }
  const listed = page(rows, call, 500);
  if (isAnswer(listed)) return listed;
  const shown = names ?? table.fields.map((f) => f.name);
  const items = listed.items.map((row) => ({
    record_id: row.recordId,
    fields: Object.fromEntries(shown.flatMap((name) => cellRead(row, name, typeOf(name)!))),
  }));
  return { code: 0, data: { ...listed.more, total: rows.length, items } };
}

/** As a search gives a cell: a text in pieces, an empty one not at all. */
function cellRead(row: BaseRow, name: string, type: number): [string, unknown][] {
  if (type === UPDATED) return [[name, row.updatedAt]];
  const value = row.fields[name];
  if (value === undefined) return [];
  return [[name, type === 1 ? [{ text: value, type: 'text' }] : value]];
}

function share(state: State, call: Call): Answer {
  if (call.query.type !== 'bitable') return no(1063001, 'Invalid parameter', 400);
  const base = state.bases.get(call.params.token ?? '');
  if (!base) return no(1063005, 'Resource is deleted', 404);
  if (!base.access) return no(1063002, 'Permission denied', 403);
  const { member_type: type, member_id: id, perm } = call.body;
  if (type !== 'openid' || !state.people.has(String(id)) || !['view', 'edit', 'full_access'].includes(String(perm)))
    return no(1063001, 'Invalid parameter', 400);
  base.members.push(String(id));
  return { code: 0, data: { member: { member_type: type, member_id: id, perm } } };
}

/** GET /wiki/v2/spaces/get_node: what a page of a wiki is. Refusals come at HTTP 200. */
function wikiNode(state: State, call: Call): Answer {
  const base = [...state.bases.values()].find((b) => b.node !== undefined && b.node === call.query.token);
  if (!base) return no(131005, 'not found');
  if (!base.access) return no(131006, 'permission denied: no read permission');
  const { node: node_token, appToken: obj_token, name: title } = base;
  return { code: 0, data: { node: { node_token, obj_token, obj_type: 'bitable', node_type: 'origin', title } } };
}

const apps = '/open-apis/bitable/v1/apps';
const method = (http: Method['http'], route: string, scope: string, run: Method['run'], writes = false): Method => ({
  http,
  route,
  scopes: [ALL, scope],
  run,
  ...(writes && { pausesItself: true }),
});

export const BASE_METHODS: Method[] = [
  method('POST', apps, 'base:app:create', createBase),
  method('GET', `${apps}/:app/tables`, 'base:table:read', listTables),
  method('POST', `${apps}/:app/tables`, 'base:table:create', createTable),
  method('DELETE', `${apps}/:app/tables/:table`, 'base:table:delete', deleteTable),
  method('GET', `${apps}/:app/tables/:table/fields`, 'base:field:read', listFields),
  method('POST', `${apps}/:app/tables/:table/fields`, 'base:field:create', createField, true),
  method('POST', `${apps}/:app/tables/:table/records/batch_create`, 'base:record:create', createRecords, true),
  method('POST', `${apps}/:app/tables/:table/records/batch_update`, 'base:record:update', updateRecords, true),
  method('POST', `${apps}/:app/tables/:table/records/batch_delete`, 'base:record:delete', deleteRecords, true),
  method('POST', `${apps}/:app/tables/:table/records/search`, 'base:record:retrieve', searchRecords),
  method('POST', '/open-apis/drive/v1/permissions/:token/members', 'docs:permission.member:create', share),
  {
    http: 'GET',
    route: '/open-apis/wiki/v2/spaces/get_node',
    scopes: ['wiki:node:read', 'wiki:wiki', 'wiki:wiki:readonly'],
    run: wikiNode,
  },
];
