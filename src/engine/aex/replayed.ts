import type { Account } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import { accountsOf } from '../../core/aex/figures/accounts.ts';
import { burnsOf } from '../../core/aex/figures/burn.ts';
import { roundedMicro } from '../../core/aex/rows.ts';
import type { LedgerBrief } from './brief.ts';
import { accountOf } from './overview.ts';
import { microsOf } from './row.ts';

/** A ledger without entries for that long is one that nothing writes any more, in microseconds. */
const STILL_MICROS = 24 * 3600e6;

/** The accounts of a ledger: as their rows say, and with an index as the log says. */
export function accountsNow(
  brief: LedgerBrief,
  index: LedgerIndex | null,
  nowMicros: number,
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
  return brief.accounts.map((row) =>
    accountOf(row, openOf(row.name), {
      ...(figures.get(row.name)?.replayed ?? { spentMicro: 0, reservedMicro: 0 }),
      burn: burns.get(row.name) ?? null,
    }),
  );
}

/** Rates are measured up to now, of a ledger that nothing writes any more up to its last entry. */
function burnUntil(brief: LedgerBrief, nowMicros: number): number {
  const last = microsOf(brief.last?.ts ?? null);
  return last === null || Math.abs(nowMicros - last) < STILL_MICROS ? nowMicros : last;
}
