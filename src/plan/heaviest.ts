/** Chooses, from things of which some exclude each other, the set with the greatest total. */

type Same<T> = (a: T, b: T) => boolean;

/** Larger groups take the heaviest first: exact search doubles with every few more. */
const SEARCHED = 24;

/** Each thing with those that it excludes. */
type Excluded<T> = Map<T, Set<T>>;

function excluding<T>(list: T[], same: Same<T>): Excluded<T> {
  const found: Excluded<T> = new Map(list.map((x) => [x, new Set()]));
  list.forEach((a, i) => {
    for (const b of list.slice(i + 1))
      if (same(a, b)) {
        found.get(a)!.add(b);
        found.get(b)!.add(a);
      }
  });
  return found;
}

/** Omits things that another one dominates: it excludes no more, weighs no less, and came earlier. */
function essential<T>(list: T[], not: Excluded<T>, weight: (x: T) => number): T[] {
  let kept = list;
  const coversAll = (a: T, b: T) => kept.every((x) => x === a || x === b || !not.get(a)!.has(x) || not.get(b)!.has(x));
  for (const b of list.toReversed()) {
    const stands = (a: T) => a !== b && not.get(b)!.has(a) && weight(a) >= weight(b) && coversAll(a, b);
    if (kept.some(stands)) kept = kept.filter((x) => x !== b);
  }
  return kept;
}

/** The things connected with the first, directly or through others. */
function connected<T>(first: T, list: T[], not: Excluded<T>): T[] {
  const found = new Set([first]);
  for (const x of found) for (const y of list) if (not.get(x)!.has(y)) found.add(y);
  return list.filter((x) => found.has(x));
}

/** In the given order; of equal choices the one with the earlier things. */
export function heaviest<T>(list: T[], weight: (x: T) => number, same: Same<T>): T[] {
  if (list.length < 2) return list;
  const not = excluding(list, same);
  const total = (chosen: T[]) => chosen.reduce((n, x) => n + weight(x), 0);
  const largestOf = (group: T[]): T => group.reduce((best, x) => (weight(x) > weight(best) ? x : best));
  const without = (rest: T[], x: T) => rest.filter((y) => y !== x && !not.get(x)!.has(y));
  const largestFirst = (rest: T[]): T[] => {
    const [x] = rest.toSorted((a, b) => weight(b) - weight(a));
    return x === undefined ? [] : [x, ...largestFirst(without(rest, x))];
  };
  const best = (rest: T[]): T[] => {
    const [first] = rest;
    if (first === undefined) return [];
    const group = connected(first, rest, not);
    const others = group.length === rest.length ? [] : rest.filter((x) => !group.includes(x));
    // Usually a whole group reports one thing.
    const one = group.every(
      (x) => not.get(x)!.size >= group.length - 1 && group.every((y) => x === y || not.get(x)!.has(y)),
    );
    return [...(one ? [largestOf(group)] : bestOf(essential(group, not, weight))), ...best(others)];
  };
  const bestOf = (group: T[]): T[] => {
    const [x] = group;
    if (x === undefined || group.length === 1) return group;
    if (group.length > SEARCHED) return largestFirst(group);
    const withFirst = [x, ...best(without(group, x))];
    const withoutFirst = best(group.filter((y) => y !== x));
    return total(withoutFirst) > total(withFirst) ? withoutFirst : withFirst;
  };
  const chosen = new Set(best(list));
  return list.filter((x) => chosen.has(x));
}
