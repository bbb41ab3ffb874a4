import type { LedgerIndex } from '../../core/aex/columns.ts';
import { confirmIndex } from '../../core/aex/index/open.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { limits } from '../../core/storage/limits.ts';
import { createUnasked } from './unasked.ts';

/**
 * Whether the entries of a large ledger are still those of its index after it changed: when it grew only some of them are
 * compared at once, so a change of an old entry is found here, a while later.
 */
export type Confirming = {
  /** the store changed, and this is the index that was put on */
  soon(index: LedgerIndex): void;
  close(): void;
};

/** `stale`: an entry is another one or gone. */
export function createConfirming(
  paths: LedgerPaths,
  index: () => LedgerIndex | null,
  stale: () => void,
): Confirming {
  const closing = new AbortController();
  let running = false;
  let again = false;
  const unasked = createUnasked(() => void look());

  async function look(): Promise<void> {
    const looked = index();
    if (running || looked === null) return;
    running = true;
    const begun = performance.now();
    const fits = await confirmIndex(paths, looked, closing.signal);
    running = false;
    unasked.took(performance.now() - begun);
    if (closing.signal.aborted) return;
    if (fits.ok && !fits.value) stale();
    else if (again) unasked.soon();
    again = false;
  }

  return {
    soon({ columns }) {
      // All of a smaller one are compared at once.
      if (columns.count <= limits.ledgerCompareEntries || columns.count > limits.ledgerCheckUnasked) return;
      // Numbers that are not exact here can't be compared one by one.
      if (!Number.isSafeInteger(columns.seq[columns.count - 1])) return;
      if (running) again = true;
      else unasked.soon();
    },
    close() {
      unasked.close();
      closing.abort();
    },
  };
}
