import type { LedgerFinding, LedgerFindingKind } from '../../../contract/ledger-report.ts';
import type { LedgerColumns } from '../columns.ts';
import { byAgent } from './by-agent.ts';
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

type Window = { readonly fromMicros: number; readonly toMicros: number };

/**
 * Errors and warnings that touch what the rates of agents rest on: their entries in a window of time, or what is left. What
 * is about nobody in particular is looked at once for each window.
 */
export function doubtsOf(
  columns: LedgerColumns,
  findings: readonly LedgerFinding[],
): (agent: string, window: Window) => readonly LedgerFinding[] {
  const byName = byAgent(findings);
  const general = new Map<string, readonly LedgerFinding[]>();
  return (agent, window) => {
    const key = `${window.fromMicros} ${window.toMicros}`;
    const known = general.get(key) ?? touching(columns, byName.get(null) ?? [], window);
    general.set(key, known);
    return [...touching(columns, byName.get(agent) ?? [], window), ...known];
  };
}

function touching(
  columns: LedgerColumns,
  findings: readonly LedgerFinding[],
  { fromMicros, toMicros }: Window,
): readonly LedgerFinding[] {
  const inWindow = (row: number): boolean =>
    columns.micros[row]! >= fromMicros && columns.micros[row]! < toMicros;
  return findings.filter((finding) => {
    const { kind, severity, seq, range } = finding;
    if (severity === 'notice') return false;
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
