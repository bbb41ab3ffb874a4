import type { ChainBreak } from '../chain/verdict.ts';
import { GENESIS } from '../chain/entry-hash.ts';
import type { LedgerLook } from '../store.ts';

/** A stretch of entries that is chained in another order than it stands in. */
export type Reordered = {
  readonly from: number;
  readonly to: number;
  /** the numbers of the entries in the order of their chain */
  readonly order: readonly number[];
};

/** Entries of one such stretch that are read. */
const MAX_STRETCH = 20_000;

/** Stretches in which the links form another order that uses every entry once. */
export function reorderedOf(look: LedgerLook, breaks: readonly ChainBreak[]): Reordered[] {
  const unlinked = breaks.filter(({ linked }) => !linked);
  const found: Reordered[] = [];
  let next = 0;
  while (next < unlinked.length) {
    const stretch = stretchFrom(look, unlinked, next);
    if (stretch === null) next += 1;
    else {
      found.push(stretch);
      while (next < unlinked.length && unlinked[next]!.seq <= stretch.to + 1) next += 1;
      while (next < unlinked.length && unlinked[next]!.before === stretch.to) next += 1;
    }
  }
  return found;
}

function stretchFrom(look: LedgerLook, unlinked: readonly ChainBreak[], index: number): Reordered | null {
  const first = unlinked[index]!;
  if (index + 1 >= unlinked.length) return null;
  const start = first.before === null ? GENESIS : first.beforeHash;
  const last = unlinked[Math.min(unlinked.length - 1, index + 2_000)]!;
  const reach = Math.ceil(last.seq - first.seq) + 2;
  if (!(reach > 1)) return null;
  const rows = look.entries(first.seq, Math.min(MAX_STRETCH, reach));
  const byPrev = new Map<string, number>();
  for (const [i, row] of rows.entries()) if (!byPrev.has(row.prevHash)) byPrev.set(row.prevHash, i);
  const order: number[] = [];
  const used = new Set<number>();
  let hash = start;
  let highest = -1;
  for (;;) {
    const i = byPrev.get(hash);
    if (i === undefined || used.has(i)) return null;
    if (i === order.length && i === highest + 1 && order.length > 1) break;
    order.push(i);
    used.add(i);
    highest = Math.max(highest, i);
    hash = rows[i]!.hash;
    if (order.length === rows.length && !byPrev.has(hash)) break;
  }
  if (order.length < 2 || highest !== order.length - 1 || order.every((i, place) => i === place)) return null;
  const from = rows[0]!.seq;
  const to = rows[highest]!.seq;
  // numbers that lie this far apart were set by hand, and some are not exact here
  if (!Number.isSafeInteger(from) || to - from > MAX_STRETCH) return null;
  return {
    from,
    to,
    order: order.map((i) => rows[i]!.seq),
  };
}
