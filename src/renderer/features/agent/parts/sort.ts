/** A column and which way its rows fall. */
export type SortBy = { readonly column: string; readonly falling: boolean };

const names = new Intl.Collator('en', { numeric: true });

/** Rows by a value, stable; those without one stand last whichever way. */
export function sorted<Row>(
  rows: readonly Row[],
  by: (row: Row) => string | number | null,
  falling: boolean,
): readonly Row[] {
  const way = falling ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: by(row) }));
  keyed.sort(({ value: a }, { value: b }) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
    return way * names.compare(String(a), String(b));
  });
  return keyed.map(({ row }) => row);
}
