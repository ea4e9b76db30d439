import type { Spelling } from './features.ts';
import type { Sure } from './sure.ts';
import type { WayWeights } from './ways.ts';
import learned from './weights.json' with { type: 'json' };

/** What the judge has learned. */
export interface Weights {
  table: Table;
  /** The score of each kind after another, the first row after none. */
  turn: Float32Array;
  /** The weights of signs that a way to divide a message is the right one. */
  ways: WayWeights;
  /** The weights of signs that a reading is right. */
  sure: Sure;
}

/** Weights by feature; a feature speaks for some of the columns of its task. */
export interface Table {
  sum: (give: (by: Spelling<number>) => void, into: Float32Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;
  /** The weights of one feature: column and weight. */
  of: (name: string) => [number, number][];
}

/** The content of the file that `npm run train` writes. */
export interface Learned {
  /** A hash of what it was learned from. */
  from: string;
  turn: number[];
  rows: Record<string, string>;
  ways: Record<string, number>;
  sure: Record<string, number>;
}

/** The precision of a stored weight: steps per unit. */
const FINE = 24;
/** Smaller weights decide nothing and are left out. */
const LEAST = 3;
const FIRST = 'A'.charCodeAt(0);

/** A feature's weights as text: `B58C-12` are 58 steps for the second column and -12 for the third. */
export function rowOf(values: ArrayLike<number>): string {
  let out = '';
  for (let c = 0; c < values.length; c += 1) {
    const step = Math.round(values[c]! * FINE);
    if (Math.abs(step) >= LEAST) out += String.fromCharCode(FIRST + c) + step;
  }
  return out;
}

function cellsOf(said: string): [number, number][] {
  const out: [number, number][] = [];
  for (let k = 0; k < said.length; ) {
    let end = k + 1;
    while (end < said.length && said.charCodeAt(end) < FIRST) end += 1;
    out.push([said.charCodeAt(k) - FIRST, Number(said.slice(k + 1, end)) / FINE]);
    k = end;
  }
  return out;
}

/** A file's content, one line for each feature, so that a change can be read. */
export function written({ from, turn, rows }: Omit<Learned, 'ways' | 'sure'>, ways: WayWeights, sure: Sure): string {
  const lines = Object.entries(rows).map(([name, cells]) => `    ${JSON.stringify(name)}: ${JSON.stringify(cells)}`);
  const block = (name: string, inside: string[]) => `  ${JSON.stringify(name)}: {\n${inside.join(',\n')}\n  }`;
  const blocks = [block('rows', lines), block('ways', stepsOf(ways)), block('sure', stepsOf(sure))];
  return `{\n  "from": ${JSON.stringify(from)},\n  "turn": ${JSON.stringify(turn)},\n${blocks.join(',\n')}\n}\n`;
}

function stepsOf(signs: ReadonlyMap<string, number>): string[] {
  return [...signs].flatMap(([name, value]) => {
    const step = Math.round(value * FINE);
    return Math.abs(step) < LEAST ? [] : [`    ${JSON.stringify(name)}: ${step}`];
  });
}

const weighed = (steps: Record<string, number>): ReadonlyMap<string, number> =>
  new Map(Object.entries(steps).map(([name, step]) => [name, step / FINE]));

export function weightsOf({ turn, rows, ways, sure }: Omit<Learned, 'from'>): Weights {
  return {
    table: tableOf(rows),
    turn: Float32Array.from(turn),
    ways: weighed(ways),
    sure: weighed(sure),
  };
}

function tableOf(rows: Record<string, string>): Table {
  const list = Object.keys(rows);
  const names = featureNamesOf(list);
  const starts = new Int32Array(list.length + 1);
  const columns: number[] = [];
  const cells: number[] = [];
  list.forEach((name, row) => {
    for (const [column, weight] of cellsOf(rows[name]!)) {
      columns.push(column);
      cells.push(weight);
    }
    starts[row + 1] = cells.length;
  });
  const [column, cell] = [Uint8Array.from(columns), Float32Array.from(cells)];
  // For each feature the last sum that used it: a repeated feature counts once.
  const seen = new Int32Array(list.length);
  const begun = new Map<string, number>();
  let turn = 0;
  let sum = new Float32Array(0);
  const by: Spelling<number> = {
    begin: (mark) => {
      let node = begun.get(mark);
      if (node === undefined) {
        node = along(names, ROOT, mark) ?? NOWHERE;
        begun.set(mark, node);
      }
      return node === NOWHERE ? undefined : node;
    },
    more: (node, sign) => along(names, node, sign),
    take: (node) => {
      const row = names.ends[node]!;
      if (row < 0 || seen[row] === turn) return;
      seen[row] = turn;
      const end = starts[row + 1]!;
      for (let k = starts[row]!; k < end; k += 1) sum[column[k]!]! += cell[k]!;
    },
  };
  return {
    sum: (give, into) => {
      sum = into;
      turn += 1;
      give(by);
      return into;
    },
    of: (name) => cellsOf(rows[name] ?? ''),
  };
}

/** Names of features as a tree of their characters, stored in a hash table. A node is an index into it. */
export interface FeatureNames {
  /** For each slot its parent node and its character, 0 if the slot is free. */
  nodes: Int32Array;
  /** The number of the name that ends at the node; -1 if none does. */
  ends: Int32Array;
}

export const ROOT = -1;
/** No name begins like that. */
const NOWHERE = -2;

/** A tree of these names, each identified by its index in the list. */
export function featureNamesOf(list: readonly string[]): FeatureNames {
  const places = 2 ** Math.ceil(Math.log2(2 * nodesOf(list) + 2));
  const tree = { nodes: new Int32Array(places * 2), ends: new Int32Array(places).fill(-1) };
  list.forEach((name, number) => {
    let node = ROOT;
    for (let k = 0; k < name.length; k += 1) {
      const place = placeOf(tree.nodes, node, name.charCodeAt(k));
      tree.nodes.set([node, name.charCodeAt(k)], place * 2);
      node = place;
    }
    tree.ends[node] = number;
  });
  return tree;
}

/** The node reached from `node` by the characters of `said`, or by some of them; undefined if no name continues like that. */
export function along(
  { nodes }: FeatureNames,
  node: number,
  said: string,
  from = 0,
  to = said.length,
): number | undefined {
  let at = node;
  for (let k = from; k < to; k += 1) {
    at = placeOf(nodes, at, said.charCodeAt(k));
    if (nodes[at * 2 + 1] === 0) return undefined;
  }
  return at;
}

/** The slot of a character below a node, or the free slot for it. */
function placeOf(nodes: Int32Array, node: number, sign: number): number {
  const last = (nodes.length >> 1) - 1;
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(sign, 0x85ebca6b);
  let place = (mixed ^ (mixed >>> 15)) & last;
  while (nodes[place * 2 + 1] !== 0 && (nodes[place * 2] !== node || nodes[place * 2 + 1] !== sign))
    place = (place + 1) & last;
  return place;
}

/** The number of nodes for these names: in order, each adds what it does not share with the one before. */
function nodesOf(list: readonly string[]): number {
  let before = '';
  let nodes = 0;
  for (const name of [...list].sort()) {
    let shared = 0;
    while (shared < name.length && name[shared] === before[shared]) shared += 1;
    nodes += name.length - shared;
    before = name;
  }
  return nodes;
}

/** The result of `npm run train`. */
export const WEIGHTS = weightsOf(learned as unknown as Learned);
