import type { Result } from '../../result.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import { callsNaming, type LinkedCall, type Links } from './in-vek.ts';
import type { RecordNames } from './names.ts';

export type LinkJobInput = { readonly paths: RepositoryPaths; readonly names: RecordNames };

/** Searches a large repository for what a record names, beside the thread that answers. */
export const linkJob = ({ paths, names }: LinkJobInput): Result<Links<LinkedCall>> =>
  callsNaming(paths, names);
