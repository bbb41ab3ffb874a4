import type { LedgerProofEvent } from '../../contract/ledger-report.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { writeProof } from '../../core/aex/proof/proof.ts';
import { dropExport, newExport, type WaitingExport } from '../../core/storage/exports.ts';
import { isSystemError, systemFailure } from '../../core/storage/failures.ts';
import { eventsOf } from '../channel.ts';
import type { EngineOptions } from '../options.ts';
import type { LedgerChecks } from './checks.ts';

/** Writes the proof of a ledger to a file that waits for the host, and tells how far it is. Stopped or failed, nothing of it stays. */
export async function* proofFile(
  paths: LedgerPaths,
  { dataDir, version }: Pick<EngineOptions, 'dataDir' | 'version'>,
  checks: Pick<LedgerChecks, 'run' | 'last'>,
  signal?: AbortSignal,
): AsyncGenerator<LedgerProofEvent, void, void> {
  let waiting: WaitingExport;
  try {
    waiting = newExport(dataDir);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    yield { type: 'failed', error: systemFailure(error, dataDir).error };
    return;
  }
  const { id, path: file } = waiting;
  let given = false;
  const events = eventsOf<LedgerProofEvent>(async (tell, stopped) => {
    // what other records say is as of now too
    await ended(checks.run(stopped));
    const written = await writeProof(paths, {
      version,
      file,
      report: checks.last(),
      onProgress: (progress) => tell({ type: 'progress', ...progress }),
      signal: stopped,
    });
    if (!written.ok || stopped.aborted) dropExport(dataDir, id);
    if (written.ok) tell({ type: 'done', id, bytes: written.value.bytes });
    else tell({ type: 'failed', error: written.error });
  }, signal);
  try {
    for await (const event of events) {
      given = event.type === 'done';
      yield event;
    }
  } finally {
    if (!given) dropExport(dataDir, id);
  }
}

async function ended(events: AsyncIterable<unknown>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}
