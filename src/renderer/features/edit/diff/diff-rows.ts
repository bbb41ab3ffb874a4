import { diffText, linesOf, type TextRange } from '../../../../core/json/text-diff.ts';

/** A piece of a line; `marked`: it is not in the other text. */
export type Part = { readonly text: string; readonly marked: boolean };
/** A line of one of the texts. `end`: what is odd about its line end, in words; else null. */
export type Cell = { readonly line: number; readonly parts: readonly Part[]; readonly end: string | null };
/** One row of a difference; a row that changed has a line on one side or both. */
export type DiffRow =
  | { readonly kind: 'same' | 'changed'; readonly old: Cell | null; readonly now: Cell | null }
  | { readonly kind: 'gap'; readonly lines: number; readonly rows: readonly DiffRow[] };

/** Equal lines that stay in sight around a change. */
const AROUND = 3;

type Line = { readonly text: string; readonly from: number; readonly to: number };

/** The rows in which two texts differ, with a little around each; what is far from any change is folded. */
export function diffRows(a: string, b: string): readonly DiffRow[] {
  const [old, now] = [placed(a), placed(b)];
  const rows: DiffRow[] = [];
  let [i, j] = [0, 0];
  const same = (untilOld: number): void => {
    while (i < old.length && old[i]!.to <= untilOld) {
      const cell = (line: number): Cell => ({ line, parts: plain(old[i]!.text), end: null });
      rows.push({ kind: 'same', old: cell(i + 1), now: cell(j + 1) });
      [i, j] = [i + 1, j + 1];
    }
  };
  for (const { from, to, newFrom, newTo, words } of diffText(a, b)) {
    same(from);
    const gone: Line[] = [];
    const come: Line[] = [];
    for (; i + gone.length < old.length && old[i + gone.length]!.from < to;) gone.push(old[i + gone.length]!);
    for (; j + come.length < now.length && now[j + come.length]!.from < newTo;)
      come.push(now[j + come.length]!);
    const newWords = words.map((word) => ({ from: word.newFrom, to: word.newTo }));
    const whole = words.length === 1 && isWhole(words[0]!, { from, to, newFrom, newTo });
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1) {
      const [left, right] = [gone[at], come[at]];
      const ends = left !== undefined && right !== undefined && endOf(left.text) !== endOf(right.text);
      const cell = (line: Line | undefined, number: number, marks: readonly Span[]): Cell | null =>
        line === undefined
          ? null
          : {
              line: number,
              parts: whole ? plain(line.text) : marked(line, marks),
              end: ends || endOf(line.text) === 'no line end' ? endOf(line.text) : null,
            };
      rows.push({
        kind: 'changed',
        old: cell(left, i + at + 1, words),
        now: cell(right, j + at + 1, newWords),
      });
    }
    [i, j] = [i + gone.length, j + come.length];
  }
  same(Infinity);
  return folded(rows);
}

type Span = { readonly from: number; readonly to: number };

const isWhole = (word: TextRange, hunk: TextRange): boolean =>
  word.from === hunk.from &&
  word.to === hunk.to &&
  word.newFrom === hunk.newFrom &&
  word.newTo === hunk.newTo;

function placed(text: string): readonly Line[] {
  let at = 0;
  return linesOf(text).map((line) => {
    const from = at;
    at += line.length;
    return { text: line, from, to: at };
  });
}

const endOf = (line: string): string =>
  line.endsWith('\r\n') ? 'CRLF' : line.endsWith('\n') ? 'LF' : 'no line end';

const bare = (line: string): string => line.replace(/\r?\n$/, '');

const plain = (line: string): readonly Part[] => [{ text: bare(line), marked: false }];

function marked(line: Line, marks: readonly Span[]): readonly Part[] {
  const parts: Part[] = [];
  const text = bare(line.text);
  let at = 0;
  for (const mark of marks) {
    const from = Math.max(0, mark.from - line.from);
    const to = Math.min(text.length, mark.to - line.from);
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

function folded(rows: readonly DiffRow[]): readonly DiffRow[] {
  const near = new Uint8Array(rows.length);
  for (const [at, { kind }] of rows.entries()) {
    if (kind !== 'changed') continue;
    near.fill(1, Math.max(0, at - AROUND), Math.min(rows.length, at + AROUND + 1));
  }
  const out: DiffRow[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at;
    while (end < rows.length && near[end] === 0) end += 1;
    if (end - at > 1) out.push({ kind: 'gap', lines: end - at, rows: rows.slice(at, end) });
    else out.push(...rows.slice(at, end));
    while (end < rows.length && near[end] === 1) out.push(rows[end++]!);
    at = end;
  }
  return out;
}

/** How many lines a difference adds and takes away. */
export function countChanges(rows: readonly DiffRow[]): { readonly added: number; readonly removed: number } {
  let [added, removed] = [0, 0];
  for (const row of rows) {
    if (row.kind !== 'changed') continue;
    if (row.now !== null) added += 1;
    if (row.old !== null) removed += 1;
  }
  return { added, removed };
}
