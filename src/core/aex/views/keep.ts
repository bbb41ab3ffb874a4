/** Keeps the rows that fit at the beginning of `rows` and returns how many they are. */
export type Test = (rows: Uint32Array, n: number) => number;
/** A term made ready; `all` and `none` need no look at the rows. */
export type Compiled = Test | 'all' | 'none';

/** Rows that fit. */
export function keep(fits: (row: number) => boolean): Test {
  return (rows, n) => {
    let kept = 0;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (fits(row)) rows[kept++] = row;
    }
    return kept;
  };
}
