import { statSync } from 'node:fs';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { Result } from '../../result.ts';
import type { JobHandler } from '../../jobs/serve-jobs.ts';
import { chainVerdict } from '../chain/detail.ts';
import { createWalk } from '../chain/walk.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import { columnText } from '../entry.ts';
import { buffersOf, readBeside, type Beside } from '../cross/beside.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger, type LedgerLook } from '../store.ts';
import { conclude } from './conclude.ts';
import { crossCheckOf, type CrossCheck } from './cross-pieces.ts';
import { brokenEntries, hashSpans, SPANS } from './hash-spans.ts';
import { readAll } from './read-all.ts';
import { announce, CONTROL, STATE, waitFor, type Shared } from './shared.ts';
import { checkPages, type Pages } from './start-check.ts';
import type { CheckTerms, LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress } from './types.ts';

type Report = (progress: LedgerCheckProgress) => void;

const moved: LedgerCheckOutput = { step: 'moved' };

/** The job `aex.check`: a check in one thread, or one of its two parts (see `LedgerCheckInput`). */
export const ledgerCheckJob: JobHandler<LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress> = (
  input,
  { progress },
) => {
  if (input.step === 'whole') return checkWhole(input.terms, progress);
  if (input.step === 'read') return readPart(input.terms, input.shared, input.port, progress);
  return besidePart(input.paths, input.shared, input.port);
};

function checkWhole(terms: CheckTerms, report: Report): Result<LedgerCheckOutput> {
  return lookAtLedger(terms.paths, (look): LedgerCheckOutput => {
    const total = look.counts().entries;
    let done = 0;
    const walk = createWalk(look);
    const cross = crossCheckOf(look, terms);
    const replay = readAll(look, {
      cross,
      link: (row, partition) => walk.row(row, partition),
      tick: (rows) => report({ done: (done += rows), total }),
    });
    const pages = checkPages(look, fileBytes(terms.paths));
    return {
      step: 'checked',
      checked: conclude(look, terms, { chain: walk.verdict(), replay, cross, pages, beside: null }),
    };
  });
}

/**
 * The thread that reads everything. Its look comes first and says up to which entry both go; the other's look is of the
 * same moment or a later one, which holds the same entries unless somebody removed some.
 */
function readPart(
  terms: CheckTerms,
  shared: Shared,
  port: MessagePort,
  report: Report,
): Result<LedgerCheckOutput> {
  let looks = 0;
  return lookAtLedger(terms.paths, (look): LedgerCheckOutput => {
    if (++looks > 1 || look.how.salvaged || look.has('event_log', 'chain_partition')) return moved;
    const ends = endsOf(look);
    if (ends === null) return moved;
    shared.ends.set([ends.first, ends.last]);
    announce(shared, CONTROL.state, STATE.agreed);
    const total = look.counts().entries;
    const tell = (): void => {
      const done = Atomics.load(shared.control, CONTROL.hashed) + Atomics.load(shared.control, CONTROL.read);
      report({ done: Math.min(total, Math.floor(done / 2)), total });
    };
    const cross: CrossCheck = crossCheckOf(look, terms);
    const tick = (rows: number): void => {
      Atomics.add(shared.control, CONTROL.read, rows);
      tell();
    };
    const replay = readAll(look, { cross, link: null, tick });
    hashSpans(look, shared, tell);
    waitFor(shared, CONTROL.spansDone, SPANS, tell);
    const chain = sharedVerdict(look, shared, ends);
    if (chain === null) return moved;
    waitFor(shared, CONTROL.pages, 1, tell);
    const pages = PAGES[Atomics.load(shared.control, CONTROL.pages)] ?? null;
    waitFor(shared, CONTROL.beside, 1, tell);
    const beside = (receiveMessageOnPort(port)?.message as Beside | undefined) ?? null;
    port.close();
    return { step: 'checked', checked: conclude(look, terms, { chain, replay, cross, pages, beside }) };
  });
}

/** What a thread says of the pages to the other one, by the number it says. */
const PAGES: readonly Pages[] = [null, null, { sound: true }, { sound: false }];

/** The thread that reads what stands beside the entries, and hashes what is left then. */
function besidePart(paths: LedgerPaths, shared: Shared, port: MessagePort): Result<LedgerCheckOutput> {
  waitFor(shared, CONTROL.state, STATE.agreed, () => undefined);
  let looks = 0;
  return lookAtLedger(paths, (look): LedgerCheckOutput => {
    if (++looks > 1 || look.how.salvaged) return moved;
    const beside = readBeside(look);
    port.postMessage(beside, buffersOf(beside));
    port.close();
    announce(shared, CONTROL.beside, 1);
    hashSpans(look, shared, () => undefined);
    const pages = checkPages(look, fileBytes(paths));
    announce(shared, CONTROL.pages, pages === null ? 1 : pages.sound ? 2 : 3);
    return { step: 'done' };
  });
}

type Ends = { readonly first: number; readonly last: number; readonly hash: string };

/** First and last entry; null where their numbers are no exact ones here, or there is none. */
function endsOf(look: LedgerLook): Ends | null {
  const end = look.db.prepare<[], readonly [unknown, unknown]>(
    `${look.select('event_log', ['seq', 'event_hash'])} ORDER BY seq LIMIT 1`,
  );
  const other = look.db.prepare<[], readonly [unknown, unknown]>(
    `${look.select('event_log', ['seq', 'event_hash'])} ORDER BY seq DESC LIMIT 1`,
  );
  const first = end.raw().get()?.[0];
  const [last, hash] = other.raw().get() ?? [];
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return null;
  return { first: Number(first), last: Number(last), hash: columnText(hash) };
}

/** The verdict of what both threads hashed; null where they did not hash what this one read. */
function sharedVerdict(look: LedgerLook, shared: Shared, ends: Ends): ChainVerdict | null {
  const read = Atomics.load(shared.control, CONTROL.read);
  if (Atomics.load(shared.control, CONTROL.hashed) !== read) return null;
  const count = Atomics.load(shared.control, CONTROL.broken);
  // More than there is room for: which are the first ones is not known.
  if (count > shared.broken.length) return null;
  const breaks = brokenEntries(look, shared);
  return breaks === null ? null : chainVerdict(read, breaks, 0, { seq: ends.last, hash: ends.hash });
}

function fileBytes(paths: LedgerPaths): number {
  return statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
}
