import type { Reliability } from '../../../contract/fleet.ts';
import type { Span } from './days.ts';
import { sumOver } from './digest.ts';
import type { Digest } from './digest.ts';
import { roundEven } from './numbers.ts';
import { rangeQuery } from './queries.ts';

/** Counts of primary runs in a window (formats/atomic-agents.md §8). */
export type PrimaryCounts = {
  readonly runs: number;
  readonly error: number;
  readonly blocked: number;
  readonly inflight: number;
  readonly principal: number;
  readonly skipped: number;
};

/** Adds up the primary runs of a window. */
export function primaryCounts(digest: Digest, span: Span): PrimaryCounts {
  const of = (column: Float64Array): number => sumOver(digest, column, span);
  const { runs, error, blocked, inflight, principal, skipped } = digest.primary;
  return {
    runs: of(runs),
    error: of(error),
    blocked: of(blocked),
    inflight: of(inflight),
    principal: of(principal),
    skipped: of(skipped),
  };
}

/** Rates of all primary runs, four decimals; 0 where there were none. */
export function reliabilityOf(digest: Digest, span: Span): Reliability {
  const counts = primaryCounts(digest, span);
  const rate = (part: number): number => (counts.runs === 0 ? 0 : roundEven(part / counts.runs, 4));
  return {
    primaryRuns: { value: counts.runs, query: rangeQuery(digest.agent, span, false, 'is:primary') },
    errorRate: rate(counts.error),
    blockedRate: rate(counts.blocked),
    inflightRate: rate(counts.inflight),
    principalRate: rate(counts.principal),
    skippedRate: rate(counts.skipped),
  };
}
