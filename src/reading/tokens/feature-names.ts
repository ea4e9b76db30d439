/**
 * Names of features as a tree of their signs, in one table with open places. A node is its place there: three numbers, the
 * node before it, its sign (0 where the place is open), and the number of the name that ends at it (-1 where none does).
 */
export type Names = Int32Array;

export const ROOT = -1;

/** A tree of these names, each known by its place in the list. */
export function namesOf(list: readonly string[]): Names {
  const places = 2 ** Math.ceil(Math.log2(2 * nodesOf(list) + 2));
  const tree = new Int32Array(places * 3);
  list.forEach((name, number) => {
    let node = ROOT;
    for (let k = 0; k < name.length; k += 1) {
      const place = placeOf(tree, node, name.charCodeAt(k));
      if (tree[place + 1] === 0) tree.set([node, name.charCodeAt(k), -1], place);
      node = place;
    }
    tree[node + 2] = number;
  });
  return tree;
}

/** The node reached from `node` by the signs of `said`, or by some of them; undefined where no name goes on like that. */
export function along(tree: Names, node: number, said: string, from = 0, to = said.length): number | undefined {
  let at = node;
  for (let k = from; k < to; k += 1) {
    at = placeOf(tree, at, said.charCodeAt(k));
    if (tree[at + 1] === 0) return undefined;
  }
  return at;
}

/** The number of the name that ends at a node; -1 where none does. */
export const nameAt = (tree: Names, node: number): number => tree[node + 2]!;

/** Where a sign below a node stands, or would. */
function placeOf(tree: Names, node: number, sign: number): number {
  const last = tree.length / 3 - 1;
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(sign, 0x85ebca6b);
  let place = (mixed ^ (mixed >>> 15)) & last;
  while (tree[place * 3 + 1] !== 0 && (tree[place * 3] !== node || tree[place * 3 + 1] !== sign))
    place = (place + 1) & last;
  return place * 3;
}

/** How many nodes these names need: in order, each adds what it does not share with the one before. */
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
