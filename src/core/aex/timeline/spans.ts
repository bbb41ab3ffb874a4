import { NONE, type LedgerColumns } from '../columns.ts';
import { KIND } from '../views/rows.ts';
import { lineRows } from './line.ts';
import type { TimeOrder } from './order.ts';

/** The reservations of an order by their beginnings: rows that reserved, and from when to when each is drawn. */
export type Spans = {
  readonly rows: Uint32Array;
  readonly from: Float64Array;
  /** when it was settled; Infinity: it is open */
  readonly to: Float64Array;
  /** the latest end of the settled ones up to each */
  readonly reach: Float64Array;
  /** the places of the open ones */
  readonly open: readonly number[];
};

/** Places of an order of which the longest silence is kept. */
export const SILENCE_BLOCK = 64;

/** Everything of an order that does not depend on what is shown of it. */
export type TimeSeries = TimeOrder & {
  readonly spans: Spans;
  /** up to when something went on, after each entry: its time, or the end or expiry of a reservation before it */
  readonly busy: Float64Array;
  /** the longest silence before an entry, of each `SILENCE_BLOCK` places */
  readonly silence: Float64Array;
  /** after which row the money stands at each place, see `lineRows`; null: at each after its own */
  readonly line: Int32Array | null;
};

/** Reservations and busy times of an order. `drawnOf`: where each row is drawn, NaN where it has no time. */
export function seriesOf(columns: LedgerColumns, order: TimeOrder, drawnOf: Float64Array): TimeSeries {
  const { kind, execution, executions, expiry } = columns;
  const { rows, drawn } = order;
  const spanRows = new Uint32Array(rows.length);
  const from = new Float64Array(rows.length);
  const to = new Float64Array(rows.length);
  const busy = new Float64Array(rows.length);
  let n = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const time = drawn[at]!;
    if (time > until) until = time;
    const number = kind[row] === KIND.reserve ? execution[row]! : NONE;
    if (number !== NONE && executions.reserve[number] === row) {
      const settle = executions.settle[number]!;
      const settled = settle === NONE ? Number.POSITIVE_INFINITY : drawnOf[settle]!;
      // a settlement without a time, or before its reservation, leaves nothing to draw but the beginning
      const end = settled > time ? settled : time;
      spanRows[n] = row;
      from[n] = time;
      to[n++] = end;
      const expires = expiry[row]!;
      const going = Math.min(end, Number.isNaN(expires) ? end : Math.max(time, expires));
      if (going > until && going !== Number.POSITIVE_INFINITY) until = going;
    }
    busy[at] = until;
  }
  return {
    ...order,
    busy,
    silence: silences(drawn, busy),
    line: order.inSeqOrder ? null : lineRows(rows),
    spans: {
      rows: spanRows.slice(0, n),
      from: from.slice(0, n),
      to: to.slice(0, n),
      ...reachOf(to.subarray(0, n)),
    },
  };
}

function reachOf(to: Float64Array): Pick<Spans, 'reach' | 'open'> {
  const reach = new Float64Array(to.length);
  const open: number[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < to.length; at++) {
    if (to[at] === Number.POSITIVE_INFINITY) open.push(at);
    else if (to[at]! > until) until = to[at]!;
    reach[at] = until;
  }
  return { reach, open };
}

function silences(drawn: Float64Array, busy: Float64Array): Float64Array {
  const longest = new Float64Array(Math.ceil(drawn.length / SILENCE_BLOCK));
  for (let at = 1; at < drawn.length; at++) {
    const block = Math.floor(at / SILENCE_BLOCK);
    const silence = drawn[at]! - busy[at - 1]!;
    if (silence > longest[block]!) longest[block] = silence;
  }
  return longest;
}
