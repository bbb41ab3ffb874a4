import { ok } from '../result.ts';
import type { GraphIndex } from '../graph/index.ts';
import type { JobHandler } from '../jobs/serve-jobs.ts';
import { dropIndex, openIndex, saveIndex } from './index-cache.ts';
import { toTransfer } from './index-read.ts';
import type { RepositoryPaths } from './paths.ts';

/** `anew`: what the app folder holds is not to be used. */
export type IndexJobInput = {
  readonly paths: RepositoryPaths;
  readonly dataDir: string;
  readonly anew: boolean;
};
export type IndexJobOutput = { readonly data: GraphIndex; readonly signature: string };
export type IndexJobProgress = { readonly done: number; readonly total: number };

/** Reads the index of a repository in a thread of its own, hands it over, and keeps it in the app folder. */
export const indexJob: JobHandler<IndexJobInput, IndexJobOutput, IndexJobProgress> = (
  { paths, dataDir, anew },
  context,
) => {
  if (anew) dropIndex(paths, dataDir);
  const opened = openIndex(paths, dataDir, (done, total) => context.progress({ done, total }));
  if (!opened.ok) return opened;
  const { index, signature, unsaved } = opened.value;
  // Shared, not moved: the rows are on screen while the arrays are still being written here.
  if (unsaved) context.after(() => void saveIndex(paths, dataDir, index, signature));
  return ok({ data: toTransfer(index), signature });
};
