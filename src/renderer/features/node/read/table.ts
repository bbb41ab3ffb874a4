import Papa from 'papaparse';
import { stringifyJson } from '../../../../core/json/pretty.ts';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { limits } from './limits.ts';

export type Grid = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (JsonNode | null)[])[];
};

const isScalar = (node: JsonNode): boolean => node.kind !== 'array' && node.kind !== 'object';
const isLong = (node: JsonNode): boolean =>
  node.kind === 'string' && (node.value.length > 400 || /\n[^]*\n/.test(node.value));

/**
 * A list of two or more objects as a table, where they have mostly the same keys and mostly plain values. Long texts
 * want room of their own, a repeated key has no cell: then it is no table.
 */
export function gridOfObjects(node: JsonNode): Grid | null {
  if (node.kind !== 'array' || node.items.length < 2 || node.items.length > limits.tableRows) return null;
  const columns = new Map<string, number>();
  let cells = 0;
  let odd = 0;
  for (const item of node.items) {
    if (item.kind !== 'object' || item.entries.length === 0) return null;
    const seen = new Set<string>();
    for (const { key, value } of item.entries) {
      if (seen.has(key) || isLong(value)) return null;
      seen.add(key);
      if (!columns.has(key)) columns.set(key, columns.size);
      cells += 1;
      if (!isScalar(value)) odd += 1;
    }
    if (columns.size > limits.tableColumns) return null;
  }
  const filled = cells / (columns.size * node.items.length);
  if (filled < 0.6 || odd / cells > 0.4) return null;
  const rows = node.items.map((item) => {
    const row: (JsonNode | null)[] = Array.from({ length: columns.size }, () => null);
    if (item.kind === 'object') for (const { key, value } of item.entries) row[columns.get(key)!] = value;
    return row;
  });
  return { columns: [...columns.keys()], rows };
}

/** `columns` as names and `rows` as lists of the same length, as databases answer. */
export function gridOfRows(columns: JsonNode, rows: JsonNode): Grid | null {
  if (columns.kind !== 'array' || rows.kind !== 'array') return null;
  const names = columns.items.map((item) => (item.kind === 'string' ? item.value : null));
  if (names.length === 0 || names.length > limits.tableColumns || names.includes(null)) return null;
  if (rows.items.length === 0 || rows.items.length > limits.tableRows) return null;
  const read: JsonNode[][] = [];
  for (const row of rows.items) {
    if (row.kind !== 'array' || row.items.length !== names.length || row.items.some(isLong)) return null;
    read.push([...row.items]);
  }
  return { columns: names as string[], rows: read };
}

/** A text of comma- or tab-separated values with a head: every row as long as the head, without any fault. */
export function gridOfText(text: string): Grid | null {
  if (text.length > limits.lookChars * 20) return null;
  const tabs = text.slice(0, 2_000).includes('\t');
  const { data, errors } = Papa.parse<string[]>(text.replace(/\r?\n$/, ''), {
    delimiter: tabs ? '\t' : ',',
    worker: false,
  });
  const [head, ...rows] = data;
  if (errors.length > 0 || head === undefined || head.length < 2 || rows.length < 2) return null;
  if (head.length > limits.tableColumns || rows.length > limits.tableRows) return null;
  if (head.some((name) => name.trim() === '') || rows.some((row) => row.length !== head.length)) return null;
  return {
    columns: head,
    rows: rows.map((row) => row.map((value): JsonNode => ({ kind: 'string', value }))),
  };
}

/** The number that a cell stands for when sorting; a text that is a plain number counts, as CSV has no other. */
export function numberOfCell(node: JsonNode | null): number | null {
  if (node === null) return null;
  if (node.kind === 'int' || node.kind === 'float') return Number(node.text);
  if (node.kind !== 'string' || !/^\s*[-+]?(?:\d[\d_,]*)?\.?\d+(?:e[-+]?\d+)?\s*$/i.test(node.value))
    return null;
  return Number(node.value.replaceAll(/[_,\s]/g, ''));
}

/** Rows in the order of a column. Numbers before texts, what is missing last; equal rows keep their order. */
export function sortedRows(
  rows: Grid['rows'],
  column: number,
  order: 'ascending' | 'descending',
): readonly number[] {
  const keys = rows.map((row) => {
    const cell = row[column] ?? null;
    return {
      number: numberOfCell(cell),
      text: cell === null || cell.kind === 'null' ? null : cellText(cell),
    };
  });
  const rank = (key: (typeof keys)[number]): number => (key.text === null ? 2 : key.number === null ? 1 : 0);
  const turn = order === 'ascending' ? 1 : -1;
  const collator = new Intl.Collator('en', { numeric: true });
  return keys
    .map((_, i) => i)
    .sort((i, j) => {
      const a = keys[i]!;
      const b = keys[j]!;
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      if (a.number !== null && b.number !== null) return (a.number - b.number) * turn || i - j;
      return a.text === null || b.text === null ? i - j : collator.compare(a.text, b.text) * turn || i - j;
    });
}

/** A cell as text: a string bare, a number as its source has it, anything else as JSON. */
export function cellText(node: JsonNode | null): string {
  if (node === null) return '';
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(node.value);
    case 'int':
    case 'float':
      return node.text;
    case 'string':
      return node.value;
    default:
      return compact(node);
  }
}

/** One line of JSON for a nested value, cut where no cell could show more. */
function compact(node: JsonNode): string {
  const whole = describe(node, 4);
  return whole.length > limits.cellChars * 4 ? `${whole.slice(0, limits.cellChars * 4)}…` : whole;
}

function describe(node: JsonNode, depth: number): string {
  if (node.kind === 'string') return JSON.stringify(node.value);
  if (node.kind === 'array') {
    if (depth === 0) return '[…]';
    return `[${node.items
      .slice(0, 50)
      .map((item) => describe(item, depth - 1))
      .join(', ')}${node.items.length > 50 ? ', …' : ''}]`;
  }
  if (node.kind === 'object') {
    if (depth === 0) return '{…}';
    const inner = node.entries.slice(0, 50).map(({ key, value }) => `${key}: ${describe(value, depth - 1)}`);
    return `{${inner.join(', ')}${node.entries.length > 50 ? ', …' : ''}}`;
  }
  return cellText(node);
}

/** RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export function toCsv(grid: Grid, order: readonly number[]): string {
  const lines = [grid.columns.map(csvCell).join(',')];
  for (const i of order) {
    lines.push(
      grid.rows[i]!.map((cell) =>
        cell !== null && (cell.kind === 'int' || cell.kind === 'float')
          ? cell.text
          : csvCell(cell === null || cell.kind === 'null' ? '' : csvText(cell)),
      ).join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

const csvText = (node: JsonNode): string =>
  node.kind === 'array' || node.kind === 'object' ? stringifyJson(node) : cellText(node);

function csvCell(text: string): string {
  const safe =
    /^[\s]*[=+\-@\t\r]/.test(text) && numberOfCell({ kind: 'string', value: text }) === null
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
