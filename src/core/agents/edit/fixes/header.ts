import { readYaml } from '../../../yaml/yaml.ts';
import { endOf, linesOf, withLine, withLineBelow } from './lines.ts';
import type { Line } from './lines.ts';

const fence = /^-{3,}\s*$/;
const top = /^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|)$/;

/** A key of a header with the lines (from 1) that it takes. `value` is what stands behind its colon. */
type Entry = { readonly key: string; readonly value: string; readonly first: number; readonly last: number };

/** The lines (from 1) of the two fences of a header; null where there is none. */
function fencesOf(lines: readonly Line[]): readonly [open: number, close: number] | null {
  const open = lines.findIndex(({ text }) => text.trim() !== '');
  if (open === -1 || !fence.test(lines[open]!.text)) return null;
  const close = lines.findIndex(({ text }, i) => i > open && fence.test(text));
  return close === -1 ? null : [open + 1, close + 1];
}

function entriesOf(text: string): readonly Entry[] {
  const lines = linesOf(text);
  const fences = fencesOf(lines);
  if (fences === null) return [];
  const entries: Entry[] = [];
  for (let i = fences[0]; i < fences[1] - 1; i++) {
    const found = top.exec(lines[i]!.text);
    if (found === null) continue;
    let last = i;
    while (last + 1 < fences[1] - 1 && /^(?:[ \t]|-(?:[ \t]|$))/.test(lines[last + 1]!.text)) last++;
    entries.push({ key: found[1]!, value: found[2] ?? '', first: i + 1, last: last + 1 });
    i = last;
  }
  return entries;
}

/** Whether a text has a header between two fences. */
export function hasHeader(text: string): boolean {
  return fencesOf(linesOf(text)) !== null;
}

/** The text with a header of these lines put in front. */
export function withHeader(text: string, rows: readonly string[]): string {
  const end = endOf(text);
  const body = text === '' || /^\r?\n/.test(text) ? text : end + text;
  return ['---', ...rows, '---', ''].join(end) + body;
}

/**
 * The text with a key of its header saying something else. A new key stands where the format's order has it; comments
 * and all other lines stay. Null where there is no header, or the key can't be told.
 */
export function withKey(text: string, key: string, value: string, order: readonly string[]): string | null {
  const lines = linesOf(text);
  const fences = fencesOf(lines);
  if (fences === null) return null;
  const entries = entriesOf(text);
  const entry = entries.findLast((one) => one.key === key);
  const row = `${key}: ${value}`;
  if (entry === undefined) {
    const before = new Set(order.slice(0, order.indexOf(key)));
    const below = entries.findLast((one) => before.has(one.key));
    return withLineBelow(text, below?.last ?? fences[0], row);
  }
  const comment = /^[^'"#]*?([ \t]+#.*)$/.exec(entry.value)?.[1] ?? '';
  const first = lines[entry.first - 1]!;
  const end = lines[entry.last - 1]!;
  return text.slice(0, first.at) + row + comment + text.slice(end.at + end.text.length);
}

/** The text as it stands behind the colon of a key. */
export function rawValue(text: string, key: string): string | null {
  return entriesOf(text).findLast((one) => one.key === key)?.value ?? null;
}

/** A text as one line of YAML that means exactly it. */
export function quoted(value: string): string {
  return /[\n\t\\]/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

/**
 * The text with quotes around each plain value of its header that is no YAML by itself, such as one with a colon and a
 * blank in it; null where that does not make the header readable.
 */
export function withQuotes(text: string): string | null {
  let mended = text;
  for (const { key, value, first, last } of entriesOf(text).toReversed()) {
    const plain = value.trim();
    if (first !== last || plain === '' || readYaml(`${key}: ${value}\n`).ok) continue;
    if (/^["']/.test(plain) && plain.length > 1 && plain.endsWith(plain[0]!)) {
      const inner = plain.slice(1, -1);
      mended = withLine(mended, first, `${key}: ${quoted(inner)}`);
    } else mended = withLine(mended, first, `${key}: ${quoted(plain)}`);
  }
  return mended === text ? null : mended;
}
