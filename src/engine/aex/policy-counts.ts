import { NO_POLICIES, policyTally, type PolicyTally } from '../../core/aex/figures/policies.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { runJob } from '../../core/jobs/run.ts';
import { limits } from '../../core/storage/limits.ts';
import type { LedgerBrief } from './brief.ts';

/** Executions by their policy hash. */
export type PolicyCounts = {
  /** counts the many that a large ledger begins with beside the engine, once; what comes later is few */
  ready(brief: LedgerBrief | null): Promise<void>;
  of(look: LedgerLook): ReadonlyMap<string | null, number>;
  close(): void;
};

export function createPolicyCounts(paths: LedgerPaths): PolicyCounts {
  const closing = new AbortController();
  let known: PolicyTally = NO_POLICIES;
  let counting: Promise<void> | null = null;

  async function countAll(): Promise<void> {
    const { db, dir } = paths;
    const counted = await runJob('aex.policies', { paths: { db, dir } }, { signal: closing.signal });
    // Where that failed they are counted by who looks.
    if (counted.ok) known = counted.value;
    counting = null;
  }

  return {
    async ready(brief) {
      const more = (brief?.counts.executions.count ?? 0) - known.rows;
      if (more > limits.ledgerInlineEntries && !closing.signal.aborted) await (counting ??= countAll());
    },
    of(look) {
      known = policyTally(look, known);
      return known.counts;
    },
    close: () => closing.abort(),
  };
}
