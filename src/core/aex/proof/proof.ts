import { runJob } from '../../jobs/run.ts';
import type { Result } from '../../result.ts';
import type { LedgerPaths } from '../paths.ts';
import { PROOF_SCRIPT } from './script.ts';

/** `version`: of Vekscope. */
export type ProofOptions = {
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * A ledger's proof as JSON: all entries with what a check needs, and the live counters (see `proofText`). Entries that hold
 * a token are withheld, with a count. Fails with `too-large` beyond `limits.ledgerProofBytes`.
 */
export function makeProof(paths: LedgerPaths, { version, signal }: ProofOptions): Promise<Result<Blob>> {
  const { db, dir } = paths;
  return runJob('aex.proof', { paths: { db, dir }, version, madeAtMs: Date.now() }, { signal });
}

/** The program that a stranger runs on such a file. */
export function proofScript(): Blob {
  return new Blob([PROOF_SCRIPT], { type: 'text/x-python' });
}
