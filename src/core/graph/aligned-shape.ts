/**
 * What a row of two runs side by side is. `ignored`: the same but for what is ignored. `output`, `input`, `both`: the
 * same tool, and that differs.
 */
export const ROW = {
  same: 0,
  ignored: 1,
  output: 2,
  input: 3,
  both: 4,
  onlyA: 5,
  onlyB: 6,
} as const;
export type RowKind = (typeof ROW)[keyof typeof ROW];

/** A sign for each kind, in the order of `ROW`. */
const SIGNS = '=~oib<>';

/** Whether a row of this kind is a difference. */
export const isDifference = (kind: number): boolean => kind > ROW.ignored;

/** Whether a row of this kind has a call of the first, or of the second run. */
export const hasA = (kind: number): boolean => kind !== ROW.onlyB;
export const hasB = (kind: number): boolean => kind !== ROW.onlyA;

/** The same row with the two runs swapped. */
export const mirrorKind = (kind: RowKind): RowKind =>
  kind === ROW.onlyA ? ROW.onlyB : kind === ROW.onlyB ? ROW.onlyA : kind;

/** The kinds of all rows as a short text: a sign, and how often it repeats (`=120<2o`). */
export function encodeShape(kinds: Uint8Array): string {
  let text = '';
  for (let at = 0; at < kinds.length;) {
    let end = at + 1;
    while (end < kinds.length && kinds[end] === kinds[at]) end += 1;
    text += SIGNS[kinds[at]!]! + (end - at > 1 ? String(end - at) : '');
    at = end;
  }
  return text;
}

/** The kinds of all rows again, `rows` of them; what does not fit is left out. */
export function decodeShape(text: string, rows: number): Uint8Array {
  const kinds = new Uint8Array(rows);
  let at = 0;
  for (const [, sign, count] of text.matchAll(/([=~oib<>])(\d*)/g)) {
    const end = Math.min(rows, at + (count === '' ? 1 : Number(count)));
    kinds.fill(SIGNS.indexOf(sign!), at, end);
    at = end;
  }
  return kinds;
}
