import { limits } from '../storage/limits.ts';

/** The column in which `cutTexts` puts the length of a text that it cut. */
export const lengthColumn = (name: string): string => `length of ${name}`;

/**
 * A query whose texts are read up to a length: 10 MB of text in a name would be held many times over. After the columns
 * come the lengths of those that were cut, else NULL.
 */
export function cutTexts(
  query: string,
  columns: readonly string[],
  chars: number = limits.ledgerNameChars,
): string {
  const isLong = (name: string): string => `length("${name}") > ${chars}`;
  return `SELECT ${[
    ...columns.map((name) => `iif(${isLong(name)}, substr("${name}", 1, ${chars}), "${name}") AS "${name}"`),
    ...columns.map((name) => `iif(${isLong(name)}, length("${name}"), NULL) AS "${lengthColumn(name)}"`),
  ].join(', ')} FROM (${query})`;
}

/** A text that was cut, with how long it is. */
export const cutText = (text: string, length: number): string =>
  `${text}… (${length.toLocaleString('en-US')} characters)`;
