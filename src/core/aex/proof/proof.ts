import { runJob } from '../../jobs/run.ts';
import type { Result } from '../../result.ts';
import type { LedgerPaths } from '../paths.ts';
import type { ProofJobProgress, WrittenProof } from './proof-job.ts';
import { provedReport, type ProvedReport } from './proof-text.ts';
import { PROOF_SCRIPT } from './script.ts';

/** `version`: of Vekscope. `file`: where it is written to; a part of it may stand there after a failure. */
export type ProofOptions = {
  readonly version: string;
  readonly file: string;
  /** what the last check found; null: it was not checked */
  readonly report: ProvedReport | null;
  readonly onProgress?: ((progress: ProofJobProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Writes a ledger's proof as JSON to a file: all entries with what a check needs, and the live counters (see `proofText`).
 * Entries that hold a token are withheld, with a count.
 */
export function writeProof(
  { db, dir }: LedgerPaths,
  { version, file, report, onProgress, signal }: ProofOptions,
): Promise<Result<WrittenProof>> {
  const found = report === null ? null : provedReport(report);
  const input = { paths: { db, dir }, version, madeAtMs: Date.now(), file, report: found };
  return runJob('aex.proof', input, { onProgress, signal });
}

/** The program that a stranger runs on such a file. */
export function proofScript(): Blob {
  return new Blob([PROOF_SCRIPT], { type: 'text/x-python' });
}
