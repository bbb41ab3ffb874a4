import { basename } from 'node:path';
import type { CheckReport } from '../../contract/problem.ts';
import { runJob } from '../jobs/run.ts';
import { fail, ok, type Result } from '../result.ts';
import { storeSignature } from '../storage/signature.ts';
import { checkRepository, type CheckProgress } from './check.ts';
import type { EvidenceFacts } from './evidence-job.ts';
import type { RepositoryPaths } from './paths.ts';

/** A check that ended, and the state of the files that it saw. */
export type FinishedCheck = {
  readonly report: CheckReport;
  readonly startedMicros: number;
  readonly endedMicros: number;
  readonly signature: string;
};

/** A check together with what its files are, all of one state of the store. */
export type Evidence = {
  readonly version: string;
  /** the base name of the folder that holds `.vek`; never where it is */
  readonly folder: string;
  readonly check: FinishedCheck;
  readonly facts: EvidenceFacts;
  readonly exportedMicros: number;
};

export type EvidenceOptions = {
  /** of Vekscope */
  readonly version: string;
  /** a check made before; used where the files are still the same */
  readonly known?: FinishedCheck | null;
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** How often all begins anew because the store changed between the check and the digests. */
const ATTEMPTS = 3;

/** Checks a repository where that is still to be done, and reads what identifies the files that were checked. */
export async function collectEvidence(
  paths: RepositoryPaths,
  { version, known = null, onProgress, signal }: EvidenceOptions,
): Promise<Result<Evidence>> {
  let check = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (check === null) {
      const ran = await finishedCheck(paths, { onProgress, signal });
      if (!ran.ok) return ran;
      check = ran.value;
    }
    const facts = await runJob('vek.evidence', { paths }, { signal });
    if (!facts.ok) return facts;
    if (check !== null && facts.value.signature === check.signature) {
      const exportedMicros = Date.now() * 1000;
      return ok({ version, folder: basename(paths.root), check, facts: facts.value, exportedMicros });
    }
    check = null;
  }
  return fail(
    'busy',
    `${paths.db} kept changing between the check and the export, so no evidence was made.`,
    'Another process is recording. Try again when it is done.',
  );
}

/** Null: the store moved while it was checked. */
async function finishedCheck(
  paths: RepositoryPaths,
  options: Pick<EvidenceOptions, 'onProgress' | 'signal'>,
): Promise<Result<FinishedCheck | null>> {
  const signature = storeSignature(paths.db);
  const startedMicros = Date.now() * 1000;
  const report = await checkRepository(paths, options);
  if (!report.ok) return report;
  if (signature === null || storeSignature(paths.db) !== signature) return ok(null);
  return ok({ report: report.value, startedMicros, endedMicros: Date.now() * 1000, signature });
}
