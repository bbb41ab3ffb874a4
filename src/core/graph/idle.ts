/** A gap is long from this on, however far apart the calls of a view usually are. */
export const IDLE_LEAST_MICROS = 10 * 60 * 1_000_000;
/** … and only where it is this many times the median gap of the view. */
export const IDLE_TIMES_MEDIAN = 20;

/** Where a view has long gaps: rows, ascending, and how long nothing was recorded before the call of each. */
export type IdleGaps = { readonly rows: Int32Array; readonly micros: Float64Array };

/**
 * The long gaps between the calls of a view. A gap stands at the newer of two neighbours whose times are known; it
 * is long from ten minutes on and from 20 times the median of all gaps. `times` are those of the rows, NaN unknown.
 */
export function idleGaps(order: Int32Array, timeMicros: Float64Array): IdleGaps {
  const rows: number[] = [];
  const micros: number[] = [];
  let gaps = 0;
  let small = 0;
  eachGap(order, timeMicros, (row, gap) => {
    gaps++;
    if (gap <= DECISIVE_MICROS) small++;
    if (gap < IDLE_LEAST_MICROS) return;
    rows.push(row);
    micros.push(gap);
  });
  const found = { rows: Int32Array.from(rows), micros: Float64Array.from(micros) };
  if (small * 2 >= gaps) return found;
  const long = IDLE_TIMES_MEDIAN * medianGap(order, timeMicros, gaps);
  const isLong = (_: number, at: number): boolean => micros[at]! >= long;
  return { rows: found.rows.filter(isLong), micros: found.micros.filter(isLong) };
}

/** Only a median above this makes more than `IDLE_LEAST_MICROS` of a long gap. */
const DECISIVE_MICROS = IDLE_LEAST_MICROS / IDLE_TIMES_MEDIAN;

/** Gaps between neighbouring rows of known times; a clock that stepped back makes no gap. */
function eachGap(
  order: Int32Array,
  timeMicros: Float64Array,
  visit: (row: number, gap: number) => void,
): void {
  let newer = NaN;
  let newerRow = -1;
  for (let row = 0; row < order.length; row++) {
    const time = timeMicros[order[row]!]!;
    if (time !== time) continue;
    if (newerRow >= 0) visit(newerRow, newer > time ? newer - time : 0);
    newer = time;
    newerRow = row;
  }
}

function medianGap(order: Int32Array, timeMicros: Float64Array, gaps: number): number {
  const all = new Float64Array(gaps);
  let at = 0;
  eachGap(order, timeMicros, (_row, gap) => {
    all[at++] = gap;
  });
  all.sort();
  return all[(gaps - 1) >>> 1]!;
}
