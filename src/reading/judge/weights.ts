import { pausesOf } from '../structure/pauses.ts';
import { featureNamesOf } from '../tokens/feature-names.ts';
import { HEARD_KINDS, HEARD_STATUSES, type Weights, WIDTH } from './model.ts';
import type { Sure } from './sure.ts';
import learned from './weights.json' with { type: 'json' };

/** The precision of a stored weight: steps per unit. */
const FINE = 24;
/** Smaller weights decide nothing and are left out. */
const LEAST = 2;
const FIRST = 'a'.charCodeAt(0);

/** What `npm run train` writes: weights of the judge, and of the pauses. */
export interface Learned {
  lean: number[][];
  rows: Record<string, string>;
  pauses: Record<string, number>;
  sure: Record<string, number>;
}

/** `c送教` → `a58b-12`: a letter for each kind or status, and its weight in steps. Features without weight are left out. */
export function written(
  names: string[],
  values: Float32Array,
  lean: Float32Array,
  pauses: ReadonlyMap<string, number>,
  sure: Sure,
): string {
  const rows = names.flatMap((name, row) => {
    const cells = Array.from({ length: WIDTH }, (_, k) => {
      const step = Math.round(values[row * WIDTH + k]! * FINE);
      return Math.abs(step) < LEAST ? '' : String.fromCharCode(FIRST + k) + step;
    }).join('');
    return cells === '' || !name.isWellFormed() ? [] : [`    ${JSON.stringify(name)}: ${JSON.stringify(cells)}`];
  });
  const leans = HEARD_KINDS.map((_, k) =>
    Array.from(lean.slice(k * HEARD_STATUSES.length, (k + 1) * HEARD_STATUSES.length), (value) =>
      Number(value.toFixed(3)),
    ),
  );
  const parts = [
    `  "lean": ${JSON.stringify(leans)}`,
    `  "rows": {\n${rows.join(',\n')}\n  }`,
    `  "pauses": {\n${stepped(pauses)}\n  }`,
    `  "sure": {\n${stepped(sure)}\n  }`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

function stepped(values: ReadonlyMap<string, number>): string {
  const lines = [...values].flatMap(([name, value]) => {
    const step = Math.round(value * FINE);
    return Math.abs(step) < LEAST || !name.isWellFormed() ? [] : [`    ${JSON.stringify(name)}: ${step}`];
  });
  return lines.join(',\n');
}

/** The weights of a file in the judge's form. */
export function weightsOf({ lean, rows, pauses, sure }: Learned): Weights {
  const names = Object.keys(rows);
  const starts: number[] = [];
  const columns: number[] = [];
  const cells: number[] = [];
  for (const name of names) {
    starts.push(cells.length);
    const said = rows[name]!;
    for (let k = 0; k < said.length; ) {
      let end = k + 1;
      while (end < said.length && said.charCodeAt(end) < FIRST) end += 1;
      columns.push(said.charCodeAt(k) - FIRST);
      cells.push(Number(said.slice(k + 1, end)) / FINE);
      k = end;
    }
  }
  starts.push(cells.length);
  return {
    names: featureNamesOf(names),
    starts: Int32Array.from(starts),
    columns: Uint8Array.from(columns),
    cells: Float32Array.from(cells),
    lean,
    pauses: pausesOf(new Map(Object.entries(pauses))),
    sure: new Map(Object.entries(sure).map(([name, step]) => [name, step / FINE])),
  };
}

/** The result of `npm run train`. */
export const WEIGHTS = weightsOf(learned as Learned);
