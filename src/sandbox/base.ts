/** Feishu Base (多维表格) as its pages describe it; docs/base-facts.md lists what comes from which page. */
import type { Answer } from './method.ts';
import { changed, makeId, type SandboxState } from './state.ts';

export interface FieldState {
  name: string;
  type: number;
  options: string[];
}

export interface RowState {
  recordId: string;
  /** As written; an empty cell is absent. */
  fields: Record<string, unknown>;
  updatedAt: number;
}

export interface TableState {
  tableId: string;
  name: string;
  revision: number;
  fields: FieldState[];
  rows: Map<string, RowState>;
}

export interface BaseState {
  appToken: string;
  name: string;
  url: string;
  /** The wiki page that holds it, if one does. */
  node?: string;
  /** Whether the app may edit it; always true if the app created it. */
  access: boolean;
  members: string[];
  tables: Map<string, TableState>;
  /** Idempotency keys: the body and the answer of the first call under each. */
  keys: Map<string, { body: string; answer: Answer }>;
  /** Tables with a write in progress. */
  busy: Set<string>;
}

/** An id of a Base: shorter than a message's, and just as distinct. */
export const shortId = (state: SandboxState, prefix: string) => prefix + makeId(state, '').slice(-20);

/** A Base with no table yet. */
export function newBase(state: SandboxState, name: string, access = true, inWiki = false): BaseState {
  const appToken = shortId(state, 'base');
  const node = inWiki ? shortId(state, 'wik') : undefined;
  const url = `https://sandbox.feishu.cn/${node ? `wiki/${node}` : `base/${appToken}`}`;
  const base: BaseState = {
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

export function newTable(state: SandboxState, base: BaseState, name: string, fields: FieldState[]): TableState {
  const table: TableState = { tableId: shortId(state, 'tbl'), name, revision: 1, fields, rows: new Map() };
  base.tables.set(table.tableId, table);
  return table;
}

export const withCells = (before: Record<string, unknown>, cells: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...before, ...cells }).filter(([, value]) => value !== null && value !== ''));

export function addRow(state: SandboxState, table: TableState, fields: Record<string, unknown>): RowState {
  const row = { recordId: shortId(state, 'rec'), fields, updatedAt: state.options.now() };
  table.rows.set(row.recordId, row);
  return row;
}

/** A person changes cells of a row, or deletes the row if `cells` is undefined. */
export function editRow(
  state: SandboxState,
  table: TableState,
  recordId: string,
  cells: Record<string, unknown> | undefined,
) {
  const row = table.rows.get(recordId);
  if (!row) throw new Error(`sandbox: no record ${recordId}`);
  if (cells) Object.assign(row, { fields: withCells(row.fields, cells), updatedAt: state.options.now() });
  else table.rows.delete(recordId);
  table.revision += 1;
  changed(state, 'base', table.tableId);
}
