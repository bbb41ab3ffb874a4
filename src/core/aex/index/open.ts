import { statSync } from 'node:fs';
import { runJob } from '../../jobs/run.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { storeSignature } from '../../storage/signature.ts';
import type { LedgerIndex } from '../columns.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { loadIndex } from './cache.ts';
import { factsIn, factsOf, newest, newRowsIn, readAllIn, withRows, type IndexProgress } from './read.ts';
import { grownBy } from './grown.ts';
import { fromPlainIndex, toPlainIndex } from './transfer.ts';

/** `dataDir`: the app folder, null: nothing is kept. `anew`: what it holds is not to be used. */
export type OpenIndexOptions = {
  readonly dataDir: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: IndexProgress | undefined;
  readonly anew?: boolean | undefined;
  /**
   * Called later where an index from the app folder, put on with what came since, turns out to be of a store whose older
   * entries were changed meanwhile: it has to be opened anew.
   */
  readonly onStale?: (() => void) | undefined;
};

/**
 * The index of a ledger as it is now: of a small one read at once, of a large one from the app folder where the store
 * only grew a little since, else read beside the caller's thread and kept. `signal` ends that reading.
 */
export async function openIndex(
  paths: LedgerPaths,
  { dataDir, signal, onProgress, anew = false, onStale }: OpenIndexOptions,
): Promise<Result<LedgerIndex>> {
  if (signal?.aborted === true) return fail('cancelled', 'The ledger was not read.', 'Read it again.');
  if (isSmall(paths)) return lookAtLedger(paths, (s) => readAllIn(s, onProgress));
  const kept = anew || dataDir === null ? null : openKept(paths, dataDir);
  if (kept !== null) {
    if (kept.changed && onStale !== undefined) void confirm(paths, kept.index, onStale);
    return ok(kept.index);
  }
  const done = await runJob(
    'aex.index',
    { paths, dataDir, anew },
    { signal, onProgress: (at) => onProgress?.(at.done, at.total) },
  );
  return done.ok ? ok(fromPlainIndex(done.value.plain)) : done;
}

/**
 * The index as the store is now: with the entries that were added, where it simply grew. `conflict`: it did not, or
 * grew by more than is put on at once, and has to be read anew. The old columns stay valid for who still reads them.
 */
export function refreshIndex(paths: LedgerPaths, known: LedgerIndex): Result<LedgerIndex> {
  const index = newest(known);
  const facts = factsOf(index.columns);
  if (facts === null) return conflict(paths);
  const looked = lookAtLedger(paths, (s) => {
    const more = grownBy(s, index, facts);
    if (more === null || more > limits.ledgerInlineEntries) return null;
    return { rows: more === 0 ? [] : newRowsIn(s, index.columns), facts: factsIn(s, facts.build) };
  });
  if (!looked.ok) return looked;
  if (looked.value === null) return conflict(paths);
  const { rows, facts: now } = looked.value;
  return ok(rows.length === 0 ? index : withRows(index.columns, rows, now));
}

const conflict = (paths: LedgerPaths): Result<never> =>
  fail('conflict', `Entries of ${paths.db} were changed or removed, not only added.`, 'It is read anew.');

function isSmall({ db }: LedgerPaths): boolean {
  try {
    const wal = statSync(`${db}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    return statSync(db).size + wal <= limits.ledgerInlineBytes;
  } catch {
    return true;
  }
}

/** Whether every entry of an index is still in the store; looked at beside the caller's thread, some µs for each. */
export function confirmIndex(
  { db, dir }: LedgerPaths,
  index: LedgerIndex,
  signal?: AbortSignal,
): Promise<Result<boolean>> {
  return runJob('aex.confirm', { paths: { db, dir }, plain: toPlainIndex(index) }, { signal });
}

async function confirm(paths: LedgerPaths, index: LedgerIndex, onStale: () => void): Promise<void> {
  const fits = await confirmIndex(paths, index);
  if (fits.ok && !fits.value) onStale();
}

/** The kept index, with a few new entries; null where it has to be read in a job. `changed`: since it was kept. */
function openKept(
  paths: LedgerPaths,
  dataDir: string,
): { readonly index: LedgerIndex; readonly changed: boolean } | null {
  const signature = storeSignature(paths.db);
  const kept = loadIndex(paths, dataDir);
  const facts = kept === null ? null : factsOf(kept.index.columns);
  if (kept === null || facts === null) return null;
  const { index } = kept;
  const looked = lookAtLedger(paths, (s) => {
    if (signature === kept.signature) {
      const now = factsIn(s, facts.build);
      const same = now.firstHash === facts.firstHash && now.lastHash === facts.lastHash;
      return same && now.columns === facts.columns && !s.how.salvaged ? { rows: [], facts } : null;
    }
    const more = grownBy(s, index, facts);
    // More than these are kept too.
    if (more === null || more > Math.max(limits.ledgerInlineEntries / 4, index.columns.count / 100))
      return null;
    return { rows: newRowsIn(s, index.columns), facts: factsIn(s, facts.build) };
  });
  if (!looked.ok || looked.value === null) return null;
  const { rows, facts: now } = looked.value;
  const grown = rows.length === 0 ? index : withRows(index.columns, rows, now);
  return { index: grown, changed: signature !== kept.signature };
}
