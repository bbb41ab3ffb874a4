/** First position in ascending `values` that is not below `value`. */
export function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The position of `value` in ascending `values`, or -1. */
export function positionOf(values: Int32Array, value: number): number {
  const at = lowerBound(values, value);
  return at < values.length && values[at] === value ? at : -1;
}
