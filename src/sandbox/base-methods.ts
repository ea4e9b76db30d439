import { refusedWith } from './base-call.ts';
import { createRecords, deleteRecords, searchRecords, updateRecords } from './base-records.ts';
import { createBase, createField, createTable, deleteTable, listFields, listTables } from './base-tables.ts';
import type { Answer, Call, Method } from './method.ts';
import type { SandboxState } from './state.ts';

function share(state: SandboxState, call: Call): Answer {
  if (call.query.type !== 'bitable') return refusedWith(1063001, 'Invalid parameter', 400);
  const base = state.bases.get(call.params.token ?? '');
  if (!base) return refusedWith(1063005, 'Resource is deleted', 404);
  if (!base.access) return refusedWith(1063002, 'Permission denied', 403);
  const { member_type: type, member_id: id, perm } = call.body;
  if (type !== 'openid' || !state.people.has(String(id)) || !['view', 'edit', 'full_access'].includes(String(perm)))
    return refusedWith(1063001, 'Invalid parameter', 400);
  base.members.push(String(id));
  return { code: 0, data: { member: { member_type: type, member_id: id, perm } } };
}

/** GET /wiki/v2/spaces/get_node: what a page of a wiki is. Refusals use HTTP 200. */
function wikiNode(state: SandboxState, call: Call): Answer {
  const base = [...state.bases.values()].find((b) => b.node !== undefined && b.node === call.query.token);
  if (!base) return refusedWith(131005, 'not found');
  if (!base.access) return refusedWith(131006, 'permission denied: no read permission');
  const { node: node_token, appToken: obj_token, name: title } = base;
  return { code: 0, data: { node: { node_token, obj_token, obj_type: 'bitable', node_type: 'origin', title } } };
}

const ALL = 'bitable:app';

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
