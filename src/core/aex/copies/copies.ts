import type { TwoCopies } from '../../../contract/ledger-detail.ts';
import { runJob } from '../../jobs/run.ts';
import type { Result } from '../../result.ts';
import type { LedgerPaths } from '../paths.ts';

/**
 * Where two copies of one ledger part, and what else of them differs. Runs in a job and reads both in full; never changes
 * either. Fails where one of them can't be read at all, or when stopped.
 */
export function compareCopies(
  a: LedgerPaths,
  b: LedgerPaths,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Result<TwoCopies>> {
  return runJob('aex.copies', { a: plain(a), b: plain(b) }, { signal });
}

/** Without what else may hang on them, so that a thread can take them. */
const plain = ({ db, dir }: LedgerPaths): LedgerPaths => ({ db, dir });
