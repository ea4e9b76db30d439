/** Names of features as a tree of their characters, stored in a hash table. A node is an index into it. */
export interface FeatureNames {
  /** For each slot its parent node and its character, 0 if the slot is free. */
  nodes: Int32Array;
  /** The number of the name that ends at the node; -1 if none does. */
  ends: Int32Array;
}

export const ROOT = -1;

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
