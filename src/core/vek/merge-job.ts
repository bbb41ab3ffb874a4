import type { DocumentRule } from '../../contract/merge.ts';
import type { GraphIndex } from '../graph/index.ts';
import type { JobHandler } from '../jobs/serve-jobs.ts';
import type { Result } from '../result.ts';
import { fromTransfer, readIndexIn } from './index-read.ts';
import { analyseMerge } from './merge/analyse.ts';
import type { Analysis, BranchTip } from './merge/analysis.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';

/** A merge to analyse. `index`: of the same store, of any age. */
export type MergeJobInput = {
  readonly paths: RepositoryPaths;
  readonly index: GraphIndex;
  readonly into: BranchTip;
  readonly from: BranchTip;
  readonly rules: readonly (readonly [tool: string, rule: DocumentRule])[];
};

/** Calls read so far, of those that only the two sides have. */
export type MergeJobProgress = { readonly done: number; readonly total: number };

/** The job `vek.merge`: the analysis of a merge of many calls or large outputs. */
export const mergeJob: JobHandler<MergeJobInput, Analysis, MergeJobProgress> = (
  { paths, index, into, from, rules },
  { progress },
): Result<Analysis> => {
  const looked = lookAtVek(paths, (s) =>
    analyseMerge(s, readIndexIn(s, fromTransfer(index)), {
      into,
      from,
      rules: new Map(rules),
      onProgress: (done, total) => progress({ done, total }),
    }),
  );
  return looked.ok ? looked.value : looked;
};
