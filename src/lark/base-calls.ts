import { WIKI } from './base-link.ts';
import { type Caller, segment } from './caller.ts';
import { LarkRefused } from './refusal.ts';

/** A field of a Base table: https://open.feishu.cn/document/docs/bitable-v1/app-table-field/guide. */
export const BASE_TYPES = { text: 1, number: 2, select: 3, date: 5, checkbox: 7, updated: 1002 } as const;
export type BaseType = keyof typeof BASE_TYPES;

export interface BaseField {
  name: string;
  type: BaseType;
  /** Every option of a select field. */
  options?: string[];
}

/** What a cell is set to; `null` empties it. A date is epoch milliseconds. */
export type BaseValue = string | number | boolean | null;

export interface BaseRecord {
  recordId: string;
  /** As the platform gives it: a text is a list of pieces. An empty cell is absent. */
  fields: Record<string, unknown>;
}

/** Where a table is. */
export interface BaseTable {
  appToken: string;
  tableId: string;
}

/** The most records one call may carry, and the most a search returns on a page. */
export const BASE_BATCH = { create: 1_000, update: 1_000, delete: 500, search: 500 };

type Wrapped<T> = { data: T };
/** The platform's code for a token that belongs to no Base. */
const NO_BASE = 1254003;
type Item = { record_id: string; fields?: Record<string, unknown> };

