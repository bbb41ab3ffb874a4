import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { ProvedAccount } from '../../../contract/ledger.ts';
import { byAgent, type FindingsByAgent } from './by-agent.ts';
import { refOf, type Proved } from './proved.ts';

/** Findings that are named one by one. */
const NAMED = 20;

type Stands = {
  readonly name: string;
  readonly budgetMicro: number;
  /** by the replay of the entries as they stand */
  readonly spentMicro: number;
  readonly reservedMicro: number;
};

/** What a check proved and doubted, by agent. */
export type AccountProofs = {
  readonly proved: Proved;
  readonly by: FindingsByAgent;
  readonly doubted: FindingsByAgent;
};

export function accountProofs(proved: Proved, findings: readonly LedgerFinding[]): AccountProofs {
  const counters = findings.filter(
    ({ kind, sure }) => (kind === 'spent-differs' || kind === 'reserved-differs') && sure === 'proved',
  );
  return { proved, by: byAgent([...proved.by, ...counters]), doubted: byAgent(proved.doubted) };
}

/** How an account stands by what a check proved of its entries, counters and budget; null: nothing is proved to be otherwise. */
export function provedAccount(stands: Stands, { proved, by, doubted }: AccountProofs): ProvedAccount | null {
  const { name } = stands;
  const own = by.get(name) ?? [];
  if (own.length === 0) return null;
  const step = proved.steps.get(name)?.at(-1);
  return {
    budgetMicro: proved.budgets.get(name) ?? stands.budgetMicro,
    spentMicro: stands.spentMicro + (step?.spent ?? 0),
    reservedMicro: stands.reservedMicro + (step?.reserved ?? 0),
    whole: !doubted.has(null) && !doubted.has(name),
    by: own.slice(0, NAMED).map(refOf),
  };
}
