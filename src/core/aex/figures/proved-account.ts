import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import type { ProvedAccount } from '../../../contract/ledger.ts';
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

/** How an account stands by what a check proved of its entries, counters and budget; null: nothing is proved to be otherwise. */
export function provedAccount(
  stands: Stands,
  proved: Proved,
  findings: readonly LedgerFinding[],
): ProvedAccount | null {
  const { name } = stands;
  const isOf = ({ agent, gone = [] }: LedgerFinding): boolean =>
    agent === name || gone.some((one) => one.agent === name);
  const step = proved.steps.get(name)?.at(-1);
  const counters = findings.filter(
    (one) =>
      (one.kind === 'spent-differs' || one.kind === 'reserved-differs') && one.sure === 'proved' && isOf(one),
  );
  const by = [...proved.by.filter(isOf), ...counters];
  if (by.length === 0) return null;
  return {
    budgetMicro: proved.budgets.get(name) ?? stands.budgetMicro,
    spentMicro: stands.spentMicro + (step?.spent ?? 0),
    reservedMicro: stands.reservedMicro + (step?.reserved ?? 0),
    whole: !proved.doubted.some((one) => one.agent === null || isOf(one)),
    by: by.slice(0, NAMED).map(refOf),
  };
}
