import type {
  Account,
  BurnEstimate,
  LedgerOverview,
  ProvedAccount,
  ReportSummary,
} from '../../contract/ledger.ts';
import { largeAmounts, oddRows, roundedMicro, type AccountRow } from '../../core/aex/rows.ts';
import type { Models } from '../../core/aex/config/models.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import type { LedgerBrief } from './brief.ts';

/** What the log adds to the row of an agent. */
export type Replayed = {
  readonly spentMicro: number;
  readonly reservedMicro: number;
  readonly burn: BurnEstimate | null;
  readonly proved: ProvedAccount | null;
};

/** An agent's account as its row and the replay say it. */
export function accountOf(row: AccountRow, open: number, replayed: Replayed | null): Account {
  return {
    name: row.name,
    budgetMicro: roundedMicro(row, 'budgetMicro'),
    spentMicro: roundedMicro(row, 'spentMicro'),
    reservedMicro: roundedMicro(row, 'reservedMicro'),
    replayed:
      replayed === null ? null : { spentMicro: replayed.spentMicro, reservedMicro: replayed.reservedMicro },
    lifecycle: row.lifecycleState ?? 'READY',
    lifecycleReason: row.lifecycleReason,
    openReservations: open,
    lastActivity: row.lastActivity,
    createdAt: row.createdAt,
    burn: replayed?.burn ?? null,
    proved: replayed?.proved ?? null,
  };
}

export type OverviewParts = {
  readonly paths: LedgerPaths;
  readonly brief: LedgerBrief;
  readonly accounts: readonly Account[];
  readonly revision: number;
  readonly writing: boolean;
  readonly ready: boolean;
  /** as the index has them; null: it is being made */
  readonly entries: number | null;
  readonly report: ReportSummary | null;
  readonly checkingSince: number | null;
  readonly models: Models | null;
};

export function overviewOf(parts: OverviewParts): LedgerOverview {
  const { brief, models } = parts;
  return {
    revision: parts.revision,
    path: parts.paths.db,
    fileBytes: brief.fileBytes,
    userVersion: brief.userVersion,
    differs: [...brief.differs, ...largeAmounts(brief.accounts), ...oddRows(brief.accounts)],
    damage: brief.damage,
    counts: {
      events: parts.entries ?? brief.counts.event_log.count,
      executions: brief.counts.executions.count,
      reservations: brief.counts.reservations.count,
      agents: brief.accounts.length,
      compat: brief.counts.events.count,
    },
    first: brief.first,
    last: brief.last,
    accounts: parts.accounts,
    writing: parts.writing,
    ready: parts.ready,
    report: parts.report,
    checkingSince: parts.checkingSince,
    config: models === null ? null : { path: models.path, problem: models.problem },
  };
}

/** One line about a ledger, such as: 1,401 entries, 3 agents, $17.07 spent. */
export function summaryLine({ counts, accounts }: LedgerBrief): string {
  const events = counts.event_log.count;
  const spent = accounts.reduce((sum, row) => sum + roundedMicro(row, 'spentMicro'), 0);
  return [
    `${events.toLocaleString('en-US')} ${events === 1 ? 'entry' : 'entries'}`,
    `${accounts.length.toLocaleString('en-US')} ${accounts.length === 1 ? 'agent' : 'agents'}`,
    `${dollars(spent)} spent`,
  ].join(', ');
}

/** Dollars with cents, or as many digits as a smaller sum takes. */
function dollars(micro: number): string {
  const digits = Math.abs(micro) >= 1_000_000 || micro === 0 ? 2 : 6;
  const amount = Math.abs(micro) / 1e6;
  const text = amount.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${micro < 0 ? '-' : ''}$${text}`;
}
