/** Undoing a change of the roster: what it changed in each row, so that exactly that can be restored. Pure. */
import type { Programme } from './programme.ts';
import type { ListName, RosterEdit } from './roster-change.ts';

type Row = { id: string } & Record<string, unknown>;

/** The keys of one row that a change touched; null means that a key was missing. An added row has no `before`, a deleted one no `after`. */
export interface RowChanged {
  list: ListName;
  id: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

const rowOf = (programme: Programme, list: ListName, id: string): Row | undefined =>
  (programme[list] as unknown as Row[]).find((row) => row.id === id);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What edits changed in the rows, from the programme before and after them. */
export function rowsChanged(before: Programme, after: Programme, edits: RosterEdit[]): RowChanged[] {
  const touched = new Map(edits.map(({ list, value: { id } }) => [`${list} ${id}`, { list, id }]));
  return [...touched.values()].flatMap(({ list, id }): RowChanged[] => {
    const [old, now] = [rowOf(before, list, id), rowOf(after, list, id)];
    if (!now) return old ? [{ list, id, before: old }] : [];
    if (!old) return [{ list, id, after: now }];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !same(old[key], now[key]));
    const pick = (row: Row) => Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));
    return keys.length > 0 ? [{ list, id, before: pick(old), after: pick(now) }] : [];
  });
}

/** The edits that restore rows; undefined if one has changed again since. */
export function restoring(programme: Programme, changed: RowChanged[]): RosterEdit[] | undefined {
  const edits: RosterEdit[] = [];
  for (const { list, id, before, after } of changed) {
    const now = rowOf(programme, list, id);
    if (!after) {
      if (now) return undefined;
      edits.push({ list, value: before as Row, name: id });
      continue;
    }
    if (!now || Object.entries(after).some(([key, value]) => !same(now[key], value))) return undefined;
    const kept = Object.entries({ ...now, ...before }).filter(([, value]) => value !== null);
    edits.push(before ? { list, value: Object.fromEntries(kept) as Row } : { list, value: now, removed: true });
  }
  return edits;
}
