import type { JobHandler } from '../../jobs/serve-jobs.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { proofText } from './proof-text.ts';

export type ProofJobInput = {
  readonly paths: LedgerPaths;
  readonly version: string;
  readonly madeAtMs: number;
};
export type ProofJobProgress = { readonly bytes: number };

/** The job `aex.proof`: the proof of a ledger as a Blob of JSON, which is held once. */
export const proofJob: JobHandler<ProofJobInput, Blob, ProofJobProgress> = (input, { progress }) => {
  const { paths, version, madeAtMs } = input;
  const made = lookAtLedger(paths, (look): Result<Blob> => {
    // A Blob of Blobs refers to them.
    const pieces: Blob[] = [];
    let bytes = 0;
    for (const piece of proofText(look, { version, madeAt: new Date(madeAtMs) })) {
      const blob = new Blob([piece]);
      bytes += blob.size;
      if (bytes > limits.ledgerProofBytes) {
        return fail(
          'too-large',
          `The proof of ${paths.db} has more than ${Math.floor(limits.ledgerProofBytes / 1024 / 1024)} MB.`,
          `In a terminal it is written whatever its size: vekscope ledger proof "${paths.db}" > proof.json`,
        );
      }
      pieces.push(blob);
      progress({ bytes });
    }
    return ok(new Blob(pieces, { type: 'application/json' }));
  });
  return made.ok ? made.value : made;
};
