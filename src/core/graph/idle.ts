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
  eachGap(order, timeMicros, (row, gap) => {
    gaps++;
    if (gap < IDLE_LEAST_MICROS) return;
    rows.push(row);
    micros.push(gap);
  });
  const long = threshold(order, timeMicros, gaps);
  if (long > IDLE_LEAST_MICROS) {
    const kept = micros.map((gap, i) => (gap >= long ? i : -1)).filter((i) => i >= 0);
    return {
      rows: Int32Array.from(kept, (i) => rows[i]!),
      micros: Float64Array.from(kept, (i) => micros[i]!),
    };
  }
  return { rows: Int32Array.from(rows), micros: Float64Array.from(micros) };
}

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
    if (newerRow >= 0) visit(newerRow, Math.max(0, newer - time));
    newer = time;
    newerRow = row;
  }
}

/** The least gap that is long. The median is looked for only where it is so large that it decides. */
function threshold(order: Int32Array, timeMicros: Float64Array, gaps: number): number {
  const decisive = IDLE_LEAST_MICROS / IDLE_TIMES_MEDIAN;
  let small = 0;
  eachGap(order, timeMicros, (_row, gap) => {
    if (gap <= decisive) small++;
  });
  if (small * 2 >= gaps) return IDLE_LEAST_MICROS;
  const all = new Float64Array(gaps);
  let at = 0;
  eachGap(order, timeMicros, (_row, gap) => {
    all[at++] = gap;
  });
  all.sort();
  return Math.max(IDLE_LEAST_MICROS, IDLE_TIMES_MEDIAN * all[(gaps - 1) >>> 1]!);
}