/** Feishu Base (多维表格), as far as a mirror needs it. The caller makes sure that a table has one write at a time. */
export function baseCalls({ call, request }: Caller) {
  const apps = '/open-apis/bitable/v1/apps';
  const send = <T>(name: string, method: string, path: string, body?: unknown) =>
    call(name, (token) => request<Wrapped<T>>(token, method, path, body)).then((answer) => answer.data);
  const tables = (name: string, appToken: string) => `${apps}/${segment(name, appToken)}/tables`;
  const table = (name: string, { appToken, tableId }: BaseTable) =>
    `${tables(name, appToken)}/${segment(name, tableId)}`;

  return {
    /** The token of the Base at a place that `basePlaceIn` found. Costs one call if the Base is in a wiki, otherwise none. */
    async baseToken(place: string): Promise<string> {
      if (!place.startsWith(WIKI)) return place;
      const query = new URLSearchParams({ token: place.slice(WIKI.length) });
      type Node = { node?: { obj_type?: string; obj_token?: string } };
      const { node } = await send<Node>('wikiNode', 'GET', `/open-apis/wiki/v2/spaces/get_node?${query}`);
      if (node?.obj_type === 'bitable' && node.obj_token) return node.obj_token;
      throw new LarkRefused({ method: 'wikiNode', code: NO_BASE, status: 200, retry: 'never', detail: 'no Base' });
    },

    /** Creates an empty Base in the app's own space. The platform adds one default table. */
    async createBase(name: string, timezone: string) {
      type App = { app: { app_token: string; url?: string; default_table_id?: string } };
      const { app } = await send<App>('createBase', 'POST', apps, { name: name.slice(0, 255), time_zone: timezone });
      return { appToken: app.app_token, url: app.url ?? '', tableId: app.default_table_id };
    },

    /** Every table of a Base. `revision` grows with each change of a table. */
    async listTables(appToken: string) {
      type Page = {
        items?: { table_id: string; name: string; revision: number }[];
        has_more?: boolean;
        page_token?: string;
      };
      const found: { tableId: string; name: string; revision: number }[] = [];
      for (let after = ''; ; ) {
        const path = `${tables('listTables', appToken)}?page_size=100${after && `&page_token=${encodeURIComponent(after)}`}`;
        const page = await send<Page>('listTables', 'GET', path);
        found.push(...(page.items ?? []).map((t) => ({ tableId: t.table_id, name: t.name, revision: t.revision })));
        if (!page.has_more || !page.page_token) return found;
        after = page.page_token;
      }
    },

    async createTable(appToken: string, name: string, fields: BaseField[]): Promise<string> {
      const body = { table: { name, default_view_name: name, fields: fields.map(fieldOf) } };
      return (await send<{ table_id: string }>('createTable', 'POST', tables('createTable', appToken), body)).table_id;
    },

    async deleteTable(at: BaseTable): Promise<void> {
      await send('deleteTable', 'DELETE', table('deleteTable', at));
    },

    /** A table's fields, each with its type as a number. */
    async listFields(at: BaseTable): Promise<{ name: string; type: number }[]> {
      type Page = { items?: { field_name: string; type: number }[]; has_more?: boolean; page_token?: string };
      const found: { name: string; type: number }[] = [];
      for (let after = ''; ; ) {
        const path = `${table('listFields', at)}/fields?page_size=100${after && `&page_token=${encodeURIComponent(after)}`}`;
        const page = await send<Page>('listFields', 'GET', path);
        found.push(...(page.items ?? []).map((f) => ({ name: f.field_name, type: f.type })));
        if (!page.has_more || !page.page_token) return found;
        after = page.page_token;
      }
    },

    async createField(at: BaseTable, field: BaseField): Promise<void> {
      await send('createField', 'POST', `${table('createField', at)}/fields`, fieldOf(field));
    },

    /** Adds records and returns their ids in the same order. Repeating the same `clientToken` (a UUIDv4) and records adds nothing. */
    async createRecords(at: BaseTable, clientToken: string, records: Record<string, BaseValue>[]): Promise<string[]> {
      const path = `${table('createRecords', at)}/records/batch_create?client_token=${clientToken}`;
      const body = { records: records.map((fields) => ({ fields })) };
      const { records: made = [] } = await send<{ records?: Item[] }>('createRecords', 'POST', path, body);
      return made.map((r) => r.record_id);
    },

    /** Sets the given fields and leaves the others unchanged. */
    async updateRecords(at: BaseTable, records: { recordId: string; fields: Record<string, BaseValue> }[]) {
      const body = { records: records.map(({ recordId, fields }) => ({ record_id: recordId, fields })) };
      await send('updateRecords', 'POST', `${table('updateRecords', at)}/records/batch_update`, body);
    },

    async deleteRecords(at: BaseTable, recordIds: string[]): Promise<void> {
      const body = { records: recordIds };
      await send('deleteRecords', 'POST', `${table('deleteRecords', at)}/records/batch_delete`, body);
    },

    /**
     * A page of a table's records with these fields. `changedAfter` keeps only records whose field of that name falls on a later
     * local day than the instant (the platform compares days).
     */
    async searchRecords(
      at: BaseTable,
      asked: { fields: string[]; size?: number; after?: string; changedAfter?: { field: string; instant: number } },
    ) {
      type Page = { items?: Item[]; has_more?: boolean; page_token?: string; total?: number };
      const { fields, size = BASE_BATCH.search, after, changedAfter } = asked;
      const query = new URLSearchParams({ page_size: String(size), ...(after && { page_token: after }) });
      const condition = changedAfter && {
        field_name: changedAfter.field,
        operator: 'isGreater',
        value: ['ExactDate', String(changedAfter.instant)],
      };
      const body = {
        field_names: fields,
        ...(condition && { filter: { conjunction: 'and', conditions: [condition] } }),
      };
      const path = `${table('searchRecords', at)}/records/search?${query}`;
      const page = await send<Page>('searchRecords', 'POST', path, body);
      const records = (page.items ?? []).map((r): BaseRecord => ({ recordId: r.record_id, fields: r.fields ?? {} }));
      return { records, total: page.total ?? records.length, next: page.has_more ? page.page_token : undefined };
    },

    /** Gives a person full access to one of the app's Bases. */
    async shareBase(appToken: string, openId: string): Promise<void> {
      const path = `/open-apis/drive/v1/permissions/${segment('shareBase', appToken)}/members?type=bitable`;
      await send('shareBase', 'POST', path, {
        member_type: 'openid',
        member_id: openId,
        perm: 'full_access',
        type: 'user',
      });
    },
  };
}

const PROPERTY: { [T in BaseType]?: object } = {
  number: { formatter: '0.00' },
  date: { date_formatter: 'yyyy/MM/dd' },
  updated: { date_formatter: 'yyyy/MM/dd HH:mm' },
};

const fieldOf = ({ name, type, options }: BaseField) => ({
  field_name: name,
  type: BASE_TYPES[type],
  ...(options ? { property: { options: options.map((option) => ({ name: option })) } } : {}),
  ...(PROPERTY[type] && { property: PROPERTY[type] }),
});
