import type { FindingRef, LedgerFinding } from '../../../../contract/ledger-report.ts';
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
  /** as the last check proves it; null: nothing else than what stands there */
  readonly proved: ProvedFigures | null;
  readonly openReservations: number;
};

/** Figures by what is proved, and the findings that say so. */
export type ProvedFigures = {
  readonly budgetMicro: number;
  readonly spentMicro: number;
  readonly reservedMicro: number;
  readonly availableMicro: number;
  /** false: something else is doubted too, and what was right is not known */
  readonly whole: boolean;
  readonly by: readonly FindingRef[];
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
    proved: provedFigures(meant),
    openReservations: sum((account) => account.openReservations),
  };
}

/** Accounts of which nothing is proved count as their rows say. */
function provedFigures(accounts: readonly Account[]): ProvedFigures | null {
  const known = accounts.flatMap(({ proved }) => (proved === null || proved === undefined ? [] : [proved]));
  if (known.length === 0) return null;
  const sum = (
    of: (account: Pick<Account, 'budgetMicro' | 'spentMicro' | 'reservedMicro'>) => number,
  ): number => accounts.reduce((total, account) => total + of(account.proved ?? account), 0);
  const budgetMicro = sum((one) => one.budgetMicro);
  const spentMicro = sum((one) => one.spentMicro);
  const reservedMicro = sum((one) => one.reservedMicro);
  return {
    budgetMicro,
    spentMicro,
    reservedMicro,
    availableMicro: budgetMicro - spentMicro - reservedMicro,
    whole: known.every(({ whole }) => whole),
    by: known.flatMap(({ by }) => by),
  };
}

/** What stands beside a figure: what the entries come to, and what is proved. Null: the same, or nothing is known. */
export function besideFigure(
  live: number,
  replayed: number | null,
  proved: number | null,
): { readonly replayed: number | null; readonly proved: number | null } {
  const parts = proved !== null && (proved !== live || (replayed !== null && replayed !== proved));
  return {
    replayed: replayed === null || replayed === live || (parts && replayed === proved) ? null : replayed,
    proved: parts ? proved : null,
  };
}
