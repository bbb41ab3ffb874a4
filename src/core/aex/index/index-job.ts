import type { JobHandler } from '../../jobs/serve-jobs.ts';
import { ok } from '../../result.ts';
import { storeSignature } from '../../storage/signature.ts';
import type { LedgerPaths } from '../paths.ts';
import { formMasker } from '../secrets.ts';
import { lookAtLedger } from '../store.ts';
import { maskerIn } from '../tokens.ts';
import { loadIndex, saveIndex } from './cache.ts';
import { stillColumns } from './arrays.ts';
import { entryCount, factsOf, indexOf, readAllIn, readMoreIn } from './read.ts';
import { grownBy } from './grown.ts';
import { holdsSecrets } from './holds-secrets.ts';
import { toPlainIndex, type PlainIndex } from './transfer.ts';

/** `anew`: what the app folder holds is not to be used. `dataDir` null: nothing is kept. */
export type LedgerIndexInput = {
  readonly paths: LedgerPaths;
  readonly dataDir: string | null;
  readonly anew: boolean;
};
export type LedgerIndexOutput = { readonly plain: PlainIndex };
export type LedgerIndexProgress = { readonly done: number; readonly total: number };

/** Reads the index of a ledger in a thread of its own, hands it over, and keeps it in the app folder. */
export const ledgerIndexJob: JobHandler<LedgerIndexInput, LedgerIndexOutput, LedgerIndexProgress> = (
  { paths, dataDir, anew },
  context,
) => {
  const signature = storeSignature(paths.db);
  const progress = (done: number, total: number): void => context.progress({ done, total });
  let masker = formMasker;
  const read = lookAtLedger(paths, (s) => {
    if (dataDir !== null) masker = maskerIn(s);
    // Loaded inside the look: what was put on in a look that has to be had again does not count.
    const kept = anew || dataDir === null ? null : loadIndex(paths, dataDir);
    const facts = kept === null ? null : factsOf(kept.index.columns);
    if (kept === null || facts === null || grownBy(s, kept.index, facts) === null) {
      return readAllIn(s, progress);
    }
    return readMoreIn(s, kept.index.columns, facts.build, entryCount(s), progress);
  });
  if (!read.ok) return read;
  const index = read.value;
  // Shared, not moved: the rows are on screen while the arrays are still being written here.
  const facts = factsOf(index.columns);
  if (dataDir !== null && signature !== null && facts?.salvaged === false) {
    const still = indexOf(stillColumns(index.columns), facts);
    context.after(() => {
      if (!holdsSecrets(still.columns, masker)) saveIndex(paths, dataDir, still, signature);
    });
  }
  return ok({ plain: toPlainIndex(index) });
};
