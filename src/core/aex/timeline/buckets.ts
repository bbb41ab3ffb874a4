import type { TimelineBuckets, TimelineMark } from '../../../contract/ledger-timeline.ts';
import type { LedgerColumns } from '../columns.ts';
import type { BalanceColumns } from '../views/balances.ts';
import { firstAt } from './order.ts';
import type { TimeSeries } from './spans.ts';
import type { Pieces } from './stretches.ts';
import { Tally, type RowsChecked } from './tally.ts';

/** What happened in each piece of the shown time, and in which of them entries are missing. */
export function bucketsOf(
  columns: LedgerColumns,
  series: TimeSeries,
  balances: BalanceColumns,
  pieces: Pieces,
  checked: RowsChecked,
  missing: readonly TimelineMark[],
): TimelineBuckets {
  const { seq } = columns;
  const { rows, drawn, line } = series;
  const budget = balances.budgetMicro ?? 0;
  const list = (): number[] => Array.from<number>({ length: pieces.starts.length }).fill(0);
  const made = {
    starts: pieces.starts,
    available: list(),
    lowest: list(),
    highest: list(),
    unspent: list(),
    spent: list(),
    commits: list(),
    releases: list(),
    denials: list(),
    overruns: list(),
    findings: list(),
    missing: list(),
    record: list(),
    firstSeq: list(),
    lastSeq: list(),
  };
  const { spent, reserved } = balances;
  const standsAt = (at: number): number => (at < 0 ? -1 : line === null ? rows[at]! : line[at]!);
  const tally = new Tally({ columns, series, balances, checked });
  for (let piece = 0; piece < pieces.starts.length; piece++) {
    const first = firstAt(drawn, pieces.starts[piece]!);
    const end = firstAt(drawn, pieces.ends[piece]!);
    const before = standsAt(first - 1);
    tally.begin(before === -1 ? 0 : spent[before]! + reserved[before]!);
    tally.add(first, end);
    const stands = standsAt(end - 1);
    const unspent = budget - (stands === -1 ? 0 : spent[stands]!);
    made.unspent[piece] = unspent;
    made.available[piece] = unspent - (stands === -1 ? 0 : reserved[stands]!);
    made.lowest[piece] = budget - tally.mostHeld;
    made.highest[piece] = budget - tally.leastHeld;
    made.spent[piece] = tally.cost;
    made.commits[piece] = tally.commits;
    made.releases[piece] = tally.releases;
    made.denials[piece] = tally.denials;
    made.overruns[piece] = tally.overruns;
    made.findings[piece] = tally.findings;
    made.record[piece] = tally.worst;
    if (end > first) {
      made.firstSeq[piece] = seq[tally.lowRow]!;
      made.lastSeq[piece] = seq[tally.highRow]!;
    }
  }
  // one that stands in a folded gap counts to the piece before it
  const starts = Float64Array.from(pieces.starts);
  for (const { drawnMicros } of missing) {
    made.missing[Math.max(0, firstAt(starts, drawnMicros + 1) - 1)]! += 1;
  }
  return made;
}
