import { mostHeld } from './memory.ts';

type Cell = string | number | undefined;
export type Row = Record<string, Cell>;

/**
 * Prints a benchmark's result: a table for people, a column for each name in the rows, then everything as one line of JSON with
 * the peak memory of this process, MB. `facts` apply to all rows (sizes, rounds).
 */
export function printResult(bench: string, rows: Row[], facts: object = {}): void {
  console.log(tableOf(rows));
  console.log(JSON.stringify({ bench, ...facts, rows, peakMb: mostHeld(process.pid) }));
}

/** Aligns numbers right and words left. */
export function tableOf(rows: Row[]): string {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const written = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, i) => Math.max(...written.map((cells) => cells[i]!.length)));
  const words = names.map((name) => rows.some((row) => typeof row[name] === 'string'));
  const line = (cells: string[]) =>
    cells.map((cell, i) => (words[i] ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return written.map((cells) => line(cells).trimEnd()).join('\n');
}

/** Rounded to `digits` decimal places. */
export const rounded = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** How many times as large `a` is as `b`. */
export const ratio = (a: number, b: number): number => rounded(a / b, 2);

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How long `work` takes, ms. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
