/** The members of a union whose `K` may be `C`. */
type Of<T, K extends keyof T, C> = T extends unknown ? (C extends T[K] ? T : never) : never;

/** A sentence for each value of the property `K`: fixed, or built from the code's other fields. */
type Words<T, K extends keyof T> = { [C in T[K] & string]: string | ((of: Of<T, K, C>) => string) };

/** Words any of these values in one language; the type ensures that none is missing. */
export const saying =
  <T, K extends keyof T>(key: K, words: Words<T, K>) =>
  (of: T): string => {
    const found = words[of[key] as T[K] & string] as string | ((of: T) => string);
    return typeof found === 'string' ? found : found(of);
  };
