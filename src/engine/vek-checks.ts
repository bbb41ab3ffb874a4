import type { LastCheck } from '../contract/integrity.ts';
import type { Problem } from '../contract/problem.ts';
import type { VekOverview } from '../contract/vek.ts';
import type { CheckEvent } from '../contract/workspace.ts';
import { limits } from '../core/storage/limits.ts';
import { storeSignature } from '../core/storage/signature.ts';
import type { FinishedCheck } from '../core/vek/evidence.ts';
import { verified } from '../core/vek/check-sound.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { runCheck, type CheckEnd } from './vek-check.ts';
import type { LiveState } from './vek-live.ts';

/** The full checks of one open repository: asked for by a person, or unasked where it is small. */
export type Checks = {
  /** checks now and tells how far it is */
  run(signal?: AbortSignal): AsyncGenerator<CheckEvent, void, void>;
  /** the repository changed: an unasked check follows */
  soon(): void;
  /** what the newest check found, together with what shows without one */
  problems(): readonly Problem[];
  last(): VekOverview['lastCheck'];
  /** the newest check with what it found to hold */
  lastCheck(): LastCheck | null;
  /** the newest report where it is of the very state that the files are in, else null */
  reportNow(): FinishedCheck | null;
  close(): void;
};

/** Milliseconds after a change before an unasked check, so that the window is served first. */
const AFTER_MS = 300;

type Done = Omit<FinishedCheck, 'signature'> & {
  readonly revision: number;
  readonly repository: string;
  /** calls in the store when it began */
  readonly calls: number;
  /** of the files, when it began and when it ended; null when they moved meanwhile */
  readonly signature: string | null;
};

/** Differs when another repository was put in the place of this one: then no check speaks of it. */
function repositoryOf({ graph }: LiveState): string {
  return graph === null ? '' : `${graph.index.keyHigh[0]} ${graph.index.keyLow[0]}`;
}

/** What every look at the store shows without a check: of these, one that went is gone although the check is older. */
const SEEN_LIVE: ReadonlySet<Problem['kind']> = new Set(['ref-dangling', 'head-missing', 'head-unreadable']);

function keyOf({ kind, hash, ref }: Problem): string {
  return `${kind} ${hash} ${ref}`;
}

/** `now` is the repository as it is; `found` is called when a check has ended. */
export function createChecks(paths: RepositoryPaths, now: () => LiveState, found: () => void): Checks {
  const closing = new AbortController();
  let newest: Done | null = null;
  let timer: NodeJS.Timeout | null = null;
  let joined: {
    readonly done: Done;
    readonly opening: readonly Problem[];
    readonly all: readonly Problem[];
  } | null = null;

  function current(): Done | null {
    return newest?.repository === repositoryOf(now()) ? newest : null;
  }

  async function* run(signal?: AbortSignal): AsyncGenerator<CheckEvent, void, void> {
    const { revision, graph } = now();
    const repository = repositoryOf(now());
    const startedMicros = Date.now() * 1000;
    const signature = storeSignature(paths.db);
    const ended = ({ report, atMicros }: CheckEnd): void => {
      newest = {
        report,
        startedMicros,
        endedMicros: atMicros,
        revision,
        repository,
        calls: graph?.index.count ?? report.checked.nodes,
        signature: signature === storeSignature(paths.db) ? signature : null,
      };
      found();
    };
    yield* runCheck(paths, signal, ended);
  }

  function soon(): void {
    const { graph, revision } = now();
    if (graph === null || graph.index.count > limits.checkUnaskedCalls || timer !== null) return;
    const done = current();
    if (done?.revision === revision) return;
    const since = done === null ? Infinity : Date.now() - done.endedMicros / 1000;
    timer = setTimeout(() => void unasked(), Math.max(AFTER_MS, limits.checkUnaskedEveryMs - since));
    timer.unref();
  }

  async function unasked(): Promise<void> {
    let reported = false;
    for await (const event of run(closing.signal)) reported = event.type === 'report';
    timer = null;
    if (reported) soon();
  }

  return {
    run,
    soon,
    problems() {
      const { problems } = now();
      const done = current();
      if (done === null) return problems;
      if (joined?.done === done && joined.opening === problems) return joined.all;
      const known = new Set(done.report.problems.map(keyOf));
      const seen = new Set(problems.map(keyOf));
      const stale = done.revision !== now().revision;
      const kept = stale
        ? done.report.problems.filter((problem) => !SEEN_LIVE.has(problem.kind) || seen.has(keyOf(problem)))
        : done.report.problems;
      const all = [
        ...kept,
        ...problems.filter((problem) => !known.has(keyOf(problem)) && problem.kind !== 'more'),
      ];
      joined = { done, opening: problems, all };
      return all;
    },
    last() {
      const done = current();
      if (done === null) return null;
      const { endedMicros, report, revision } = done;
      const { nodes, objects } = report.checked;
      return { atMicros: endedMicros, ok: report.ok, nodes, objects, stale: revision !== now().revision };
    },
    lastCheck() {
      const done = current();
      if (done === null) return null;
      const { startedMicros, endedMicros, revision, calls } = done;
      const { ok, checked, sound, notChecked, problems } = done.report;
      const { revision: nowRevision, graph } = now();
      const more = (graph?.index.count ?? 0) - calls;
      return {
        ok,
        checked,
        sound,
        notChecked,
        startedMicros,
        endedMicros,
        stale: revision !== nowRevision,
        newCalls: revision !== nowRevision && more > 0 ? more : null,
        verified: verified(checked, problems),
      };
    },
    reportNow() {
      const done = current();
      if (done === null || done.signature === null) return null;
      return done.signature === storeSignature(paths.db) ? { ...done, signature: done.signature } : null;
    },
    close() {
      closing.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
