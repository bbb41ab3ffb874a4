import type { JobHandler } from '../../jobs/serve-jobs.ts';
import type { LedgerPaths } from '../paths.ts';
import { lookAtLedger } from '../store.ts';
import { NO_POLICIES, policyTally, type PolicyTally } from './policies.ts';

/** The job `aex.policies`: counts all executions of a ledger by their policy hash. */
export const policiesJob: JobHandler<{ readonly paths: LedgerPaths }, PolicyTally, never> = ({ paths }) =>
  lookAtLedger(paths, (look) => policyTally(look, NO_POLICIES));
