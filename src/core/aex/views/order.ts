import { NONE, type LedgerColumns } from '../columns.ts';
import { LINE, lineKind, lineRow } from './line.ts';
import { costOf } from './rows.ts';

/**
 * Lines by what was spent, most first; equal ones stay in their order. `rows`: the entries of which groups are made; a group
 * costs what they do together.
 */
export function byCost(columns: LedgerColumns, lines: Uint32Array, rows: Uint32Array | null): Uint32Array {
  const { execution, executions } = columns;
  const sums = new Float64Array(rows === null ? 0 : executions.count);
  for (const row of rows ?? []) {
    const number = execution[row]!;
    if (number !== NONE) sums[number]! += costOf(columns, row);
  }
  const costs = Float64Array.from(lines, (line) => {
    const row = lineRow(line);
    return lineKind(line) === LINE.group ? sums[execution[row]!]! : costOf(columns, row);
  });
  return sortedBy(costs, lines);
}

const DIGIT = 2 ** 16;

/** The lines by falling costs: from the lowest digit up, each pass stable. Costs are whole and not negative as a rule; others are cut to that. */
function sortedBy(costs: Float64Array, lines: Uint32Array): Uint32Array {
  let order = Uint32Array.from(lines.keys());
  const most = costs.reduce((high, cost) => Math.max(high, cost), 0);
  for (let unit = 1; unit <= most; unit *= DIGIT) {
    const digitOf = (at: number): number => DIGIT - 1 - (Math.floor(Math.max(0, costs[at]!) / unit) % DIGIT);
    const starts = new Uint32Array(DIGIT + 1);
    for (const at of order) starts[digitOf(at) + 1]!++;
    for (let digit = 1; digit <= DIGIT; digit++) starts[digit]! += starts[digit - 1]!;
    const next = new Uint32Array(order.length);
    for (const at of order) next[starts[digitOf(at)]!++] = at;
    order = next;
  }
  return order.map((at) => lines[at]!);
}
