import type { DocumentRule } from '../../../contract/merge.ts';
import type { GraphIndex } from '../../graph/index.ts';
import { fail, type Result } from '../../result.ts';
import type { VekLook } from '../store.ts';
import type { Analysis, BranchTip } from './analysis.ts';

/** A merge to analyse: `from` into `into`. `rules`: what was chosen to count as one document, by tool. */
export type MergeQuestion = {
  readonly into: BranchTip;
  readonly from: BranchTip;
  readonly rules: ReadonlyMap<string, DocumentRule>;
  /** told now and then: calls read so far, and how many there are to read as far as that is known */
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * The documents of both runs since their best common calls, merged three ways (design §3). `index` is of the same
 * store as the look. Fails with `not-found` (a tip is not in the index), `conflict` (the store is not the one that was
 * indexed) or `too-large`.
 */
export function analyseMerge(s: VekLook, index: GraphIndex, question: MergeQuestion): Result<Analysis> {
  return fail('refused', `${s.paths.root} ${index.count} ${question.into.name}`, '');
}
