import { safeLine } from './output.ts';

/** A column of a table: its head, and whether it is of numbers, which stand right. */
export type Column = { readonly head: string; readonly right?: true };

/** Signs that a terminal shows as wide as two; enough for names and texts to stand under each other. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/gu;
const NARROW = /\p{Mark}|\u200d/gu;

function widthOf(text: string): number {
  const signs = [...text].length;
  return signs + (text.match(WIDE)?.length ?? 0) - (text.match(NARROW)?.length ?? 0);
}

/** Lines of a table with two blanks between columns. Cells are made safe for a terminal; the last column is not filled up. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return [...tableEach(columns, () => rows)];
}

/** The same line by line, for tables of any length: the rows are gone through twice, for the widths first. */
export function* tableEach(
  columns: readonly Column[],
  rows: () => Iterable<readonly string[]>,
): Generator<string, void, void> {
  const heads = columns.map(({ head }) => head);
  const widths = heads.map(widthOf);
  for (const row of rows()) {
    for (let at = 0; at < widths.length; at++) {
      widths[at] = Math.max(widths[at]!, widthOf(safeLine(row[at] ?? '')));
    }
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ right }, at) => {
        const cell = cells[at] ?? '';
        const fill = ' '.repeat(Math.max(0, widths[at]! - widthOf(cell)));
        return right === true ? fill + cell : cell + fill;
      })
      .join('  ')
      .trimEnd();
  yield line(heads);
  for (const row of rows()) yield line(row.map(safeLine));
}

/** Money as the window shows it: dollars with six decimals. */
export function money(micros: number): string {
  const whole = Math.abs(Math.round(micros));
  const dollars = Math.floor(whole / 1e6).toLocaleString('en-US');
  return `${micros < 0 ? '-' : ''}$${dollars}.${String(whole % 1e6).padStart(6, '0')}`;
}

/** The same of an amount of any length. */
export function exactMoney(micros: bigint): string {
  const whole = micros < 0n ? -micros : micros;
  const dollars = (whole / 1_000_000n).toLocaleString('en-US');
  return `${micros < 0n ? '-' : ''}$${dollars}.${String(whole % 1_000_000n).padStart(6, '0')}`;
}

/** A whole number with separators. */
export const number = (value: number): string => value.toLocaleString('en-US');
