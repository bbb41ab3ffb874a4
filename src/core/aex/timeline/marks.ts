import {
  TIMELINE_BARS,
  TIMELINE_MARKS,
  type ReservationBar,
  type TimelineMark,
} from '../../../contract/ledger-timeline.ts';
import { FLAG, NONE, type LedgerColumns } from '../columns.ts';
import type { BalanceColumns } from '../views/balances.ts';
import type { LedgerFacts } from '../views/facts.ts';
import { DENIED_KINDS, KIND, kindTable, numberOrNull, textOf } from '../views/rows.ts';
import { firstAt } from './order.ts';
import type { TimeSeries } from './spans.ts';

type Window = { readonly from: number; readonly to: number };

/** The reservations that reach into a window, in the order of their beginnings; null where there are too many. */
export function barsOf(
  columns: LedgerColumns,
  series: TimeSeries,
  balances: BalanceColumns,
  facts: LedgerFacts,
  window: Window,
): { readonly bars: readonly ReservationBar[] | null; readonly barCount: number } {
  const { spans } = series;
  const begin = firstAt(spans.from, window.from);
  const end = firstAt(spans.from, window.to);
  const before: number[] = [];
  for (let at = begin - 1; at >= 0 && spans.reach[at]! > window.from; at--) {
    if (spans.to[at]! > window.from && spans.to[at] !== Number.POSITIVE_INFINITY) before.push(at);
  }
  for (const at of spans.open) if (at < begin) before.push(at);
  const barCount = before.length + Math.max(0, end - begin);
  if (barCount > TIMELINE_BARS) return { bars: null, barCount };
  const places = [
    ...before.toSorted((a, b) => a - b),
    ...Array.from({ length: Math.max(0, end - begin) }, (_, n) => begin + n),
  ];
  return { bars: places.map((at) => barOf(columns, series, balances, facts, at)), barCount };
}

function barOf(
  columns: LedgerColumns,
  { spans }: TimeSeries,
  balances: BalanceColumns,
  facts: LedgerFacts,
  at: number,
): ReservationBar {
  const { executions, micros, seq, kind } = columns;
  const row = spans.rows[at]!;
  const number = columns.execution[row]!;
  const settle = executions.settle[number]!;
  const open = settle === NONE;
  const spent = !open && kind[settle] === KIND.commit;
  const expiry = columns.expiry[row]!;
  const estimated = columns.estimated[row]! || 0;
  const from = micros[row]!;
  return {
    executionId: executions.ids.text(number + 1)!,
    agent: textOf(columns, columns.agent[row]!),
    drawnFromMicros: spans.from[at]!,
    drawnToMicros: open ? null : spans.to[at]!,
    fromMicros: from,
    toMicros: open ? null : (numberOrNull(micros[settle]!) ?? from),
    expiryMicros: numberOrNull(expiry),
    estimatedMicro: estimated,
    costMicro: spent ? numberOrNull(columns.amount[settle]!) : null,
    outcome: open ? (expiry < facts.nowMicros ? 'expired' : 'open') : spent ? 'spent' : 'released',
    overrun: spent && (columns.flags[settle]! & FLAG.overrun) !== 0,
    unspentMicro: (balances.budgetMicro ?? 0) - balances.spent[row]!,
    belowMicro: balances.reserved[row]! - estimated,
    firstSeq: seq[executions.first[number]!]!,
    lastSeq: seq[executions.last[number]!]!,
  };
}

/**
 * The entries of a window that are marked, each once: those with an error or warning, else overruns, denials, failures (of an
 * execution or tool run) and changes of an agent's state; then the places where some are missing. The first ones are
 * listed, all are counted.
 */
export function timelineMarks(
  columns: LedgerColumns,
  series: TimeSeries,
  found: Uint8Array,
  missing: readonly TimelineMark[],
  window: Window,
): { readonly marks: readonly TimelineMark[]; readonly markCount: number } {
  const { kind, flags, estimated, amount } = columns;
  const { rows, drawn } = series;
  const places = markedPlaces(columns, series, found);
  const marks: TimelineMark[] = [];
  let markCount = 0;
  const end = firstIn(places, firstAt(drawn, window.to));
  for (let n = firstIn(places, firstAt(drawn, window.from)); n < end; n++) {
    const at = places[n]!;
    const row = rows[at]!;
    markCount += 1;
    if (marks.length >= TIMELINE_MARKS) continue;
    const mark = markOf(columns, row, found);
    const over = (flags[row]! & FLAG.overrun) !== 0 ? amount[row]! - estimated[row]! : Number.NaN;
    marks.push({
      seq: columns.seq[row]!,
      atMicros: columns.micros[row]!,
      drawnMicros: drawn[at]!,
      mark,
      agent: textOf(columns, columns.agent[row]!),
      micro: numberOrNull(kind[row] === KIND.deny ? estimated[row]! : over),
      text: textOf(columns, columns.detail[row]!) ?? textOf(columns, columns.type[row]!) ?? '',
    });
  }
  marks.push(...missing.slice(0, Math.max(0, TIMELINE_MARKS - marks.length)));
  return { marks, markCount: markCount + missing.length };
}

const placesKept = new WeakMap<
  TimeSeries,
  { readonly found: Uint8Array; readonly places: Uint32Array<ArrayBuffer> }
>();

/** The places of an order whose entries are marked, kept until a check says something else. */
function markedPlaces(columns: LedgerColumns, series: TimeSeries, found: Uint8Array): Uint32Array {
  const before = placesKept.get(series);
  if (before?.found === found) return before.places;
  const { kind, flags } = columns;
  const { rows } = series;
  const marked = kindTable(...DENIED_KINDS, 'fail', 'tool-denied', 'lifecycle');
  const list = new Uint32Array(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (marked[kind[row]!] === 1 || found[row] === 1 || (flags[row]! & FLAG.overrun) !== 0) list[n++] = at;
  }
  const places = list.slice(0, n);
  placesKept.set(series, { found, places });
  return places;
}

/** The first number of an ascending list that is not below this one. */
function firstIn(list: Uint32Array, number: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function markOf({ kind, flags }: LedgerColumns, row: number, found: Uint8Array): TimelineMark['mark'] {
  if (found[row] === 1) return 'finding';
  if ((flags[row]! & FLAG.overrun) !== 0) return 'overrun';
  if (kind[row] === KIND.lifecycle) return 'lifecycle';
  return kind[row] === KIND.deny || kind[row] === KIND.policy ? 'denied' : 'failed';
}
