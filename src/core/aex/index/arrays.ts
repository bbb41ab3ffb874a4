import type { LedgerColumns } from '../columns.ts';

/** The columns of numbers: those of eight bytes, of four, and of one. */
export const WIDE = [
  'seq',
  'micros',
  'estimated',
  'amount',
  'prompt',
  'completion',
  'expiry',
  'spent',
  'reserved',
  'allSpent',
  'allReserved',
] as const;
export const NUMBERS = ['type', 'agent', 'execution', 'detail', 'next'] as const;
export const BYTES = ['kind', 'flags'] as const;
export const EXECUTION_NUMBERS = ['first', 'last', 'reserve', 'settle', 'entries'] as const;

/** Arrays of one capacity, in shared memory. */
export type EntryArrays = { [K in (typeof WIDE)[number]]: Float64Array } & {
  [K in (typeof NUMBERS)[number]]: Uint32Array;
} & { [K in (typeof BYTES)[number]]: Uint8Array };
export type ExecutionArrays = { [K in (typeof EXECUTION_NUMBERS)[number]]: Uint32Array };

const floats = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));
const numbers = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
const bytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

/** What a column of so many entries is given to grow into before it has to move. */
export const withSlack = (count: number): number => Math.ceil(count * 1.1) + 1_024;

/** New arrays of this capacity that begin with what stands in `from`. */
export function entryArrays(capacity: number, from: Partial<EntryArrays> = {}, count = 0): EntryArrays {
  const made: Record<string, Float64Array | Uint32Array | Uint8Array> = {};
  for (const name of WIDE) made[name] = started(floats(capacity), from[name]?.subarray(0, count));
  for (const name of NUMBERS) made[name] = started(numbers(capacity), from[name]?.subarray(0, count));
  for (const name of BYTES) made[name] = started(bytes(capacity), from[name]?.subarray(0, count));
  return made as EntryArrays;
}

export function executionArrays(
  capacity: number,
  from: Partial<ExecutionArrays> = {},
  count = 0,
): ExecutionArrays {
  const made: Record<string, Uint32Array> = {};
  for (const name of EXECUTION_NUMBERS)
    made[name] = started(numbers(capacity), from[name]?.subarray(0, count));
  return made as ExecutionArrays;
}

function started<A extends Float64Array | Uint32Array | Uint8Array>(array: A, from: A | undefined): A {
  if (from !== undefined) array.set(from);
  return array;
}

/** Numbers that follow each other from one on. */
export function numbered(from: number, count: number): Float64Array {
  const made = floats(count);
  for (let row = 0; row < count; row++) made[row] = from + row;
  return made;
}

/**
 * The columns with copies of those that change when entries are added, so that another thread may go on with the index
 * while these are written.
 */
export function stillColumns(columns: LedgerColumns): LedgerColumns {
  const { executions } = columns;
  const { last, reserve, settle, entries } = executions;
  return {
    ...columns,
    next: columns.next.slice(0, columns.count),
    executions: {
      ...executions,
      last: last.slice(0, executions.count),
      reserve: reserve.slice(0, executions.count),
      settle: settle.slice(0, executions.count),
      entries: entries.slice(0, executions.count),
    },
  };
}
