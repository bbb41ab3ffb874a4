import type { CheckReport, Problem, VekOverview } from '../contract/vek.ts';
import type { CheckEvent } from '../contract/workspace.ts';
import { limits } from '../core/storage/limits.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { runCheck } from './vek-check.ts';
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
  close(): void;
};

/** Milliseconds after a change before an unasked check, so that the window is served first. */
const AFTER_MS = 300;

type Done = {
  readonly report: CheckReport;
  readonly atMicros: number;
  readonly revision: number;
  readonly repository: string;
};

/** Differs when another repository was put in the place of this one: then no check speaks of it. */
function repositoryOf({ graph }: LiveState): string {
  return graph === null ? '' : `${graph.index.keyHigh[0]} ${graph.index.keyLow[0]}`;
}

function keyOf({ kind, hash, ref }: Problem): string {
  return `${kind} ${hash} ${ref}`;
}

/** `now` is the repository as it is; `found` is called when a check has ended. */
export function createChecks(paths: RepositoryPaths, now: () => LiveState, found: () => void): Checks {
  const closing = new AbortController();
  let newest: Done | null = null;
  let timer: NodeJS.Timeout | null = null;

  function current(): Done | null {
    return newest?.repository === repositoryOf(now()) ? newest : null;
  }

  async function* run(signal?: AbortSignal): AsyncGenerator<CheckEvent, void, void> {
    const { revision } = now();
    const repository = repositoryOf(now());
    for await (const event of runCheck(paths, signal)) {
      if (event.type === 'report') {
        newest = { report: event.report, atMicros: event.atMicros, revision, repository };
        found();
      }
      yield event;
    }
  }

  function soon(): void {
    const { graph, revision } = now();
    if (graph === null || graph.index.count > limits.checkUnaskedCalls || timer !== null) return;
    const done = current();
    if (done?.revision === revision) return;
    const since = done === null ? Infinity : Date.now() - done.atMicros / 1000;
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
      const known = new Set(done.report.problems.map(keyOf));
      return [...done.report.problems, ...problems.filter((problem) => !known.has(keyOf(problem)))];
    },
    last() {
      const done = current();
      if (done === null) return null;
      const { atMicros, report, revision } = done;
      const { nodes, objects } = report.checked;
      return { atMicros, ok: report.ok, nodes, objects, stale: revision !== now().revision };
    },
    close() {
      closing.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
