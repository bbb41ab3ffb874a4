/** The last things that were made, by their ids. */
export type Latest<T> = {
  keep(id: string, value: T): void;
  get(id: string): T | null;
  drop(id: string): void;
};

/** Keeps up to `most` things; the one made longest ago goes first. */
export function createLatest<T>(most: number): Latest<T> {
  const kept = new Map<string, T>();
  return {
    keep(id, value) {
      kept.delete(id);
      kept.set(id, value);
      const oldest = kept.size > most ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
    get: (id) => kept.get(id) ?? null,
    drop: (id) => void kept.delete(id),
  };
}
