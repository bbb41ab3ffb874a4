import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import type { Account } from '../../../../contract/ledger.ts';

/** The figures of an account head: live ones, and what the replay makes of them where all of it is known. */
export type HeadFigures = {
  readonly budgetMicro: number;
  readonly spentMicro: number;
  readonly reservedMicro: number;
  readonly availableMicro: number;
  readonly replayed: {
    readonly spentMicro: number;
    readonly reservedMicro: number;
    readonly availableMicro: number;
  } | null;
  readonly openReservations: number;
};

/**
 * Whether the live counters of an account (null: of any) are what a finding blames. Where it blames entries, the replay
 * of them is the figure that is off.
 */
export function blamesCounters(
  findings: readonly Pick<LedgerFinding, 'kind' | 'severity' | 'agent' | 'seq'>[],
  agent: string | null,
): boolean {
  const meant = findings.filter(
    (one) => one.severity !== 'notice' && (agent === null || one.agent === null || one.agent === agent),
  );
  const counters = meant.some(({ kind }) => kind === 'spent-differs' || kind === 'reserved-differs');
  return counters || !meant.some(({ seq }) => seq !== null);
}

/** Of one account, or of all together (null); null where no account has this name. */
export function headFigures(accounts: readonly Account[], agent: string | null): HeadFigures | null {
  const meant = agent === null ? accounts : accounts.filter(({ name }) => name === agent);
  if (meant.length === 0 && agent !== null) return null;
  const sum = (of: (account: Account) => number): number =>
    meant.reduce((total, account) => total + of(account), 0);
  const budgetMicro = sum((account) => account.budgetMicro);
  const spentMicro = sum((account) => account.spentMicro);
  const reservedMicro = sum((account) => account.reservedMicro);
  const known = meant.every(({ replayed }) => replayed !== null);
  const spent = sum(({ replayed }) => replayed?.spentMicro ?? 0);
  const reserved = sum(({ replayed }) => replayed?.reservedMicro ?? 0);
  return {
    budgetMicro,
    spentMicro,
    reservedMicro,
    availableMicro: budgetMicro - spentMicro - reservedMicro,
    replayed: known
      ? { spentMicro: spent, reservedMicro: reserved, availableMicro: budgetMicro - spent - reserved }
      : null,
    openReservations: sum((account) => account.openReservations),
  };
}
