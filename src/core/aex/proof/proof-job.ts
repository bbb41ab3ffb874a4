import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { JobHandler } from '../../jobs/serve-jobs.ts';
import { isSystemError, systemFailure } from '../../storage/failures.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger, type LedgerLook } from '../store.ts';
import { pieceEntries, proofText, type ProvedReport } from './proof-text.ts';

export type ProofJobInput = {
  readonly paths: LedgerPaths;
  /** of Vekscope */
  readonly version: string;
  readonly madeAtMs: number;
  /** where it is written to */
  readonly file: string;
  readonly report: ProvedReport | null;
};
/** `total`: entries in all. */
export type ProofJobProgress = { readonly entries: number; readonly total: number; readonly bytes: number };
export type WrittenProof = { readonly bytes: number };

/** The job `aex.proof`: writes the proof of a ledger to a file, piece by piece, whatever its size. */
export const proofJob: JobHandler<ProofJobInput, WrittenProof, ProofJobProgress> = (input, { progress }) => {
  const { paths, version, madeAtMs, file, report } = input;
  try {
    const out = openSync(file, 'w', 0o600);
    try {
      return lookAtLedger(paths, (look) => {
        // a look that is taken again begins anew
        ftruncateSync(out);
        const total = countEntries(look);
        let bytes = 0;
        let entries = -pieceEntries;
        for (const piece of proofText(look, { version, madeAt: new Date(madeAtMs), report })) {
          bytes += writeAll(out, Buffer.from(piece), bytes);
          entries += pieceEntries;
          progress({ entries: Math.min(Math.max(0, entries), total), total, bytes });
        }
        return { bytes };
      });
    } finally {
      closeSync(out);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return systemFailure(error, file);
  }
};

function writeAll(out: number, bytes: Buffer, at: number): number {
  let done = 0;
  while (done < bytes.length) done += writeSync(out, bytes, done, bytes.length - done, at + done);
  return done;
}

const countEntries = (look: LedgerLook): number =>
  look.db.prepare<[], number>('SELECT count(*) FROM event_log').pluck().get() ?? 0;
