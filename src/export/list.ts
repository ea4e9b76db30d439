import { type Cell, writeWorkbook } from './workbook.ts';

/** One table as a workbook, with the headings of its card. */
export function writeList(
  path: string,
  name: string,
  columns: { key: string; label: string; type?: 'text' | 'number' }[],
  rows: Record<string, Cell>[],
): Promise<number> {
  const width = (key: string) =>
    Math.min(40, Math.max(10, ...rows.slice(0, 200).map((r) => String(r[key] ?? '').length * 2)));
  return writeWorkbook(path, [
    {
      name,
      columns: columns.map((c) => ({ label: c.label, type: c.type, width: width(c.key) })),
      rows: [rows.map((row) => columns.map((c) => row[c.key]))],
    },
  ]);
}
