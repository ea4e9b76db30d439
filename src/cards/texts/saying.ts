/** The members of a union whose `K` may be `C`. */
type Of<T, K extends keyof T, C> = T extends unknown ? (C extends T[K] ? T : never) : never;

/** For each value of the property `K`, its sentence: fixed, or made from what else the code carries. */
type Words<T, K extends keyof T> = { [C in T[K] & string]: string | ((of: Of<T, K, C>) => string) };

/** Says any of these values in the words given: those of one language, complete by type. */
export const saying =
  <T, K extends keyof T>(key: K, words: Words<T, K>) =>
  (of: T): string => {
    const found = words[of[key] as T[K] & string] as string | ((of: T) => string);
    return typeof found === 'string' ? found : found(of);
  };
