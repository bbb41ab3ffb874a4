/** By which column a table is ordered, and which way. */
export type Sort = { readonly key: string; readonly down: boolean };

/** What a cell is ordered by; null stands last, whichever way. */
export type SortValue = number | string | null;

/** Rows in the order of a column; equal ones stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: ((row: Row) => SortValue) | undefined,
  down: boolean,
): readonly Row[] {
  if (valueOf === undefined) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right), 'en', { numeric: true });
    return down ? -order : order;
  });
}
