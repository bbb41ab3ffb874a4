import type { Severity } from '../../../contract/problem.ts';
import { NONE, type LedgerColumns } from '../columns.ts';
import type { LedgerFacts } from './facts.ts';
import { lineKind, lineRow, LINE } from './line.ts';
import { rowOfSeq } from './rows.ts';

const RANKS: Record<Severity, number> = { error: 1, warning: 2, notice: 3 };
const UNUSUAL = 4;
const USUAL = 5;

/**
 * Lines with findings first, worst first, then those with something unusual, then the others; equal ones stay in their
 * order. `rows`: the entries of which groups are made; a group is as odd as the worst of them.
 */
export function byOddness(
  columns: LedgerColumns,
  lines: Uint32Array,
  rows: Uint32Array | null,
  facts: LedgerFacts,
): Uint32Array {
  const { flags, execution, executions, count } = columns;
  const found = new Uint8Array(count);
  for (const [seq, severity] of facts.findings) {
    const row = rowOfSeq(columns, seq);
    if (row !== -1) found[row] = RANKS[severity];
  }
  const open = openRows(columns);
  const rankOf = (row: number): number =>
    found[row] !== 0 ? found[row]! : flags[row] !== 0 || open.has(row) ? UNUSUAL : USUAL;
  const groups = new Uint8Array(rows === null ? 0 : executions.count).fill(USUAL);
  for (const row of rows ?? []) {
    const number = execution[row]!;
    if (number === NONE) continue;
    const rank = rankOf(row);
    if (rank < groups[number]!) groups[number] = rank;
  }
  const ranks = new Uint8Array(lines.length);
  const starts = new Uint32Array(USUAL + 2);
  for (let i = 0; i < lines.length; i++) {
    const row = lineRow(lines[i]!);
    const rank = lineKind(lines[i]!) === LINE.group ? groups[execution[row]!]! : rankOf(row);
    ranks[i] = rank;
    starts[rank + 1]! += 1;
  }
  for (let rank = 1; rank < starts.length; rank++) starts[rank]! += starts[rank - 1]!;
  const sorted = new Uint32Array(lines.length);
  for (let i = 0; i < lines.length; i++) sorted[starts[ranks[i]!]!++] = lines[i]!;
  return sorted;
}

function openRows({ executions }: LedgerColumns): ReadonlySet<number> {
  const rows = new Set<number>();
  for (let number = 0; number < executions.count; number++)
    if (executions.settle[number] === NONE && executions.reserve[number] !== NONE)
      rows.add(executions.reserve[number]!);
  return rows;
}
