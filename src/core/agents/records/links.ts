import type { AgentStore, Updated } from './agent-store.ts';
import { FLAG, NO_DAY } from './table.ts';

/** What became of one agent: its rows before `from` stand as they were, unless they moved; `rows` are new. */
export type Update = { readonly did: Updated; readonly from: number; readonly rows: number };

/**
 * Finds for every mirror of a delegation the target's own line (formats/atomic-agents.md §4): in the agent it names,
 * where that is there, else in any. A line that is in no figure itself (no date) does not count as found, since the
 * spending would be nowhere then.
 */
export class MirrorLinks {
  /** rows of mirrors without a target's line */
  readonly #open = new Map<string, number[]>();

  /** Call after stores were updated; returns those whose flags changed. */
  update(stores: readonly AgentStore[], updated: ReadonlyMap<AgentStore, Update>): AgentStore[] {
    const anew = [...updated.values()].some(({ did }) => did === 'moved');
    const touched: AgentStore[] = [];
    if (anew) this.#open.clear();
    for (const store of stores) {
      const { flags, delegate } = store.columns.arrays;
      const open = this.#open.get(store.place.name) ?? [];
      this.#open.set(store.place.name, open);
      const from = anew ? 0 : (updated.get(store)?.from ?? store.columns.count);
      const before = open.length;
      for (let row = from; row < store.columns.count; row++)
        if ((flags[row]! & FLAG.mirror) !== 0) open.push(row);
      if (open.length === 0) continue;
      let kept = 0;
      let changed = false;
      for (const [at, row] of open.entries()) {
        const found = delegate !== null && delegate[row] !== 0 && targetOf(stores, store, row) !== null;
        if (found !== ((flags[row]! & FLAG.resolved) !== 0)) {
          flags[row]! ^= FLAG.resolved;
          if (at < before || anew) changed = true;
        }
        if (!found) open[kept++] = row;
      }
      open.length = kept;
      if (changed) touched.push(store);
    }
    return touched;
  }
}

/** The target's own line of a mirror, or null. */
export function targetOf(
  stores: readonly AgentStore[],
  store: AgentStore,
  row: number,
): { readonly store: AgentStore; readonly row: number } | null {
  const { delegate, target } = store.columns.arrays;
  const id = delegate?.[row] ?? 0;
  if (id === 0) return null;
  const { runs, texts } = store.pools;
  const name = texts.text(target?.[row] ?? 0);
  const named = name === null ? undefined : stores.find(({ place }) => place.name === name);
  const start = runs.starts[id]!;
  const end = runs.starts[id + 1]! - 1;
  for (const other of named === undefined ? stores : [named]) {
    if (named === undefined && other === store) continue;
    const run = other.pools.runs.find(runs.bytes, start, end);
    const own = run === 0 ? -1 : (other.family.own[run] ?? -1);
    if (own === -1) continue;
    const { flags, day } = other.columns.arrays;
    if ((flags[own]! & FLAG.mirror) === 0 && day[own] !== NO_DAY) return { store: other, row: own };
  }
  return null;
}
