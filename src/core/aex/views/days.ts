import type { DaySums } from '../../../contract/ledger.ts';
import { NONE, type LedgerColumns } from '../columns.ts';
import { LINE, lineKind, lineOf, lineRow } from './line.ts';
import { costOf, DENIED_KINDS, kindTable } from './rows.ts';

/** A day line: what the lines below it, up to the next one, stand for. `day` counts from 1970-01-01, UTC. */
export type DayLine = DaySums & {
  readonly day: number;
  /** all of the day where a query leaves out some of it */
  readonly whole: DaySums | null;
};

const DAY = 86_400e6;

/**
 * The lines with a day line before each run of lines of one UTC day. An execution in a grouped view counts as a whole on
 * the day of its line, so that the days of a view add up to it; a day that a clock stepping back cuts has a line for
 * each piece. Lines without a readable time stay below the line before them.
 */
export function withDays(
  columns: LedgerColumns,
  lines: Uint32Array,
  rows: Uint32Array | null,
): { readonly lines: Uint32Array; readonly days: readonly DayLine[] } {
  const { micros, execution } = columns;
  const denied = kindTable(...DENIED_KINDS);
  const groups = rows === null ? null : groupSums(columns, rows, denied);
  const days: { day: number; entries: number; spentMicro: number; denials: number; whole: null }[] = [];
  const places: number[] = [];
  let current: (typeof days)[number] | null = null;
  for (let at = 0; at < lines.length; at++) {
    const row = lineRow(lines[at]!);
    const time = micros[row]!;
    if (!Number.isNaN(time)) {
      const day = Math.floor(time / DAY);
      if (current === null || current.day !== day) {
        current = { day, entries: 0, spentMicro: 0, denials: 0, whole: null };
        days.push(current);
        places.push(at);
      }
    }
    if (current === null) continue;
    if (groups !== null && lineKind(lines[at]!) === LINE.group) {
      const number = execution[row]!;
      current.entries += groups.entries[number]!;
      current.spentMicro += groups.spent[number]!;
      current.denials += groups.denials[number]!;
    } else {
      current.entries += 1;
      current.spentMicro += costOf(columns, row);
      current.denials += denied[columns.kind[row]!]!;
    }
  }
  const made = new Uint32Array(lines.length + days.length);
  for (let i = 0, from = 0; i <= places.length; i++) {
    const to = places[i] ?? lines.length;
    made.set(lines.subarray(from, to), from + i);
    if (i < places.length) made[to + i] = lineOf(LINE.day, i);
    from = to;
  }
  return { lines: made, days };
}

function groupSums(columns: LedgerColumns, rows: Uint32Array, denied: Uint8Array) {
  const { execution, executions, kind } = columns;
  const entries = new Uint32Array(executions.count);
  const spent = new Float64Array(executions.count);
  const denials = new Uint32Array(executions.count);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const number = execution[row]!;
    if (number === NONE) continue;
    entries[number]! += 1;
    spent[number]! += costOf(columns, row);
    denials[number]! += denied[kind[row]!]!;
  }
  return { entries, spent, denials };
}
