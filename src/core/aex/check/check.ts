import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { LedgerReport } from '../../../contract/ledger-report.ts';
import { runJob } from '../../jobs/run.ts';
import { ok, type Result } from '../../result.ts';
import { storeSignature } from '../../storage/signature.ts';
import type { LedgerPaths } from '../paths.ts';
import { makeReport } from './report.ts';
import { makeShared } from './shared.ts';
import type { CheckTerms, LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress } from './types.ts';

export type { LedgerCheckProgress } from './types.ts';

/**
 * `dataDir`: the app folder, where what was seen is remembered; null: nothing is. `workers`: threads (as many
 * as there are processors, 4 at most, by default). `nowMicros`: what counts as now, for reservations that ran out. `signal` ends the check at once.
 */
export type LedgerCheckOptions = {
  readonly dataDir: string | null;
  readonly workers?: number | undefined;
  readonly nowMicros?: number | undefined;
  /** since when it is open: what was seen from then on is not what was seen earlier */
  readonly sinceMicros?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LedgerCheckProgress) => void) | undefined;
};

/** More threads than these gain little: one of them puts everything together. */
const mostThreads = 4;
/** Below this size of the file one thread is done before a second one has started, and its entries are read one by one. */
const bytesWorthSharing = 4 * 1024 * 1024;

/**
 * Checks everything in a ledger: the chain recomputed, balances replayed, invariants as AEX has them, and all records
 * compared with each other and with what was seen earlier. Runs in jobs; never changes the store. Fails only where the
 * file can't be read at all, or when stopped.
 */
export async function checkLedger(
  paths: LedgerPaths,
  options: LedgerCheckOptions,
): Promise<Result<LedgerReport>> {
  const startedMicros = Date.now() * 1_000;
  const terms: CheckTerms = {
    paths,
    dataDir: options.dataDir,
    nowMicros: options.nowMicros ?? startedMicros,
    sinceMicros: options.sinceMicros ?? Infinity,
  };
  const finish = (output: Extract<LedgerCheckOutput, { step: 'checked' }>): Result<LedgerReport> =>
    ok(makeReport(output.checked, startedMicros, Date.now() * 1_000));

  const workers = options.workers ?? Math.min(mostThreads, availableParallelism());
  if (fileSize(paths.db) >= bytesWorthSharing) {
    const before = storeSignature(paths.db);
    const shared = await checkShared(terms, workers, options);
    if (!shared.ok) return shared;
    if (shared.value !== null) {
      const done = finish(shared.value);
      const same = before !== null && storeSignature(paths.db) === before;
      // Two looks at a store that moved in between may disagree: damage must be seen in a single one.
      if (same || (done.ok && done.value.ok)) return done;
    }
  }
  const whole = await checkWhole(terms, options);
  return whole.ok ? finish(whole.value) : whole;
}

/** All in one look, entry by entry: the way that any ledger can be read. */
export async function checkWhole(
  terms: CheckTerms,
  options: Pick<LedgerCheckOptions, 'onProgress' | 'signal'>,
): Promise<Result<Extract<LedgerCheckOutput, { step: 'checked' }>>> {
  const whole = await runStep({ step: 'whole', terms }, options);
  if (!whole.ok) return whole;
  if (whole.value.step !== 'checked') throw new Error(`A whole check ended as “${whole.value.step}”.`);
  return ok(whole.value);
}

/** All threads at once; null where they did not see the same store. The first failure ends all. */
export async function checkShared(
  terms: CheckTerms,
  threads: number,
  options: LedgerCheckOptions,
): Promise<Result<Extract<LedgerCheckOutput, { step: 'checked' }> | null>> {
  const shared = makeShared();
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let why: Result<never> | null = null;
  let moved = false;
  const run = async (
    input: LedgerCheckInput,
    ports: readonly MessagePort[],
  ): Promise<LedgerCheckOutput | null> => {
    const outcome = await runStep(input, { ...options, signal }, ports);
    if (outcome.ok && outcome.value.step !== 'moved') return outcome.value;
    if (outcome.ok) moved = true;
    else if (!moved) why ??= outcome;
    stop.abort();
    return null;
  };
  const channels = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const ports = channels.map(({ port1 }) => port1);
  const [read] = await Promise.all([
    run({ step: 'read', terms, shared, ports }, ports),
    ...channels.map(({ port2: port }) => run({ step: 'help', paths: terms.paths, shared, port }, [port])),
  ]);
  if (read?.step === 'checked') return ok(read);
  return why ?? ok(null);
}

function runStep(
  input: LedgerCheckInput,
  { onProgress, signal }: Pick<LedgerCheckOptions, 'onProgress' | 'signal'>,
  transfer: readonly MessagePort[] = [],
): Promise<Result<LedgerCheckOutput>> {
  return runJob('aex.check', input, { onProgress, signal, transfer });
}

function fileSize(path: string): number {
  // The check itself says what is wrong with the file.
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
