import { ok, type Result } from '../../result.ts';
import type { RepositoryPaths } from '../../vek/paths.ts';
import type { LedgerPaths } from '../../aex/paths.ts';
import { callsOfExecution } from './execution-in-vek.ts';
import type { ExecutionNames } from './execution-names.ts';
import { executionsNamed, type ExecutionClues, type LinkedExecution } from './in-ledger.ts';
import { callsNaming, type LinkedCall, type Links } from './in-vek.ts';
import type { RecordNames } from './names.ts';

export type LinkJobInput = { readonly paths: RepositoryPaths; readonly names: RecordNames };

/** Searches a large repository for what a record names, beside the thread that answers. */
export const linkJob = ({ paths, names }: LinkJobInput): Result<Links<LinkedCall>> =>
  callsNaming(paths, names);

/** Between a ledger and a repository: the calls of an execution, or the executions that something is of. */
export type LedgerLinkInput =
  | { readonly find: 'calls'; readonly paths: RepositoryPaths; readonly names: ExecutionNames }
  | { readonly find: 'executions'; readonly paths: LedgerPaths; readonly clues: ExecutionClues };

export type LedgerLinks =
  | { readonly find: 'calls'; readonly links: Links<LinkedCall> }
  | { readonly find: 'executions'; readonly links: Links<LinkedExecution> };

/** The same for large stores on either side of a ledger. */
export function ledgerLinkJob(input: LedgerLinkInput): Result<LedgerLinks> {
  if (input.find === 'calls') {
    const links = callsOfExecution(input.paths, input.names);
    return links.ok ? ok({ find: 'calls', links: links.value }) : links;
  }
  const links = executionsNamed(input.paths, input.clues);
  return links.ok ? ok({ find: 'executions', links: links.value }) : links;
}
