import type { Account } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import type { LedgerFinding } from '../../contract/ledger-report.ts';
import { accountsOf } from '../../core/aex/figures/accounts.ts';
import { burnsOf } from '../../core/aex/figures/burn.ts';
import { doubtsOf } from '../../core/aex/figures/doubts.ts';
import { accountProofs, provedAccount } from '../../core/aex/figures/proved-account.ts';
import { provedOf, refOf } from '../../core/aex/figures/proved.ts';
import { roundedMicro } from '../../core/aex/rows.ts';
import type { LedgerBrief } from './brief.ts';
import { accountOf } from './overview.ts';
import { microsOf } from './row.ts';

/** A ledger without entries for that long is one that nothing writes any more, in microseconds. */
const STILL_MICROS = 24 * 3600e6;

/** Findings that are named where they touch an estimate. */
const MOST_DOUBTS = 20;

/** The accounts of a ledger: as their rows say, with an index as the log says, and with findings as these prove it. */
export function accountsNow(
  brief: LedgerBrief,
  index: LedgerIndex | null,
  nowMicros: number,
  findings: readonly LedgerFinding[] = [],
): readonly Account[] {
  const openOf = (name: string): number => brief.open.get(name) ?? 0;
  if (index === null) return brief.accounts.map((row) => accountOf(row, openOf(row.name), null));
  const left = brief.accounts.map(
    (row) =>
      [
        row.name,
        roundedMicro(row, 'budgetMicro') -
          roundedMicro(row, 'spentMicro') -
          roundedMicro(row, 'reservedMicro'),
      ] as const,
  );
  const figures = accountsOf(
    index.columns,
    brief.accounts.map(({ name }) => name),
  );
  const burns = burnsOf(index.columns, burnUntil(brief, nowMicros), new Map<string | null, number>(left));
  const { columns } = index;
  const proofs = accountProofs(provedOf(columns, findings), findings);
  const doubted = doubtsOf(columns, findings);
  return brief.accounts.map((row) => {
    const { name } = row;
    const replayed = figures.get(name)?.replayed ?? { spentMicro: 0, reservedMicro: 0 };
    const burn = burns.get(name) ?? null;
    const doubts = burn === null ? [] : doubted(name, burn).slice(0, MOST_DOUBTS);
    const stands = { name, budgetMicro: roundedMicro(row, 'budgetMicro'), ...replayed };
    return accountOf(row, openOf(name), {
      ...replayed,
      burn: burn === null || doubts.length === 0 ? burn : { ...burn, doubts: doubts.map(refOf) },
      proved: provedAccount(stands, proofs),
    });
  });
}

/** Rates are measured up to now, of a ledger that nothing writes any more up to its last entry. */
function burnUntil(brief: LedgerBrief, nowMicros: number): number {
  const last = microsOf(brief.last?.ts ?? null);
  return last === null || Math.abs(nowMicros - last) < STILL_MICROS ? nowMicros : last;
}
