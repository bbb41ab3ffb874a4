import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { ComparedRow, Ignore, RunComparison, RunSums } from '../contract/compare.ts';
import type { CallRow } from '../contract/vek.ts';
import { aheadBehind } from '../core/graph/ancestors.ts';
import { encodeShape } from '../core/graph/aligned-shape.ts';
import { runJob } from '../core/jobs/run.ts';
import { ignoresNothing } from '../core/json/ignored.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { compareRuns, type ComparedRuns } from '../core/vek/compare/compare-runs.ts';
import { commonCalls } from '../core/vek/compare/divergence.ts';
import { findEnd, type End } from '../core/vek/compare/ends.ts';
import { toTransfer } from '../core/vek/index-read.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import { createRunSums, type SumsNow } from './runs-sums.ts';
import { aheadNotes, commonRows, comparedRows, endOf, linkOfNode } from './runs-rows.ts';
import type { VekGraph } from './vek-graph.ts';

/** Answers `contract.compare` for one repository. */
export type Runs = {
  compare(a: string, b: string, ignore: Ignore, signal?: AbortSignal): Promise<Result<RunComparison>>;
  rows(comparison: string, start: number, count: number): Promise<Result<readonly ComparedRow[]>>;
  common(comparison: string, start: number, count: number): Promise<Result<readonly CallRow[]>>;
  sums(comparison: string, signal?: AbortSignal): Promise<Result<RunSums>>;
};

export type RunsScene = {
  readonly paths: RepositoryPaths;
  graph(): Promise<Result<VekGraph>>;
  progress(work: 'compare' | 'sums', done: number, total: number): void;
};

/** A comparison that was made; `graph` is the one that its nodes are numbers of. */
export type KeptComparison = {
  readonly id: string;
  readonly graph: VekGraph;
  readonly a: End;
  readonly b: End;
  readonly ignore: Ignore;
  readonly found: ComparedRuns;
  common: Int32Array | null;
};

/** Stores up to this size are read in the engine's own thread. */
const INLINE_BYTES = 16 * 1024 * 1024;

