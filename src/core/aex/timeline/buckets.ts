import type { TimelineBuckets, TimelineMark } from '../../../contract/ledger-timeline.ts';
import { FLAG, type LedgerColumns } from '../columns.ts';
import type { BalanceColumns } from '../views/balances.ts';
import { DENIED_KINDS, KIND, kindTable } from '../views/rows.ts';
import { firstAt } from './order.ts';
import type { TimeSeries } from './spans.ts';
import type { Pieces } from './stretches.ts';

/** What a check says: by row 1 where there is an error or warning, and what is so of it; and where entries are missing. */
export type Checked = {
  readonly found: Uint8Array;
  readonly codes: Uint8Array;
  readonly missing: readonly TimelineMark[];
};

/** What happened in each piece of the shown time. */
export function bucketsOf(
  columns: LedgerColumns,
  series: TimeSeries,
  balances: BalanceColumns,
  pieces: Pieces,
  { found, codes, missing }: Checked,
): TimelineBuckets {
  const { seq, kind, amount, flags } = columns;
  const { rows, drawn, line } = series;
  const { spent, reserved } = balances;
  const budget = balances.budgetMicro ?? 0;
  const denied = kindTable(...DENIED_KINDS);
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
  let at = firstAt(drawn, pieces.starts[0]!);
  const before = at === 0 ? -1 : line === null ? rows[at - 1]! : line[at - 1]!;
  let unspent = budget - (before === -1 ? 0 : spent[before]!);
  let available = unspent - (before === -1 ? 0 : reserved[before]!);
  for (let piece = 0; piece < pieces.starts.length; piece++) {
    const first = firstAt(drawn, pieces.starts[piece]!);
    const end = firstAt(drawn, pieces.ends[piece]!);
    let lowest = available;
    let highest = available;
    let cost = 0;
    let commits = 0;
    let releases = 0;
    let denials = 0;
    let overruns = 0;
    let findings = 0;
    let worst = -1;
    let lowestRow = Number.POSITIVE_INFINITY;
    let highestRow = -1;
    for (at = first; at < end; at++) {
      const row = rows[at]!;
      if (row < lowestRow) lowestRow = row;
      if (row > highestRow) highestRow = row;
      const stands = line === null ? row : line[at]!;
      if (stands !== -1) {
        unspent = budget - spent[stands]!;
        available = unspent - reserved[stands]!;
      }
      if (available < lowest) lowest = available;
      if (available > highest) highest = available;
      const what = kind[row]!;
      if (what === KIND.commit) {
        commits += 1;
        cost += amount[row]! || 0;
      } else if (what === KIND.release) releases += 1;
      else denials += denied[what]!;
      if ((flags[row]! & FLAG.overrun) !== 0) overruns += 1;
      findings += found[row]!;
      if (codes[row]! > worst) worst = codes[row]!;
    }
    made.available[piece] = available;
    made.lowest[piece] = lowest;
    made.highest[piece] = highest;
    made.unspent[piece] = unspent;
    made.spent[piece] = cost;
    made.commits[piece] = commits;
    made.releases[piece] = releases;
    made.denials[piece] = denials;
    made.overruns[piece] = overruns;
    made.findings[piece] = findings;
    made.record[piece] = worst;
    if (end > first) {
      made.firstSeq[piece] = seq[lowestRow]!;
      made.lastSeq[piece] = seq[highestRow]!;
    }
  }
  // one that stands in a folded gap counts to the piece before it
  const starts = Float64Array.from(pieces.starts);
  for (const { drawnMicros } of missing) {
    made.missing[Math.max(0, firstAt(starts, drawnMicros + 1) - 1)]! += 1;
  }
  return made;
}
