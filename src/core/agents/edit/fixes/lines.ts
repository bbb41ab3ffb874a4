import type { TextEdit } from '../../../../contract/drafts.ts';

/** A line of a text: what it says, what ends it, and where it begins. */
export type Line = { readonly text: string; readonly end: string; readonly at: number };

/** The lines of a text with their own ends; the last has none where the text does not end with one. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  const ends = /\r\n|\n|\r/g;
  let at = 0;
  for (const found of text.matchAll(ends)) {
    lines.push({ text: text.slice(at, found.index), end: found[0], at });
    at = found.index + found[0].length;
  }
  if (at < text.length) lines.push({ text: text.slice(at), end: '', at });
  return lines;
}

/** How lines end in a text, by the first that does. */
export function endOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The text without some of its lines (from 1). */
export function withoutLines(text: string, numbers: ReadonlySet<number>): string {
  return joined(linesOf(text).filter((_, i) => !numbers.has(i + 1)));
}

/** The text with one line (from 1) saying something else. */
export function withLine(text: string, number: number, says: string): string {
  const line = linesOf(text)[number - 1];
  return line === undefined ? text : text.slice(0, line.at) + says + text.slice(line.at + line.text.length);
}

/** The text with a line added below another (from 1; 0: at its beginning). */
export function withLineBelow(text: string, number: number, says: string): string {
  const end = endOf(text);
  const lines = linesOf(text);
  const before = joined(lines.slice(0, number));
  const rest = joined(lines.slice(number));
  // a text without an end of its last line has none afterwards either
  return number > 0 && !/[\r\n]$/.test(before) ? before + end + says + rest : before + says + end + rest;
}

/** The text with a section at its end, set off by a blank line. */
export function withSection(text: string, rows: readonly string[]): string {
  const end = endOf(text);
  const last = linesOf(text).at(-1);
  const open = last === undefined || last.end !== '' ? '' : end;
  const gap = last === undefined || last.text.trim() === '' ? '' : end;
  return `${text}${open}${gap}${rows.join(end)}${open === '' ? end : ''}`;
}

function joined(lines: readonly Line[]): string {
  return lines.map(({ text, end }) => text + end).join('');
}

/** What makes one text of another: the lines between the first and the last that differ. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - from;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [{ from, to: before.length - tail, text: after.slice(from, after.length - tail) }];
}

/** The word of a list that a mistyped one most likely means; null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (known.includes(plain)) return plain;
  const near = known
    .map((one) => ({ one, off: distance(plain, one) }))
    .filter(({ one, off }) => off <= Math.max(1, Math.floor(one.length / 3)))
    .sort((a, b) => a.off - b.off);
  if (near.length > 1 && near[0]!.off === near[1]!.off) return null;
  if (near[0] !== undefined) return near[0].one;
  const begun = plain === '' ? [] : known.filter((one) => one.startsWith(plain));
  return begun.length === 1 ? begun[0]! : null;
}

/** Letters that must be added, dropped or changed; two that are swapped count once. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
