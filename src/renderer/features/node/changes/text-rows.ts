import { linesOf, type TextHunk, type TextRange } from '../../../../core/json/text-diff.ts';

/** A piece of a line; `marked` where its words changed. */
export type LinePart = { readonly text: string; readonly marked: boolean };

/** One line of a comparison of two texts. Line numbers count from 1; null where the side has no such line. */
export type TextRow =
  | {
      readonly kind: 'same' | 'old' | 'new';
      readonly oldLine: number | null;
      readonly newLine: number | null;
      readonly parts: readonly LinePart[];
    }
  /** lines that are equal and not shown */
  | { readonly kind: 'skip'; readonly lines: number; readonly key: number };

/** Equal lines shown around a change. */
const AROUND = 2;

/** Two texts as lines: what went, what came, and a little of what is equal around it. */
export function textRows(old: string, now: string, hunks: readonly TextHunk[]): readonly TextRow[] {
  const rows: TextRow[] = [];
  const olds = linesAt(old);
  const news = linesAt(now);
  let at = { old: 0, now: 0 };
  for (const [index, hunk] of hunks.entries()) {
    const begin = { old: lineOf(olds, hunk.from), now: lineOf(news, hunk.newFrom) };
    equal(rows, old, olds, at, begin.old - at.old, index > 0, true);
    const end = { old: lineOf(olds, hunk.to), now: lineOf(news, hunk.newTo) };
    // where all of it changed, the colour of its lines says so
    const marked = hunk.words.filter(
      (word) => word.from !== hunk.from || word.to !== hunk.to || word.newTo !== hunk.newTo,
    );
    const words = marked.map(({ from, to }) => ({ from, to }));
    const newWords = marked.map(({ newFrom, newTo }) => ({ from: newFrom, to: newTo }));
    for (let i = begin.old; i < end.old; i += 1) {
      rows.push({ kind: 'old', oldLine: i + 1, newLine: null, parts: lineParts(old, olds, i, words) });
    }
    for (let i = begin.now; i < end.now; i += 1) {
      rows.push({ kind: 'new', oldLine: null, newLine: i + 1, parts: lineParts(now, news, i, newWords) });
    }
    at = end;
  }
  equal(rows, old, olds, at, olds.length - 1 - at.old, hunks.length > 0, false);
  return rows;
}

/** Where each line begins, and at last the length of the text. */
function linesAt(text: string): readonly number[] {
  const starts = [0];
  for (const line of linesOf(text)) starts.push(starts.at(-1)! + line.length);
  return starts;
}

function lineOf(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Equal lines between two changes: the first and last few, and how many lie between. */
function equal(
  rows: TextRow[],
  text: string,
  starts: readonly number[],
  from: { readonly old: number; readonly now: number },
  count: number,
  after: boolean,
  before: boolean,
): void {
  const head = after ? Math.min(AROUND, count) : 0;
  const tail = before ? Math.min(AROUND, count - head) : 0;
  const push = (i: number) =>
    rows.push({
      kind: 'same',
      oldLine: from.old + i + 1,
      newLine: from.now + i + 1,
      parts: [{ text: lineText(text, starts, from.old + i), marked: false }],
    });
  for (let i = 0; i < head; i += 1) push(i);
  if (count > head + tail) rows.push({ kind: 'skip', lines: count - head - tail, key: from.old + head });
  for (let i = count - tail; i < count; i += 1) push(i);
}

const lineText = (text: string, starts: readonly number[], line: number): string =>
  text.slice(starts[line], starts[line + 1]).replace(/\r?\n$/, '');

function lineParts(
  text: string,
  starts: readonly number[],
  line: number,
  words: readonly Pick<TextRange, 'from' | 'to'>[],
): readonly LinePart[] {
  const begin = starts[line]!;
  const shown = lineText(text, starts, line);
  const parts: LinePart[] = [];
  let at = begin;
  const end = begin + shown.length;
  for (const word of words) {
    const from = Math.max(at, Math.min(end, word.from));
    const to = Math.max(from, Math.min(end, word.to));
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    if (to > from) parts.push({ text: text.slice(from, to), marked: true });
    at = Math.max(at, to);
  }
  if (at < end) parts.push({ text: text.slice(at, end), marked: false });
  return parts;
}
