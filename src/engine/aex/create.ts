import { createHash } from 'node:crypto';
import type { Source, SourceState, EngineEvent } from '../../contract/workspace.ts';
import type { Problem } from '../../contract/problem.ts';
import { formMasker } from '../../core/aex/secrets.ts';
import { thrown } from '../../core/log/frames.ts';
import type { Log } from '../../core/log/log.ts';
import { ok } from '../../core/result.ts';
import type { FoundLedger } from '../../core/workspace/inspect.ts';
import { watchLedger } from '../../core/workspace/watch.ts';
import type { EngineOptions } from '../options.ts';
import { createAnswers } from './answers.ts';
import { createLedgerChecks } from './checks.ts';
import { createLedgerLive, isLarge, type LedgerState } from './live.ts';
import { summaryLine } from './overview.ts';
import { problemsOf } from './problems.ts';
import { createPolicyCounts } from './policy-counts.ts';
import { proofFile } from './proof-file.ts';
import { createPulse } from './pulse.ts';
import { createScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

/** How long opening waits for the first look: a small ledger is there with the window, a large one follows. */
const OPEN_MS = 200;
/** The shortest time between two readings while a daemon writes, in ms: what is new shows well within half a second. */
const REST_MS = 150;
/** How long after its last entry a ledger counts as being written, in ms. */
const WRITING_MS = 5_000;

/** Opens a ledger. Nothing is read before `opened`, and nothing is ever written into it. */
export function createLedgerSession(
  store: FoundLedger,
  options: EngineOptions,
  log: Log,
  hearRaw: (event: EngineEvent) => void,
): LedgerSession {
  const { paths } = store;
  const id = `aex-${createHash('sha256').update(store.path).digest('hex').slice(0, 12)}`;
  const begun = performance.now();
  let toldState: string | null = null;
  let loggedRead: string | null = null;
  const masker = () => live.now().brief?.masker ?? formMasker;
  const hear = (event: EngineEvent): void => hearRaw(masker().deep(event));

  const writing = createPulse(WRITING_MS, () => live.touch());
  const live = createLedgerLive(paths, options.dataDir, {
    changed() {
      writing.look(live.now().brief?.last ?? null);
      hear({ type: 'source-changed', source: id, revision: live.now().revision });
      logRead();
      tellState();
      checks.soon();
    },
    progress: (done, total) => hear({ type: 'progress', source: id, work: 'ledger', done, total }),
    rebuilt: () => checks.rebuilt(),
    fault: (error) => log.fault('ledger-not-read', thrown(error)),
  });
  const checks = createLedgerChecks({
    paths,
    dataDir: options.dataDir,
    now: () => live.now(),
    changed() {
      live.touch();
    },
  });
  const refreshes = createPaced(REST_MS, () => live.refresh());
  const stopWatching = watchLedger(paths, ({ prices }) => {
    if (prices) live.touch();
    refreshes.soon();
  });
  const policies = createPolicyCounts(paths);
  const scene = createScene({ paths, options, live, checks, writing, policies });

  /** Notes the first reading, and each way in which the ledger can't be read. */
  function logRead(): void {
    const { brief, index, failure, indexFailure } = live.now();
    const wrong = failure ?? indexFailure;
    const told = wrong?.kind ?? (index === null ? null : 'read');
    if (told === null || told === loggedRead) return;
    loggedRead = told;
    const ms = Math.round(performance.now() - begun);
    if (wrong !== null) log.write('warn', 'unreadable', { failure: wrong.kind, ms });
    else if (brief !== null) {
      log.write('info', 'read', { entries: brief.counts.event_log.count, agents: brief.accounts.length, ms });
    }
  }

  function describe(): Source {
    const now = live.now();
    const problems = problemsOf(checks.last(), checks.stale(), now.brief);
    const wrong = now.failure ?? now.indexFailure;
    return masker().deep({
      id,
      kind: 'aex',
      name: store.name,
      path: store.path,
      state: stateOf(now, problems),
      summary: wrong?.message ?? (now.brief === null ? 'being read' : summaryLine(now.brief)),
      problems,
    });
  }

  function tellState(): void {
    const source = describe();
    const text = JSON.stringify([source.state, source.summary, source.problems]);
    if (text === toldState) return;
    toldState = text;
    hear({ type: 'source-state', source });
  }

  async function open(): Promise<readonly string[]> {
    const reading = live.refresh();
    const brief = await live.brief();
    if (brief.ok && isLarge(brief.value)) return [];
    await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, OPEN_MS))]);
    return [];
  }

  return {
    kind: 'aex',
    id,
    name: store.name,
    paths,
    opened: open(),
    describe,
    answers: createAnswers(scene),
    withhold: (value) => masker().deep(value),
    async *verify(signal) {
      for await (const event of checks.run(signal)) yield masker().deep(event);
    },
    proof: (signal) => proofFile(paths, options, checks, signal),
    stopReading() {
      live.stop();
      return ok(null);
    },
    readAgain() {
      live.again();
      return ok(null);
    },
    reopen() {
      const { failure, indexFailure } = live.now();
      const kind = failure?.kind ?? indexFailure?.kind;
      if (kind === 'cancelled' || kind === 'io' || kind === 'busy') live.again();
    },
    close() {
      refreshes.close();
      writing.close();
      checks.close();
      policies.close();
      stopWatching();
      live.close();
    },
  };
}

/** What is so with a ledger, in one word. */
export function stateOf(
  { failure, indexFailure, brief, index }: LedgerState,
  problems: readonly Problem[],
): SourceState {
  switch ((failure ?? indexFailure)?.kind) {
    case undefined:
      break;
    case 'not-found':
      return 'gone';
    case 'cancelled':
      return 'stopped';
    default:
      return 'unreadable';
  }
  if (brief === null || index === null) return 'loading';
  return problems.some(({ severity }) => severity === 'error') ? 'damaged' : 'ok';
}

/** Does a work soon after it is asked for, and not again before a rest. */
function createPaced(restMs: number, work: () => Promise<void>) {
  let timer: NodeJS.Timeout | null = null;
  let ended = 0;
  let running = false;
  let again = false;
  let closed = false;
  const soon = (): void => {
    if (closed || timer !== null) return;
    if (running) {
      again = true;
      return;
    }
    timer = setTimeout(
      () => {
        timer = null;
        running = true;
        void work().finally(() => {
          running = false;
          ended = Date.now();
          if (again) soon();
          again = false;
        });
      },
      Math.max(0, ended + restMs - Date.now()),
    );
  };
  return {
    soon,
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
