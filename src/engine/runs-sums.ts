import type { RunSums, RunTotals } from '../contract/compare.ts';
import { runJob } from '../core/jobs/run.ts';
import type { Result } from '../core/result.ts';
import { limits } from '../core/storage/limits.ts';
import { addSums, outcomeDiffers, sumsOf, type Sums } from '../core/vek/compare/sums.ts';
import { partialSums } from '../core/vek/compare/words.ts';
import { toTransfer } from '../core/vek/index-read.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { lookAtVek } from '../core/vek/store.ts';
import { linkOfNode, nameOfEnd } from './runs-rows.ts';
import type { KeptComparison } from './runs.ts';

/** Sums that are there with the comparison, or have to be asked for. */
export type SumsNow =
  { readonly state: 'inline'; readonly sums: Result<RunSums> } | { readonly state: 'later' };

/** What runs came to. Of a run that grew only what is new is read. */
export type RunSumsReader = {
  inline(comparison: KeptComparison): Result<RunSums>;
  beside(comparison: KeptComparison, signal?: AbortSignal): Promise<Result<RunSums>>;
};

/** Bytes of contents that are read for one side. */
const SIDE_BYTES = limits.compareSumBytes / 2;
/** Runs of which sums are remembered. */
const REMEMBERED = 16;

/** Of one side: what is known of its beginning, and the calls after it. */
type Rest = { readonly before: Known | null; readonly nodes: Int32Array };
type Known = { readonly shared: object; readonly nodes: Int32Array; readonly sums: Sums };

/** `progress` is told of what is read beside the engine. */
export function createRunSums(
  paths: RepositoryPaths,
  progress: (done: number, total: number) => void,
): RunSumsReader {
  let known: readonly Known[] = [];

  /** The longest beginning of a run that was summed up whole. */
  function beginning(shared: object, nodes: Int32Array): Known | null {
    let best: Known | null = null;
    for (const one of known) {
      const fits =
        one.shared === shared && one.nodes.length <= nodes.length && one.sums.read === one.sums.calls;
      if (!fits || one.nodes.length <= (best?.nodes.length ?? 0)) continue;
      if (one.nodes.every((node, i) => node === nodes[i])) best = one;
    }
    return best;
  }

  function restOf(comparison: KeptComparison): readonly Rest[] {
    const { shared } = comparison.graph.index;
    return [comparison.found.parted.a, comparison.found.parted.b].map((nodes) => {
      const before = beginning(shared, nodes);
      return { before, nodes: nodes.subarray(before?.nodes.length ?? 0) };
    });
  }

  function read({ graph }: KeptComparison, rest: readonly Rest[]): Result<readonly Sums[]> {
    return lookAtVek(paths, (s) => rest.map(({ nodes }) => sumsOf(s, graph.index, nodes, SIDE_BYTES)));
  }

  function learn(comparison: KeptComparison, rest: readonly Rest[], more: readonly Sums[]): readonly Sums[] {
    const { shared } = comparison.graph.index;
    return [comparison.found.parted.a, comparison.found.parted.b].map((nodes, side) => {
      const first = rest[side]!.before;
      const sums = first === null ? more[side]! : addSums(first.sums, more[side]!);
      if (nodes.length > 0)
        known = [{ shared, nodes, sums }, ...known.filter((one) => one !== first)].slice(0, REMEMBERED);
      return sums;
    });
  }

  function finish(comparison: KeptComparison, [a, b]: readonly Sums[]): Result<RunSums> {
    const { graph, found, ignore } = comparison;
    const { parted } = found;
    return lookAtVek(paths, (s): RunSums => {
      const total = (sums: Sums, nodes: Int32Array, tip: number): RunTotals => ({
        ...sums,
        last: nodes.length === 0 ? null : linkOfNode(s, graph, tip),
      });
      const both = parted.a.length > 0 && parted.b.length > 0;
      const ends = { a: comparison.a.node, b: comparison.b.node };
      return {
        a: total(a!, parted.a, ends.a),
        b: total(b!, parted.b, ends.b),
        outcome: both ? outcomeDiffers(s, graph.index, ends, ignore) : null,
        notes: [
          ...partialSums(nameOfEnd(comparison.a), a!.read, a!.calls),
          ...partialSums(nameOfEnd(comparison.b), b!.read, b!.calls),
        ],
      };
    });
  }

  return {
    inline(comparison) {
      const rest = restOf(comparison);
      const more = read(comparison, rest);
      return more.ok ? finish(comparison, learn(comparison, rest, more.value)) : more;
    },
    async beside(comparison, signal) {
      const rest = restOf(comparison);
      const calls = rest.reduce((sum, { nodes }) => sum + nodes.length, 0);
      const lists = rest.map(({ nodes }) => ({ nodes: nodes.slice(), mostBytes: SIDE_BYTES }));
      const more =
        calls <= limits.failuresInlineCalls
          ? read(comparison, rest)
          : await runJob(
              'vek.compare-sums',
              { paths, index: toTransfer(comparison.graph.index), lists },
              { signal, onProgress: ({ done, total }) => progress(done, total) },
            );
      return more.ok ? finish(comparison, learn(comparison, rest, more.value)) : more;
    },
  };
}
