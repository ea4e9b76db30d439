/** Figures: tables and charts. */
import type { Element } from './card.ts';
import { clip } from './markdown.ts';

export interface TableColumn {
  key: string;
  label: string;
  type?: 'text' | 'number';
}
/** Cells are plain text or numbers without mark-up. Stands at the card's root. */
export function table(cols: TableColumn[], rows: Record<string, string | number>[]): Element {
  return {
    tag: 'table',
    page_size: Math.min(10, Math.max(1, rows.length)),
    row_height: 'low',
    columns: cols.map(({ key, label, type = 'text' }) => ({
      name: key,
      display_name: clip(label, 20),
      data_type: type,
      width: 'auto',
    })),
    rows: rows.map((row) => Object.fromEntries(cols.map(({ key, type }) => [key, cell(row[key], type)]))),
  };
}

/** A VChart spec; use only chart types that old clients draw (line, bar, area, pie). */
export function chart(spec: { type: string } & Record<string, unknown>): Element {
  return { tag: 'chart', aspect_ratio: '4:3', chart_spec: spec };
}

function cell(value: string | number | undefined, type?: 'text' | 'number'): string | number {
  return type === 'number' ? Number(value ?? 0) : clip(String(value ?? ''), 40);
}