/** The comparisons of one repository. The latest are kept, so that their rows can be asked for. */
export function createRuns(scene: RunsScene): Runs {
  const { paths } = scene;
  const kept = new Map<string, KeptComparison>();
  const running = new Map<string, Promise<Result<ComparedRuns>>>();
  const sums = createRunSums(paths, (done, total) => scene.progress('sums', done, total));

  const isLarge = (): boolean => (statSync(paths.db, { throwIfNoEntry: false })?.size ?? 0) > INLINE_BYTES;

  async function find(
    id: string,
    graph: VekGraph,
    ends: { readonly a: number; readonly b: number },
    ignore: Ignore,
    signal: AbortSignal | undefined,
  ): Promise<Result<ComparedRuns>> {
    const { ahead, behind } = aheadBehind(graph.index, ends.a, ends.b);
    const few = ahead + behind <= (isLarge() ? limits.compareInlineLarge : limits.compareInlineCalls);
    if (few && (ignoresNothing(ignore) || !isLarge())) {
      return lookAtVek(paths, (s) => compareRuns(s, graph.index, graph.order, ends, ignore));
    }
    const before = running.get(id);
    if (before !== undefined) {
      const found = await before;
      if (found.ok || found.error.kind !== 'cancelled' || signal?.aborted === true) return found;
    }
    const { order } = graph;
    const job = runJob(
      'vek.compare',
      { paths, index: toTransfer(graph.index), order, ends, rules: ignore },
      { signal, onProgress: ({ done, total }) => scene.progress('compare', done, total) },
    );
    running.set(id, job);
    const made = await job;
    if (running.get(id) === job) running.delete(id);
    return made;
  }

  function keep(comparison: KeptComparison): void {
    kept.delete(comparison.id);
    kept.set(comparison.id, comparison);
    for (const old of kept.keys()) {
      if (kept.size <= limits.comparisonsKept) break;
      kept.delete(old);
    }
  }

  function known(id: string): Result<KeptComparison> {
    const comparison = kept.get(id);
    if (comparison === undefined) {
      return fail('not-found', 'This comparison is too old.', 'Compare the two runs again.');
    }
    keep(comparison);
    return ok(comparison);
  }

  function sumsNow(comparison: KeptComparison): SumsNow {
    const { parted } = comparison.found;
    const few = parted.a.length + parted.b.length <= limits.compareInlineCalls && !isLarge();
    return few ? { state: 'inline', sums: sums.inline(comparison) } : { state: 'later' };
  }

  return {
    async compare(a, b, ignore, signal) {
      const graph = await scene.graph();
      if (!graph.ok) return graph;
      const { index, refs } = graph.value;
      const looked = lookAtVek(
        paths,
        (s) => [findEnd(s, refs, index, a), findEnd(s, refs, index, b)] as const,
      );
      if (!looked.ok) return looked;
      const [one, two] = looked.value;
      if (!one.ok) return one;
      if (!two.ok) return two;
      const rules = { ...ignore, fields: [...new Set(ignore.fields)].toSorted() };
      const id = nameOf(graph.value, one.value, two.value, rules);
      let comparison = kept.get(id);
      if (comparison === undefined) {
        const ends = { a: one.value.node, b: two.value.node };
        const found = await find(id, graph.value, ends, rules, signal);
        if (!found.ok) return found;
        comparison = {
          id,
          graph: graph.value,
          a: one.value,
          b: two.value,
          ignore: rules,
          found: found.value,
          common: null,
        };
      }
      // The refs may be others now although the calls are the same.
      comparison = { ...comparison, graph: graph.value, a: one.value, b: two.value };
      keep(comparison);
      return answer(paths, comparison, sumsNow(comparison));
    },
    async rows(id, start, count) {
      const comparison = known(id);
      return comparison.ok ? comparedRows(paths, comparison.value, start, count) : comparison;
    },
    async common(id, start, count) {
      const comparison = known(id);
      if (!comparison.ok) return comparison;
      const { graph, a, b } = comparison.value;
      comparison.value.common ??= commonCalls(graph.index, graph.order, a.node, b.node);
      return commonRows(paths, graph, comparison.value.common, start, count);
    },
    async sums(id, signal) {
      const comparison = known(id);
      return comparison.ok ? sums.beside(comparison.value, signal) : comparison;
    },
  };
}

const generations = new WeakMap<object, number>();
let lastGeneration = 0;

/** Names a comparison by what decides it: the two calls, the rules, and which numbers the nodes have. */
function nameOf({ index }: VekGraph, a: End, b: End, ignore: Ignore): string {
  let generation = generations.get(index.shared);
  if (generation === undefined) generations.set(index.shared, (generation = lastGeneration += 1));
  const text = JSON.stringify([generation, a.hash, b.hash, ignore]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function answer(paths: RepositoryPaths, comparison: KeptComparison, now: SumsNow): Result<RunComparison> {
  const { id, graph, a, b, found } = comparison;
  const { parted, rows, counts, firstDifference } = found;
  const totals = now.state === 'inline' ? now.sums : ok(null);
  if (!totals.ok) return totals;
  return lookAtVek(paths, (s): RunComparison => {
    const [fork] = parted.bases;
    return {
      comparison: id,
      a: endOf(graph, a),
      b: endOf(graph, b),
      fork: fork === undefined ? null : linkOfNode(s, graph, fork),
      forks: parted.bases.length,
      shared: parted.shared,
      sharedSinceMicros: parted.sharedSinceMicros,
      rows: rows.kinds.length,
      shape: encodeShape(rows.kinds),
      ...counts,
      firstDifference,
      totals: totals.value,
      notes: aheadNotes(comparison),
    };
  });
}
