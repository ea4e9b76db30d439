/** Words as a tree of their signs. Codes and not strings: to cut a text to pieces costs more than all that is done with them. */
export interface Tree<T> {
  found?: T;
  next?: Map<number, Tree<T>>;
}

/** A tree of words and what each stands for; of equal words the last counts. */
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

/** What the longest word that starts at `at` stands for; `accept` may refuse a word that ends at `end`. */
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

/** Looks whether the sign at a place is one of `signs`, all of them within the basic plane. */
export function oneOf(signs: string): (text: string, at: number) => boolean {
  const codes = new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
  return (text, at) => codes.has(text.charCodeAt(at));
}
