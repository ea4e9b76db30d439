/** Words as a tree of their characters. Codes rather than strings: cutting a text to pieces costs more than everything done with them. */
export interface Tree<T> {
  found?: T;
  next?: Map<number, Tree<T>>;
}

/** A tree of words with their values; of equal words the last wins. */
export function treeOf<T>(words: Iterable<[string, T]>): Tree<T> {
  const root: Tree<T> = {};
  for (const [word, found] of words) {
    let node = root;
    for (let k = 0; k < word.length; k += 1) {
      node.next ??= new Map();
      let child = node.next.get(word.charCodeAt(k));
      if (!child) {
        child = {};
        node.next.set(word.charCodeAt(k), child);
      }
      node = child;
    }
    node.found = found;
  }
  return root;
}

/** The value of the longest word that starts at `at`; `accept` may refuse a word that ends at `end`. */
export function longestAt<T>(
  tree: Tree<T>,
  text: string,
  at: number,
  accept: (found: T, end: number) => boolean = anything,
): T | undefined {
  let longest: T | undefined;
  let node = tree.next?.get(text.charCodeAt(at));
  for (let end = at + 1; node !== undefined; end += 1) {
    if (node.found !== undefined && accept(node.found, end)) longest = node.found;
    node = node.next?.get(text.charCodeAt(end));
  }
  return longest;
}

function anything(): boolean {
  return true;
}

/** Tests whether the character at a position is one of `signs`, all of them within the basic plane. */
export function oneOf(signs: string): (text: string, at: number) => boolean {
  const codes = new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
  return (text, at) => codes.has(text.charCodeAt(at));
}
