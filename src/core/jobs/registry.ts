import type { LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress } from '../aex/check/types.ts';
import type { TwoCopies } from '../../contract/ledger-detail.ts';
import type { CopiesJobInput } from '../aex/copies/copies-job.ts';
import type { PolicyTally } from '../aex/figures/policies.ts';
import type { LedgerPaths } from '../aex/paths.ts';
import type { ProofJobInput, ProofJobProgress, WrittenProof } from '../aex/proof/proof-job.ts';
import type { AgentsReadInput, AgentsReadProgress } from '../agents/records/read-job.ts';
import type { PlainData } from '../agents/records/data-form.ts';
import type { ConfirmInput } from '../aex/index/confirm-job.ts';
import type { LedgerIndexInput, LedgerIndexOutput, LedgerIndexProgress } from '../aex/index/index-job.ts';
import type { CheckJobInput, CheckJobOutput, CheckProgress } from '../vek/check-types.ts';
import type { CompareJobInput, CompareJobProgress, SumsJobInput } from '../vek/compare/compare-job.ts';
import type { ComparedRuns } from '../vek/compare/compare-runs.ts';
import type { Sums } from '../vek/compare/sums.ts';
import type { EvidenceFacts, EvidenceJobInput, EvidenceProgress } from '../vek/evidence-job.ts';
import type { FailedJobInput, FailedJobProgress } from '../vek/failed-job.ts';
import type { MergeJobInput, MergeJobProgress } from '../vek/merge-job.ts';
import type { Analysis } from '../vek/merge/analysis.ts';
import type { SearchJobInput, SearchJobProgress } from '../vek/search-job.ts';
import type { IndexJobInput, IndexJobOutput, IndexJobProgress } from '../vek/index-job.ts';

import type { Links, LinkedCall } from '../workspace/links/in-vek.ts';
import type { LedgerLinkInput, LedgerLinks, LinkJobInput } from '../workspace/links/link-job.ts';

type Job<I, O, P> = { readonly input: I; readonly output: O; readonly progress: P };

/** Every job: what goes in, what comes out, what it reports meanwhile. `worker.ts` names the code of each. */
export type Jobs = {
  'aex.check': Job<LedgerCheckInput, LedgerCheckOutput, LedgerCheckProgress>;
  'aex.confirm': Job<ConfirmInput, boolean, never>;
  'aex.index': Job<LedgerIndexInput, LedgerIndexOutput, LedgerIndexProgress>;
  'aex.copies': Job<CopiesJobInput, TwoCopies, never>;
  'aex.policies': Job<{ readonly paths: LedgerPaths }, PolicyTally, never>;
  'aex.proof': Job<ProofJobInput, WrittenProof, ProofJobProgress>;
  'agents.read': Job<AgentsReadInput, readonly PlainData[], AgentsReadProgress>;
  'vek.check': Job<CheckJobInput, CheckJobOutput, CheckProgress>;
  'vek.compare': Job<CompareJobInput, ComparedRuns, CompareJobProgress>;
  'vek.compare-sums': Job<SumsJobInput, readonly Sums[], CompareJobProgress>;
  'vek.evidence': Job<EvidenceJobInput, EvidenceFacts, EvidenceProgress>;
  'vek.failed': Job<FailedJobInput, Float64Array, FailedJobProgress>;
  'vek.index': Job<IndexJobInput, IndexJobOutput, IndexJobProgress>;
  'vek.merge': Job<MergeJobInput, Analysis, MergeJobProgress>;
  'vek.search': Job<SearchJobInput, Float64Array, SearchJobProgress>;
  'workspace.links': Job<LinkJobInput, Links<LinkedCall>, never>;
  'workspace.ledger-links': Job<LedgerLinkInput, LedgerLinks, never>;
};
