/** Micro-dollars per second over the last minute, quarter of an hour and hour, rounded down. */
export type BurnWindows = { readonly '1m': number; readonly '15m': number; readonly '1h': number };

/** A settlement of the older event stream. `micros`: since 1970; null: its time is unreadable, it counts nowhere. */
export type BurnEvent = { readonly micros: number | null; readonly costMicro: number };

/** The burn rates that `/metrics` of the original gives at a moment; rows of the future count too (formats/aex.md §14). */
export function burnWindows(events: readonly BurnEvent[], nowMicros: number): BurnWindows {
  const rate = (seconds: number): number => {
    const cutoff = nowMicros - seconds * 1_000_000;
    let total = 0;
    for (const { micros, costMicro } of events) {
      if (micros !== null && micros >= cutoff) total += costMicro;
    }
    return Math.floor(total / seconds);
  };
  return { '1m': rate(60), '15m': rate(900), '1h': rate(3_600) };
}
