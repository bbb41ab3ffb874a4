import type { GraphIndex } from '../../graph/index.ts';
import type { IgnoreRules } from '../../json/ignored.ts';
import type { JobHandler } from '../../jobs/serve-jobs.ts';
import type { RepositoryPaths } from '../paths.ts';
import { lookAtVek } from '../store.ts';
import { compareRuns, type ComparedRuns } from './compare-runs.ts';
import { sumsOf, type Sums } from './sums.ts';

/** `order`: all nodes, newest first, as the graph shows them. */
export type CompareJobInput = {
  readonly paths: RepositoryPaths;
  readonly index: GraphIndex;
  readonly order: Int32Array;
  readonly ends: { readonly a: number; readonly b: number };
  readonly rules: IgnoreRules;
};
export type CompareJobProgress = { readonly done: number; readonly total: number };

/** `vek.compare`: two runs side by side, beside the caller's thread. */
export const compareJob: JobHandler<CompareJobInput, ComparedRuns, CompareJobProgress> = (
  { paths, index, order, ends, rules },
  context,
) =>
  lookAtVek(paths, (s) =>
    compareRuns(s, index, order, ends, rules, (done, total) => context.progress({ done, total })),
  );

/** Lists of nodes, each summed up to so many bytes. */
export type SumsJobInput = {
  readonly paths: RepositoryPaths;
  readonly index: GraphIndex;
  readonly lists: readonly { readonly nodes: Int32Array; readonly mostBytes: number }[];
};

/** `vek.compare-sums`: what lists of calls came to, beside the caller's thread. */
export const sumsJob: JobHandler<SumsJobInput, readonly Sums[], CompareJobProgress> = (
  { paths, index, lists },
  context,
) => {
  const total = lists.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return lookAtVek(paths, (s) => {
    let before = 0;
    return lists.map(({ nodes, mostBytes }) => {
      const from = before;
      before += nodes.length;
      return sumsOf(s, index, nodes, mostBytes, (done) => context.progress({ done: from + done, total }));
    });
  });
};
