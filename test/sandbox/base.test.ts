import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { APP, startBed } from './bed.ts';

/** The sandbox refuses what the pages say is refused: docs/base-facts.md. */

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Answer = { status: number; code: number; data: never };
async function bed(...args: Parameters<typeof startBed>) {
  const sandbox = await startBed(...args);
  closers.push(sandbox.close);
  const credentials = { app_id: APP.appId, app_secret: APP.appSecret };
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${sandbox.url}/open-apis${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
  const token = await post('/auth/v3/tenant_access_token/internal', credentials);
  const { tenant_access_token: t } = (await token.json()) as { tenant_access_token: string };
  const headers = { Authorization: `Bearer ${t}` };
  const call = async (path: string, body?: object, method?: string): Promise<Answer> => {
    const answer = body
      ? await post(path, body, headers)
      : await fetch(`${sandbox.url}/open-apis${path}`, { method, headers });
    return { status: answer.status, ...((await answer.json()) as Omit<Answer, 'status'>) };
  };
  const FIELDS = [
    { field_name: '名称', type: 1 },
    { field_name: '数', type: 2 },
    { field_name: '状态', type: 3, property: { options: [{ name: '好' }] } },
    { field_name: '日期', type: 5 },
    { field_name: '是', type: 7 },
    { field_name: '更新', type: 1002 },
  ];
  const { data } = await call('/bitable/v1/apps', { name: '台账' });
  const app = (data as { app: { app_token: string; default_table_id: string } }).app;
  const made = await call(`/bitable/v1/apps/${app.app_token}/tables`, { table: { name: '表', fields: FIELDS } });
  const table = `/bitable/v1/apps/${app.app_token}/tables/${(made.data as { table_id: string }).table_id}`;
  return { sandbox, call, app, table, tables: `/bitable/v1/apps/${app.app_token}/tables`, FIELDS };
}
const records = (n: number, fields: object = { 名称: 'x' }) => ({
  records: Array.from({ length: n }, () => ({ fields })),
});

test('records are created, read, changed and deleted as the pages say', async () => {
  const { call, table } = await bed();
  const cells = { 名称: '甲', 数: 1.5, 状态: '新的', 日期: 1_790_000_000_000, 是: true };
  const { data } = await call(`${table}/records/batch_create`, records(1, cells));
  const id = (data as { records: { record_id: string }[] }).records[0]!.record_id;
  const read = async () =>
    ((await call(`${table}/records/search?page_size=500`, {})).data as { items: { fields: object }[] }).items;
  expect(await read()).toMatchObject([{ fields: { ...cells, 名称: [{ text: '甲', type: 'text' }] } }]);
  await call(`${table}/records/batch_update`, { records: [{ record_id: id, fields: { 数: null, 状态: '好' } }] });
  const [row] = await read();
  expect(row!.fields).not.toHaveProperty('数');
  expect(row!.fields).toMatchObject({ 状态: '好', 是: true });
  expect((await call(`${table}/records/batch_delete`, { records: [id] })).data).toEqual({
    records: [{ record_id: id, deleted: true }],
  });
  expect(await read()).toEqual([]);
});

test('one key creates records once, and is refused for different ones', async () => {
  const { call, table, sandbox } = await bed();
  const key = `client_token=${randomUUID()}`;
  const [first, second] = [
    await call(`${table}/records/batch_create?${key}`, records(3)),
    await call(`${table}/records/batch_create?${key}`, records(3)),
  ];
  expect(second).toEqual(first);
  expect([...sandbox.bases()[0]!.tables.values()][1]!.rows.size).toBe(3);
  expect(await call(`${table}/records/batch_create?${key}`, records(2))).toMatchObject({ status: 400, code: 1255006 });
  expect(await call(`${table}/records/batch_create?client_token=1`, records(2))).toMatchObject({
    status: 400,
    code: 1254037,
  });
});

test.each([
  ['too many new records', '/records/batch_create', records(1_001), 200, 1254104],
  ['more than the table holds', '/records/batch_create', records(11), 200, 1254103],
  ['no records', '/records/batch_create', { records: [] }, 200, 1254001],
  ['a field that is not there', '/records/batch_create', records(1, { 别的: 'x' }), 200, 1254045],
  ['a text that is a number', '/records/batch_create', records(1, { 名称: 1 }), 200, 1254060],
  ['a number that is a text', '/records/batch_create', records(1, { 数: '1' }), 200, 1254061],
  ['a choice that is a list', '/records/batch_create', records(1, { 状态: ['好'] }), 200, 1254062],
  ['a date that is a text', '/records/batch_create', records(1, { 日期: '2026-01-01' }), 200, 1254064],
  ['a box that is a text', '/records/batch_create', records(1, { 是: 'yes' }), 200, 1254065],
  ['what the platform itself fills', '/records/batch_create', records(1, { 更新: 1 }), 400, 1254015],
  [
    'a record that is not there',
    '/records/batch_update',
    { records: [{ record_id: 'rec', fields: {} }] },
    200,
    1254043,
  ],
  ['the deletion of one', '/records/batch_delete', { records: ['rec'] }, 200, 1254043],
  ['too many deletions', '/records/batch_delete', { records: Array(501).fill('rec') }, 200, 1254104],
  ['a page without rows', '/records/search?page_size=0', {}, 400, 1254011],
  ['a search for no field', '/records/search', { field_names: ['别的'] }, 200, 1254045],
])('%s is refused', async (_what, path, body, status, code) => {
  const { call, table } = await bed({ baseRows: 10 });
  expect(await call(`${table}${path}`, body)).toMatchObject({ status, code });
});

test('tables with a wrong name or index, or that do not exist, are refused', async () => {
  const { call, tables, FIELDS, app } = await bed();
  const make = (table: object) => call(tables, { table });
  expect((await make({ name: '表', fields: FIELDS })).code).toBe(1254013);
  expect((await make({ name: '二', fields: FIELDS.slice(2) })).code).toBe(1254012);
  expect((await make({ name: '二', fields: [FIELDS[0], FIELDS[0]] })).code).toBe(1254014);
  expect((await make({ name: '二', default_view_name: '图' })).code).toBe(1254001);
  expect((await call(`${tables}/tblNone/records/search`, {})).code).toBe(1254041);
  expect((await call('/bitable/v1/apps/none/tables', undefined, 'GET')).code).toBe(1254040);
  expect((await call(`${tables}/${app.default_table_id}`, undefined, 'DELETE')).code).toBe(0);
  const { data } = await call(tables, undefined, 'GET');
  const [last] = (data as { items: { table_id: string }[] }).items;
  expect(await call(`${tables}/${last!.table_id}`, undefined, 'DELETE')).toMatchObject({ status: 403, code: 1254034 });
});

test('two simultaneous writes to one table conflict', async () => {
  const { call, table, sandbox } = await bed();
  sandbox.faults.api.delayMs = 50;
  const answers = await Promise.all([1, 2].map((n) => call(`${table}/records/batch_create`, records(n))));
  expect(answers.map((a) => a.code).sort()).toEqual([0, 1254291]);
});

test('without access or scope nothing is read or written', async () => {
  const { call, table, sandbox } = await bed();
  const [base] = sandbox.bases();
  base!.access = false;
  expect(await call(`${table}/records/search`, {})).toMatchObject({ status: 403, code: 91403 });
  base!.access = true;
  sandbox.app.online!.scopes = [];
  expect(await call(`${table}/records/search`, {})).toMatchObject({ code: 99991672 });
});
