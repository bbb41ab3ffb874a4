import {
  ENTRY_KINDS,
  type EntryKind,
  type LedgerMark,
  type LedgerSums,
  type Outcome,
} from '../../../contract/ledger.ts';
import { FLAG, NONE, type LedgerColumns } from '../columns.ts';
import type { LedgerFacts } from './facts.ts';

/** The place of each kind in `ENTRY_KINDS`, which is what the column `kind` holds. */
export const KIND = Object.fromEntries(ENTRY_KINDS.map((kind, at) => [kind, at])) as Record<
  EntryKind,
  number
>;

/** A table over kinds: 1 for those given. */
export function kindTable(...kinds: readonly EntryKind[]): Uint8Array {
  const table = new Uint8Array(ENTRY_KINDS.length);
  for (const kind of kinds) table[KIND[kind]] = 1;
  return table;
}

/** Kinds whose `detail` is a reason. */
export const REASON_KINDS: readonly EntryKind[] = ['release', 'deny', 'fail', 'policy'];
/** Requests that were refused before anything ran. */
export const DENIED_KINDS: readonly EntryKind[] = ['deny', 'policy'];

/** The row of an entry, or -1. Rows are in the order of `seq`. */
export function rowOfSeq(columns: LedgerColumns, seq: number): number {
  let low = 0;
  let high = columns.count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = columns.seq[middle]!;
    if (value === seq) return middle;
    if (value < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** How executions can end, by the numbers that `outcomesOf` gives. */
export const OUTCOMES: readonly Outcome[] = ['unknown', 'spent', 'released', 'denied', 'failed', 'open'];

const outcomes = new WeakMap<LedgerColumns, { readonly count: number; readonly codes: Uint8Array }>();

/**
 * How each execution ended, as places in `OUTCOMES`: by the entry that settled its reservation; without one it is open
 * where it has a reservation, else denied or failed where an entry says so.
 */
export function outcomesOf(columns: LedgerColumns): Uint8Array {
  const known = outcomes.get(columns);
  if (known?.count === columns.count) return known.codes;
  const { count, kind, execution, executions } = columns;
  const codes = new Uint8Array(executions.count);
  const ends = new Uint8Array(ENTRY_KINDS.length);
  for (const one of DENIED_KINDS) ends[KIND[one]] = OUTCOMES.indexOf('denied');
  ends[KIND.fail] = OUTCOMES.indexOf('failed');
  for (let row = 0; row < count; row++) {
    const end = ends[kind[row]!]!;
    if (end === 0) continue;
    const number = execution[row]!;
    if (number !== NONE && (codes[number] === 0 || codes[number]! > end)) codes[number] = end;
  }
  for (let number = 0; number < executions.count; number++) {
    const settle = executions.settle[number]!;
    if (settle !== NONE) codes[number] = kind[settle] === KIND.commit ? 1 : 2;
    else if (executions.reserve[number] !== NONE) codes[number] = 5;
  }
  outcomes.set(columns, { count, codes });
  return codes;
}

/** Whether an entry is a reservation that nothing settled yet. */
export function isOpen(columns: LedgerColumns, row: number): boolean {
  const number = columns.execution[row]!;
  return (
    columns.kind[row] === KIND.reserve &&
    number !== NONE &&
    columns.executions.reserve[number] === row &&
    columns.executions.settle[number] === NONE
  );
}

/** The same past its expiry. */
export function isExpired(columns: LedgerColumns, row: number, facts: LedgerFacts): boolean {
  return columns.expiry[row]! < facts.nowMicros && isOpen(columns, row);
}

const FLAG_MARKS: readonly (readonly [flag: number, mark: LedgerMark])[] = [
  [FLAG.overrun, 'overrun'],
  [FLAG.recovered, 'recovered'],
  [FLAG.free, 'free'],
  [FLAG.clockBack, 'clock-back'],
  [FLAG.oddPayload, 'odd-payload'],
];

/** What is unusual about an entry. */
export function marksOf(columns: LedgerColumns, row: number, facts: LedgerFacts): readonly LedgerMark[] {
  const flags = columns.flags[row]!;
  const marks = FLAG_MARKS.filter(([flag]) => (flags & flag) !== 0).map(([, mark]) => mark);
  if (!isOpen(columns, row)) return marks;
  return [...marks, isExpired(columns, row, facts) ? 'expired' : 'open'];
}

/** A number of a column that may be absent. */
export const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The text of a column; null: absent. */
export const textOf = (columns: LedgerColumns, id: number): string | null => columns.texts.text(id);

/** What a settlement cost, for sums: 0 where the entry is none or names no amount. */
export function costOf(columns: LedgerColumns, row: number): number {
  return columns.kind[row] === KIND.commit ? columns.amount[row]! || 0 : 0;
}

/** Sums over rows. Only settlements count as spent: the entry of a tool run repeats the cost of its settlement. */
export function sumsOf(columns: LedgerColumns, rows: Uint32Array): LedgerSums {
  const { kind, amount, execution, prompt, completion } = columns;
  const seen = new Uint8Array(columns.executions.count);
  const denied = kindTable(...DENIED_KINDS);
  let executions = 0;
  let spentMicro = 0;
  let commits = 0;
  let releases = 0;
  let denials = 0;
  let promptTokens = 0;
  let completionTokens = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const number = execution[row]!;
    if (number !== NONE && seen[number] === 0) {
      seen[number] = 1;
      executions += 1;
    }
    const what = kind[row]!;
    if (what === KIND.commit) {
      commits += 1;
      spentMicro += amount[row]! || 0;
      promptTokens += prompt[row]! || 0;
      completionTokens += completion[row]! || 0;
    } else if (what === KIND.release) releases += 1;
    else denials += denied[what]!;
  }
  return {
    entries: rows.length,
    executions,
    spentMicro,
    commits,
    releases,
    denials,
    promptTokens,
    completionTokens,
  };
}
