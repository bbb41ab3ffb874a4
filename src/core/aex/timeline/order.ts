import type { LedgerColumns } from '../columns.ts';

/**
 * The dated entries in the order of their stored times, equal ones in the order of seq, and where on the line of time
 * each is drawn. AEX stores whole seconds: entries of one second are spread evenly over it by their order (over the time
 * up to the next one where that is nearer), so that each has a place of its own when a person zooms in. A stored time
 * with a fraction is drawn where it is. An entry whose clock had stepped back stands at the time it names.
 */
export type TimeOrder = {
  readonly rows: Uint32Array;
  /** microseconds since 1970, ascending; never before the stored time, and less than a second after it */
  readonly drawn: Float64Array;
  /** entries whose time can't be read */
  readonly undated: number;
  /** no clock stepped back: the order is that of seq */
  readonly inSeqOrder: boolean;
};

const SECOND = 1e6;
const kept = new WeakMap<LedgerColumns, { readonly count: number; readonly order: TimeOrder }>();

/** The order of all entries. It is kept until there are more. */
export function timeOrder(columns: LedgerColumns): TimeOrder {
  const before = kept.get(columns);
  if (before?.count === columns.count) return before.order;
  const { rows, inSeqOrder } = sortedRows(columns);
  const drawn = drawnTimes(columns.micros, rows);
  const order = { rows, drawn, undated: columns.count - rows.length, inSeqOrder };
  kept.set(columns, { count: columns.count, order });
  return order;
}

/** The same for the entries of one agent; they are drawn where they are among all. */
export function orderOfAgent(columns: LedgerColumns, agent: string): TimeOrder {
  const all = timeOrder(columns);
  const id = columns.texts.findText(agent);
  const rows = new Uint32Array(all.rows.length);
  const drawn = new Float64Array(all.rows.length);
  let n = 0;
  if (id !== 0)
    for (let at = 0; at < all.rows.length; at++) {
      const row = all.rows[at]!;
      if (columns.agent[row] !== id) continue;
      rows[n] = row;
      drawn[n++] = all.drawn[at]!;
    }
  let undated = 0;
  if (all.undated > 0 && id !== 0)
    for (let row = 0; row < columns.count; row++)
      if (columns.agent[row] === id && Number.isNaN(columns.micros[row]!)) undated += 1;
  return { rows: rows.slice(0, n), drawn: drawn.slice(0, n), undated, inSeqOrder: all.inSeqOrder };
}

/** Rows by time, stable: times are ascending but for a few steps back, so their ascending runs are merged. */
function sortedRows({ count, micros }: LedgerColumns): Pick<TimeOrder, 'rows' | 'inSeqOrder'> {
  let from = new Uint32Array(count);
  let n = 0;
  const starts: number[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const time = micros[row]!;
    if (Number.isNaN(time)) continue;
    if (time < last) starts.push(n);
    from[n++] = row;
    last = time;
  }
  from = from.slice(0, n);
  let runs = [...starts, n];
  let to = runs.length > 2 ? new Uint32Array(n) : from;
  while (runs.length > 2) {
    const merged = [0];
    for (let at = 0; at + 1 < runs.length; at += 2) {
      const end = runs[Math.min(at + 2, runs.length - 1)]!;
      mergeRuns(micros, from, to, runs[at]!, runs[at + 1]!, end);
      merged.push(end);
    }
    [from, to] = [to, from];
    runs = merged;
  }
  return { rows: from, inSeqOrder: starts.length < 2 };
}

function mergeRuns(
  micros: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    if (left < middle && (right >= end || micros[from[left]!]! <= micros[from[right]!]!))
      to[at] = from[left++]!;
    else to[at] = from[right++]!;
  }
}

function drawnTimes(micros: Float64Array, rows: Uint32Array): Float64Array {
  const drawn = new Float64Array(rows.length);
  for (let start = 0; start < rows.length;) {
    const time = micros[rows[start]!]!;
    let end = start + 1;
    while (end < rows.length && time === micros[rows[end]!]!) end += 1;
    const room = time % SECOND === 0 ? SECOND : 0;
    const next = end < rows.length ? micros[rows[end]!]! : Number.POSITIVE_INFINITY;
    const step = Math.min(room, next - time) / (end - start);
    for (let at = start; at < end; at++) drawn[at] = time + (at - start) * step;
    start = end;
  }
  return drawn;
}

/** The first place whose time is not before this one. */
export function firstAt(times: Float64Array, micros: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}
