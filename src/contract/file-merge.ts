import type { MergeDocument } from './merge.ts';

/** Edits whose files changed on disk meanwhile, as documents to resolve: `ours` is the edit, `theirs` the disk. */
export type FileMerge = {
  /** names this merge: the same edits and disk have the same */
  readonly merge: string;
  readonly documents: readonly MergeDocument[];
  /** the path of each document, in the same order */
  readonly paths: readonly string[];
  readonly conflicts: number;
  readonly notes: readonly string[];
};
