import type { LedgerFinding } from '../../../contract/ledger-report.ts';

/** Findings by the agents that they are about, each as often as it has agents; null: about nobody in particular. */
export type FindingsByAgent = ReadonlyMap<string | null, readonly LedgerFinding[]>;

/** Made once, for a ledger can have a hundred thousand agents and thousands of findings. */
export function byAgent(findings: readonly LedgerFinding[]): FindingsByAgent {
  const made = new Map<string | null, LedgerFinding[]>();
  for (const finding of findings) {
    const names = new Set([finding.agent, ...(finding.gone ?? []).map((one) => one.agent)]);
    if (names.size > 1) names.delete(null);
    for (const name of names) {
      const known = made.get(name);
      if (known === undefined) made.set(name, [finding]);
      else known.push(finding);
    }
  }
  return made;
}
