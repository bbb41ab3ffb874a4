/** A seeded source of random values; the same seed gives the same sequence on every machine. */
export type Random = {
  /** in [0, 1) */
  next(): number;
  /** an integer in [0, below) */
  int(below: number): number;
  /** true with this probability */
  chance(probability: number): boolean;
  /** exponentially distributed with this mean */
  exponential(mean: number): number;
  pick<T>(items: readonly T[]): T;
};

/** Makes a generator from a 32-bit seed (the well-known mulberry32 step). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new Error('Nothing to pick from.');
      return items[int(items.length)] as T;
    },
  };
}
