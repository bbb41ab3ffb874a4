import { statSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { Result } from '../../result.ts';
import type { JobHandler } from '../../jobs/serve-jobs.ts';
import { chainVerdict } from '../chain/detail.ts';
import { createWalk } from '../chain/walk.ts';
import type { ChainVerdict } from '../chain/verdict.ts';
import { columnText } from '../entry.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger, type LedgerLook } from '../store.ts';
import { joinBeside, type CallPart } from '../cross/beside.ts';
import type { StreamFacts } from '../cross/stream-facts.ts';
import { conclude, type Verdicts } from './conclude.ts';
import { brokenEntries } from './breaks.ts';
import { crossCheckOf } from './cross-pieces.ts';
import { gather } from './gather.ts';
import { isNumbered } from './log-rows.ts';
import { readAll } from './read-all.ts';
import { inbox, sendResults, sendSpans, tellSent } from './send.ts';
import { announce, CONTROL, STATE, waitFor, type Shared } from './shared.ts';
import { checkPages, type Pages } from './start-check.ts';
import { agreeOnCalls, doTask, takeTask, type TaskResult } from './tasks.ts';
import type { CheckTerms, LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress } from './types.ts';

type Report = (progress: LedgerCheckProgress) => void;

const moved: LedgerCheckOutput = { step: 'moved' };

/** The job `aex.check`: a check in one thread, or the part of one thread of several (see `LedgerCheckInput`). */
export const ledgerCheckJob: JobHandler<LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress> = (
  input,
  { progress },
) => {
  if (input.step === 'whole') return checkWhole(input.terms, progress);
  if (input.step === 'read') return readPart(input.terms, input.shared, input.ports, progress);
  return helpPart(input.paths, input.shared, input.port);
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
      checked: conclude(look, terms, {
        chain: walk.verdict(),
        replay,
        cross,
        pages,
        beside: null,
        rules: null,
      }),
    };
  });
}

/**
 * The thread that puts everything together. Its look comes first and says up to which entry all go; those of the others are
 * of the same moment or a later one, which holds the same entries unless somebody removed some.
 */
function readPart(
  terms: CheckTerms,
  shared: Shared,
  ports: readonly MessagePort[],
  report: Report,
): Result<LedgerCheckOutput> {
  let looks = 0;
  return lookAtLedger(terms.paths, (look): LedgerCheckOutput => {
    if (++looks > 1 || look.how.salvaged || look.has('event_log', 'chain_partition')) return moved;
    const ends = isNumbered(look) ? endsOf(look) : null;
    if (ends === null) return moved;
    shared.ends.set([ends.first, ends.last]);
    agreeOnCalls(look, shared);
    announce(shared, CONTROL.state, STATE.agreed);
    const total = look.counts().entries;
    const tell = (): void =>
      report({ done: Math.min(total, Atomics.load(shared.control, CONTROL.read)), total });
    const others = inbox(ports);
    const { results } = others;
    if (ports.length === 0) doTasks(look, shared, terms, results);
    const gathered = gather(look, crossCheckOf(look, terms), shared, {
      inbox: others,
      others: ports.length,
      tick: tell,
    });
    for (const port of ports) port.close();
    tell();
    const chain = gathered.count === total ? sharedVerdict(look, shared, ends, total) : null;
    if (chain === null) return moved;
    const replay = gathered.verdict();
    const { cross } = gathered;
    const beside = joinResults(results);
    return { step: 'checked', checked: conclude(look, terms, { chain, replay, cross, ...beside }) };
  });
}

/** Does the tasks that no other thread does. */
function doTasks(look: LedgerLook, shared: Shared, terms: CheckTerms, results: TaskResult[]): void {
  for (let task = takeTask(shared); task !== null; task = takeTask(shared)) {
    results.push(doTask(look, shared, task, fileBytes(terms.paths)));
  }
}

/** One of the other threads: reads what stands beside the entries first, and then spans. */
function helpPart(paths: LedgerPaths, shared: Shared, port: MessagePort): Result<LedgerCheckOutput> {
  waitFor(shared, CONTROL.state, STATE.agreed, () => undefined);
  let looks = 0;
  return lookAtLedger(paths, (look): LedgerCheckOutput => {
    if (++looks > 1 || look.how.salvaged) return moved;
    sendResults(look, shared, port, fileBytes(paths));
    sendSpans(look, shared, port);
    port.close();
    Atomics.add(shared.control, CONTROL.ended, 1);
    tellSent(shared);
    return { step: 'done' };
  });
}

/** All tasks together. */
function joinResults(results: readonly TaskResult[]): Pick<Verdicts, 'beside' | 'rules' | 'pages'> {
  let stream: StreamFacts | null = null;
  let words: readonly string[] = [''];
  let rules: Verdicts['rules'] = null;
  let pages: Pages = null;
  const parts: CallPart[] = [];
  for (const result of results) {
    if (result.task === 'stream') ({ stream, words } = result);
    else if (result.task === 'rules') ({ rules } = result);
    else if (result.task === 'pages') ({ pages } = result);
    else parts[result.index] = result.part;
  }
  return { beside: joinBeside(stream, words, parts), rules, pages };
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

/** The verdict of what both threads hashed; null where the entries moved in between. */
function sharedVerdict(look: LedgerLook, shared: Shared, ends: Ends, entries: number): ChainVerdict | null {
  const count = Atomics.load(shared.control, CONTROL.broken);
  // More than there is room for: which are the first ones is not known.
  if (count > shared.broken.length) return null;
  const breaks = brokenEntries(look, shared);
  return breaks === null ? null : chainVerdict(entries, breaks, 0, { seq: ends.last, hash: ends.hash });
}

function fileBytes(paths: LedgerPaths): number {
  return statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0;
}
