import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';
import type { LedgerColumns } from '../columns.ts';
import { rowFrom } from './proved.ts';

/** What an estimate rests on by time and amount of settlements. */
const OF_ENTRIES: ReadonlySet<LedgerFindingKind> = new Set([
  'entry-altered',
  'entry-replaced',
  'entry-missing',
  'tail-missing',
  'entries-reordered',
  'chain-broken',
  'amount-differs',
  'price-differs',
  'agent-differs',
  'time-differs',
  'clock-back',
  'entry-unknown',
  'value-unreadable',
]);

/** What says how much is left, which it is divided by. */
const OF_MONEY_LEFT: ReadonlySet<LedgerFindingKind> = new Set([
  'budget-differs',
  'spent-differs',
  'reserved-differs',
]);

/** Errors and warnings that touch what a rate of an agent rests on: its entries in a window of time, or what is left. */
export function doubtsOf(
  columns: LedgerColumns,
  findings: readonly LedgerFinding[],
  agent: string,
  { fromMicros, toMicros }: { readonly fromMicros: number; readonly toMicros: number },
): readonly LedgerFinding[] {
  const inWindow = (row: number): boolean =>
    columns.micros[row]! >= fromMicros && columns.micros[row]! < toMicros;
  return findings.filter((finding) => {
    const { kind, severity, seq, range, gone = [] } = finding;
    if (severity === 'notice') return false;
    const own = finding.agent === null || finding.agent === agent || gone.some((one) => one.agent === agent);
    if (!own) return false;
    if (OF_MONEY_LEFT.has(kind)) return true;
    if (!OF_ENTRIES.has(kind) || seq === null) return false;
    // a wrong time may have moved an entry out of the window as well as into it
    if (kind === 'time-differs') return true;
    const first = rowFrom(columns, range?.from ?? seq);
    const last = range === undefined ? first : rowFrom(columns, range.to);
    for (let row = Math.max(0, first - 1); row <= Math.min(last, columns.count - 1); row++) {
      if ((row >= first || columns.seq[first] !== seq) && inWindow(row)) return true;
    }
    return false;
  });
}
