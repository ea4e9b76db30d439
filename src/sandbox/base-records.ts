import { addRow, type RowState, withCells } from './base.ts';
import { isAnswer, pageOf, refusedWith, tableCalled, writing } from './base-call.ts';
import { cellRead, UPDATED, wrongCells } from './base-cells.ts';
import type { Answer, Call } from './method.ts';
import type { SandboxState } from './state.ts';

const MOST_ROWS = 20_000;

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const asItem = ({ recordId, fields }: RowState) => ({ fields, id: recordId, record_id: recordId });

export const createRecords = (state: SandboxState, call: Call) =>
  writing(state, call, (base, table) => {
    const key = call.query.client_token;
    const body = JSON.stringify(call.body);
    if (key !== undefined) {
      if (!UUID4.test(key))
        return refusedWith(1254037, 'Invalid client token, make sure that it complies with the specification.', 400);
      const before = base.keys.get(key);
      if (before)
        return before.body === body
          ? before.answer
          : refusedWith(1255006, 'Client token conflict, please generate a new client token and try again.', 400);
    }
    const records = call.body.records as { fields?: unknown }[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return refusedWith(1254001, 'WrongRequestBody');
    if (records.length > 1_000) return refusedWith(1254104, 'RecordAddOnceExceedLimit');
    if (table.rows.size + records.length > (state.options.baseRows ?? MOST_ROWS))
      return refusedWith(1254103, 'RecordExceedLimit');
    for (const record of records) {
      const wrong = wrongCells(table, record.fields);
      if (wrong) return wrong;
    }
    const rows = records.map((record) => addRow(state, table, withCells({}, record.fields as object)));
    const answer: Answer = { code: 0, data: { records: rows.map(asItem) } };
    if (key !== undefined) base.keys.set(key, { body, answer });
    return answer;
  });

export const updateRecords = (state: SandboxState, call: Call) =>
  writing(state, call, (_base, table) => {
    const records = call.body.records as { record_id?: string; fields?: unknown }[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return refusedWith(1254001, 'WrongRequestBody');
    if (records.length > 1_000) return refusedWith(1254104, 'RecordAddOnceExceedLimit');
    // All or nothing.
    for (const record of records) {
      if (!table.rows.has(record.record_id ?? '')) return refusedWith(1254043, 'RecordIdNotFound');
      const wrong = wrongCells(table, record.fields);
      if (wrong) return wrong;
    }
    for (const { record_id: id, fields } of records) {
      const row = table.rows.get(id!)!;
      Object.assign(row, { fields: withCells(row.fields, fields as object), updatedAt: state.options.now() });
    }
    return { code: 0, data: { records: records.map((r) => asItem(table.rows.get(r.record_id!)!)) } };
  });

export const deleteRecords = (state: SandboxState, call: Call) =>
  writing(state, call, (_base, table) => {
    const records = call.body.records as string[] | undefined;
    if (!Array.isArray(records) || records.length === 0) return refusedWith(1254001, 'WrongRequestBody');
    if (records.length > 500) return refusedWith(1254104, 'RecordAddOnceExceedLimit');
    if (records.some((id) => !table.rows.has(id))) return refusedWith(1254043, 'RecordIdNotFound');
    for (const id of records) table.rows.delete(id);
    return { code: 0, data: { records: records.map((id) => ({ record_id: id, deleted: true })) } };
  });

/** A day in the Base's time zone, in which dates are compared. */
const dayOf = (instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();

export function searchRecords(state: SandboxState, call: Call): Answer {
  const found = tableCalled(state, call);
  if (isAnswer(found)) return found;
  const { table } = found;
  const { field_names: names, filter } = call.body as {
    field_names?: string[];
    filter?: { conjunction?: string; conditions?: { field_name: string; operator: string; value?: string[] }[] };
  };
  const typeOf = (name: string) => table.fields.find((f) => f.name === name)?.type;
  if (names?.some((name) => typeOf(name) === undefined)) return refusedWith(1254045, 'FieldNameNotFound');
  let rows = [...table.rows.values()];
  for (const { field_name: name, operator, value = [] } of filter?.conditions ?? []) {
    if (filter!.conjunction !== 'and') return refusedWith(1254001, 'WrongRequestBody');
    if (typeOf(name) === undefined) return refusedWith(1254045, 'FieldNameNotFound');
    // The only condition that the program uses.
    if (typeOf(name) !== UPDATED || operator !== 'isGreater' || value[0] !== 'ExactDate' || value.length !== 2)
      return refusedWith(1254018, 'InvalidFilter');
    rows = rows.filter((row) => dayOf(row.updatedAt) > dayOf(Number(value[1])));
  }
  const listed = pageOf(rows, call, 500);
  if (isAnswer(listed)) return listed;
  const shown = names ?? table.fields.map((f) => f.name);
  const items = listed.items.map((row) => ({
    record_id: row.recordId,
    fields: Object.fromEntries(shown.flatMap((name) => cellRead(row, name, typeOf(name)!))),
  }));
  return { code: 0, data: { ...listed.more, total: rows.length, items } };
}
