/** Answers that were made for one revision, so that a question that is asked again costs nothing. */
export type AnswerCache = {
  of<T>(revision: number, key: string, make: () => T): T;
  clear(): void;
};

/** Figures that count from now (ages, the last 24 hours) are made anew after this time, in ms. */
const FRESH_MS = 20_000;
/** Answers kept; a window asks for some dozens. Beyond: the one asked for longest ago is made again. */
const MOST = 200;

/** Makes an empty cache. What is made may be a promise, which is then shared. */
export function createAnswerCache(now: () => number = () => performance.now()): AnswerCache {
  const kept = new Map<string, { readonly value: unknown; readonly at: number }>();
  let of = -1;
  return {
    of<T>(revision: number, key: string, make: () => T): T {
      if (revision !== of) {
        kept.clear();
        of = revision;
      }
      const known = kept.get(key);
      if (known !== undefined && now() - known.at < FRESH_MS) {
        kept.delete(key);
        kept.set(key, known);
        return known.value as T;
      }
      const value = make();
      kept.delete(key);
      kept.set(key, { value, at: now() });
      const oldest = kept.size > MOST ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return value;
    },
    clear: () => kept.clear(),
  };
}
