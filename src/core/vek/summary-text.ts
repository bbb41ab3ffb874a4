import { field } from '../json/build.ts';
import type { JsonEntry, JsonNode } from '../json/tree.ts';

/** Characters of each side of a summary. */
export const lineChars = 160;

const ansi = new RegExp(
  `${String.fromCharCode(27)}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${String.fromCharCode(7)}]*${String.fromCharCode(7)}?)`,
  'g',
);
const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/**
 * A text as one safe line of at most `max` characters, with an ellipsis where it was cut: terminal colours,
 * control characters, invisible format characters and bidi overrides are gone, blanks and line breaks are one blank.
 */
export function oneLine(text: string, max: number = lineChars): string {
  const start = text.search(/\S/u);
  const piece = start < 0 ? '' : text.slice(start, start + max * 8);
  const clean = piece
    .replaceAll(ansi, '')
    .replaceAll(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .toWellFormed()
    .trim();
  const more = start >= 0 && text.length > start + max * 8;
  if (clean.length <= max) return more ? `${clean.slice(0, max - 1)}…` : clean;
  return `${clean
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** First words of a text in quotation marks. */
export function quoted(text: string, max: number = lineChars - 2): string {
  return `“${oneLine(text, max)}”`;
}

/** Facts joined to one line; the ones that are empty are left out. */
export function joined(parts: readonly (string | null | undefined | false)[], separator = ' · '): string {
  return parts.filter(Boolean).join(separator);
}

/** A count with its noun, such as `1 result`; `atLeast` for a list that was cut: `12+ results`. */
export function counted(count: number, plural: string, atLeast = false): string {
  if (atLeast) return `${number.format(count)}+ ${plural}`;
  return `${number.format(count)} ${count === 1 ? singular(plural) : plural}`;
}

function singular(plural: string): string {
  if (/(?:tch|sh|ss|x)es$/.test(plural)) return plural.slice(0, -2);
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  return plural.replace(/s$/, '');
}

/** A size such as `48.2 kB`. */
export function sized(bytes: number, atLeast = false): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${number.format(value)}${atLeast ? '+' : ''} ${units[unit]}`;
}

/** Lines and bytes of a text, such as `3 lines, 68 B`. */
export function measured(text: string, atLeast = false): string {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return `${counted(lines, 'lines', atLeast)}, ${sized(new TextEncoder().encode(text).length, atLeast)}`;
}

/** A value inside a line: scalars as their text, short lists and objects with their parts, others as a count. */
export function inline(node: JsonNode, depth = 0): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(node.value);
    case 'int':
    case 'float':
      return oneLine(node.text, 40);
    case 'string':
      return oneLine(node.value, depth === 0 ? lineChars : 60);
    case 'array': {
      const short = node.items.length <= 8 && node.items.every((item) => !isNested(item));
      if (!short || node.items.length === 0) return counted(node.items.length, 'items');
      return node.items.map((item) => inline(item, depth + 1)).join(', ');
    }
    case 'object': {
      const entries = visibleEntries(node);
      if (depth > 1 || entries.length > 6) return counted(node.entries.length, 'fields');
      return `{${entries.map((entry) => named(entry, depth + 1)).join(', ')}}`;
    }
  }
}

/** A field with its name, such as `rev 2`. */
export function named(entry: JsonEntry, depth = 1): string {
  return `${oneLine(entry.key, 40)} ${inline(entry.value, depth)}`;
}

export function isNested(node: JsonNode): boolean {
  return node.kind === 'array' || node.kind === 'object';
}

const secret =
  /(?:^|_|-)(?:api_?key|secret|password|passwd|authorization|credentials?|cookies?|(?:access|auth|bearer|refresh|api)_?token|token)$/i;

/** The fields that a summary may show: no receiver of a method, nothing that looks like a secret. */
export function visibleEntries(node: JsonNode): readonly JsonEntry[] {
  if (node.kind !== 'object') return [];
  return node.entries.filter(({ key }) => key !== 'self' && key !== 'cls' && !secret.test(key));
}

/** The first of these fields that is there and not null. */
export function firstField(node: JsonNode | null | undefined, names: readonly string[]): JsonNode | null {
  for (const name of names) {
    const value = field(node, name);
    if (value !== undefined && value.kind !== 'null') return value;
  }
  return null;
}

/** The first of these fields that holds a text which is not blank. */
export function firstText(node: JsonNode | null | undefined, names: readonly string[]): string | null {
  for (const name of names) {
    const value = field(node, name);
    if (value?.kind === 'string' && value.value.trim() !== '') return value.value;
  }
  return null;
}

/** The first of these fields that holds a number. */
export function firstNumber(node: JsonNode | null | undefined, names: readonly string[]): number | null {
  for (const name of names) {
    const value = field(node, name);
    if (value?.kind === 'int' || value?.kind === 'float') return Number(value.text);
  }
  return null;
}
