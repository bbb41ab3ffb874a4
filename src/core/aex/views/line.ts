/** What a line of a view is; the rest of its number is a row, for a day its place in `days`, for a gap in `gaps`. */
export const LINE = {
  entry: 0,
  inGroup: 0x4000_0000,
  group: 0x8000_0000,
  day: 0xc000_0000,
  gone: 0xe000_0000,
} as const;
const KINDS = 0xc000_0000;

export const lineKind = (code: number): number => (code >= LINE.gone ? LINE.gone : (code & KINDS) >>> 0);
export const lineRow = (code: number): number => code & (code >= LINE.gone ? ~LINE.gone : ~KINDS);
/** The line of a group at this row, or of the day or the gap at this place. */
export const lineOf = (kind: number, row: number): number => (kind | row) >>> 0;
