import type { GoneRow } from '../../../contract/ledger-chain.ts';
import type { LedgerSums, LedgerView } from '../../../contract/ledger.ts';
import type { QueryProblem } from '../../records/query-terms.ts';
import { numberOfText } from '../../columns/pool-search.ts';
import { NONE, type LedgerColumns } from '../columns.ts';
import { parseLedgerQuery } from '../query/query.ts';
import { withDays, type DayLine } from './days.ts';
import type { LedgerFacts } from './facts.ts';
import { gapsIn, withGaps } from './gaps.ts';
import { LINE, lineKind, lineOf, lineRow } from './line.ts';
import { matchRows } from './match.ts';
import { byOddness } from './odd.ts';
import { isByTime } from './by-time.ts';
import { byCost } from './order.ts';
import { sumsOf } from './rows.ts';
import { withWholes } from './whole-days.ts';

/**
 * All lines of a statement. A group stands at its newest entry that the view lets through, and for all entries of its
 * execution (those of other agents left out); so do its unfolded entries below it.
 */
export type LedgerViewLines = {
  readonly view: LedgerView;
  /** entries that there were; `total`: lines */
  readonly count: number;
  readonly total: number;
  readonly lines: Uint32Array;
  readonly days: readonly DayLine[];
  readonly gaps: readonly GoneRow[];
  /** the entries of the view as rows, in the order of seq */
  readonly rows: Uint32Array;
  readonly sums: LedgerSums;
  readonly problems: readonly QueryProblem[];
};

/**
 * The lines of a view. `odd`: entries with findings first, worst first, then those with something unusual about them,
 * then the others; `dearest`: by what was spent. Equal ones newest first.
 */
export function makeView(columns: LedgerColumns, view: LedgerView, facts: LedgerFacts): LedgerViewLines {
  const { filter, problems } = parseLedgerQuery(view.query);
  const rows = matchRows(columns, view.agent, filter, facts);
  const grouped = view.group === 'executions';
  let lines = grouped
    ? groupLines(columns, rows, view.sort === 'oldest')
    : entryLines(rows, view.sort === 'oldest');
  if (view.sort === 'odd') lines = byOddness(columns, lines, grouped ? rows : null, facts);
  if (view.sort === 'dearest') lines = byCost(columns, lines, grouped ? rows : null);
  let days: readonly DayLine[] = [];
  if (view.days && isByTime(view.sort)) {
    ({ lines, days } = withDays(columns, lines, grouped ? rows : null));
    if (view.query.trim() !== '') days = withWholes(days, allDays(columns, view, facts));
  }
  const gaps = gapsIn(facts.gaps ?? [], view);
  lines = withGaps(columns, lines, gaps, view.sort === 'oldest');
  if (grouped && view.open.length > 0) lines = unfolded(columns, lines, view);
  return {
    view,
    count: columns.count,
    total: lines.length,
    lines,
    days,
    gaps,
    rows,
    sums: sumsOf(columns, rows),
    problems,
  };
}

/** The day lines of a view without its query. */
function allDays(columns: LedgerColumns, view: LedgerView, facts: LedgerFacts): readonly DayLine[] {
  const rows = matchRows(columns, view.agent, parseLedgerQuery('').filter, facts);
  const grouped = view.group === 'executions';
  const lines = grouped ? groupLines(columns, rows, false) : entryLines(rows, false);
  return withDays(columns, lines, grouped ? rows : null).days;
}

function entryLines(rows: Uint32Array, oldest: boolean): Uint32Array {
  return oldest ? rows.slice() : rows.slice().reverse();
}

/** One line for each execution at its newest row; rows of no execution stand alone. */
function groupLines(
  { execution, executions }: LedgerColumns,
  rows: Uint32Array,
  oldest: boolean,
): Uint32Array {
  const seen = new Uint8Array(executions.count);
  const lines = new Uint32Array(rows.length);
  let n = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!;
    const number = execution[row]!;
    if (number === NONE) lines[n++] = row;
    else if (seen[number] === 0) {
      seen[number] = 1;
      lines[n++] = lineOf(LINE.group, row);
    }
  }
  const made = lines.slice(0, n);
  return oldest ? made.reverse() : made;
}

const FEW = 8;

/** The same lines with the entries of open executions below their groups. */
function unfolded(columns: LedgerColumns, lines: Uint32Array, view: LedgerView): Uint32Array {
  const { execution, executions } = columns;
  const open = new Set<number>();
  // a table of all ids is only worth making for many looks
  const look = (id: string): number =>
    view.open.length > FEW ? executions.ids.findText(id) : numberOfText(executions.ids, id);
  for (const id of view.open) {
    const text = look(id);
    if (text !== 0) open.add(text - 1);
  }
  if (open.size === 0) return lines;
  const parts: (Uint32Array | readonly number[])[] = [];
  let length = 0;
  let from = 0;
  const push = (part: Uint32Array | readonly number[]): void => {
    parts.push(part);
    length += part.length;
  };
  for (let at = 0; at < lines.length && open.size > 0; at++) {
    const code = lines[at]!;
    if (lineKind(code) !== LINE.group) continue;
    const number = execution[lineRow(code)]!;
    if (!open.delete(number)) continue;
    push(lines.subarray(from, at + 1));
    from = at + 1;
    const rows = rowsOfExecution(columns, number, view.agent);
    push((view.sort === 'oldest' ? rows : rows.toReversed()).map((row) => lineOf(LINE.inGroup, row)));
  }
  push(lines.subarray(from));
  const made = new Uint32Array(length);
  let n = 0;
  for (const part of parts) {
    made.set(part, n);
    n += part.length;
  }
  return made;
}

/** The entries of an execution as rows in the order of seq; only those of an agent where one is given. */
export function rowsOfExecution(columns: LedgerColumns, number: number, agent: string | null): number[] {
  const wanted = agent === null ? null : columns.texts.findText(agent);
  const rows: number[] = [];
  for (let row = columns.executions.first[number]!; row !== NONE; row = columns.next[row]!)
    if (wanted === null || columns.agent[row] === wanted) rows.push(row);
  return rows;
}
