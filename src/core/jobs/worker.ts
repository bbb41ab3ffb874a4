import type { Jobs } from './registry.ts';
import { serveJobs, type JobHandler } from './serve-jobs.ts';

type Loaders = {
  [N in keyof Jobs]: () => Promise<JobHandler<Jobs[N]['input'], Jobs[N]['output'], Jobs[N]['progress']>>;
};

serveJobs({
  'aex.check': async () => (await import('../aex/check/check-job.ts')).ledgerCheckJob,
  'aex.confirm': async () => (await import('../aex/index/confirm-job.ts')).confirmJob,
  'aex.index': async () => (await import('../aex/index/index-job.ts')).ledgerIndexJob,
  'aex.copies': async () => (await import('../aex/copies/copies-job.ts')).copiesJob,
  'aex.policies': async () => (await import('../aex/figures/policies-job.ts')).policiesJob,
  'aex.proof': async () => (await import('../aex/proof/proof-job.ts')).proofJob,
  'agents.read': async () => (await import('../agents/records/read-job.ts')).agentsReadJob,
  'vek.check': async () => (await import('../vek/check-job.ts')).checkJob,
  'vek.compare': async () => (await import('../vek/compare/compare-job.ts')).compareJob,
  'vek.compare-sums': async () => (await import('../vek/compare/compare-job.ts')).sumsJob,
  'vek.evidence': async () => (await import('../vek/evidence-job.ts')).evidenceJob,
  'vek.failed': async () => (await import('../vek/failed-job.ts')).failedJob,
  'vek.index': async () => (await import('../vek/index-job.ts')).indexJob,
  'vek.merge': async () => (await import('../vek/merge-job.ts')).mergeJob,
  'vek.search': async () => (await import('../vek/search-job.ts')).searchJob,
  'workspace.ledger-links': async () => (await import('../workspace/links/link-job.ts')).ledgerLinkJob,
  'workspace.links': async () => (await import('../workspace/links/link-job.ts')).linkJob,
} satisfies Loaders);
