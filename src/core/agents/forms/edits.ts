import type { TextEdit } from '../../../contract/drafts.ts';

/** A text with edits applied. They do not overlap; their offsets are those of the given text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sorted(edits)) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}

/** Edits in the order of their places; those at one place keep theirs. */
export function sorted(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.from - b.from || a.to - b.to);
}

export function shifted(edits: readonly TextEdit[], by: number): readonly TextEdit[] {
  return edits.map(({ from, to, text }) => ({ from: from + by, to: to + by, text }));
}

/** A text with LF only, as Python reads it, and its edits as edits of the text with its own line ends. */
export type Unified = {
  readonly text: string;
  readonly toRaw: (edits: readonly TextEdit[]) => readonly TextEdit[];
};

const lineEnd = /\r\n?|\n/g;

export function unify(raw: string): Unified {
  if (!raw.includes('\r')) return { text: raw, toRaw: (edits) => edits.map((edit) => smallest(raw, edit)) };
  const text = raw.replaceAll(/\r\n?/g, '\n');
  /** places in the unified text at which the given one has two characters */
  const pairs: number[] = [];
  for (const found of raw.matchAll(/\r\n/g)) pairs.push(found.index - pairs.length);
  const place = (at: number): number => at + countBelow(pairs, at);
  return {
    text,
    toRaw: (edits) =>
      edits.map((edit) => {
        const { from, to, text: added } = smallest(text, edit);
        const start = place(from);
        return { from: start, to: place(to), text: added.replaceAll('\n', endNear(raw, start)) };
      }),
  };
}

/** How many of the rising numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line end at a place, or that before it, or else the first one after it. */
function endNear(raw: string, at: number): string {
  const here = /^(?:\r\n|\r|\n)/.exec(raw.slice(at, at + 2));
  if (here !== null) return here[0];
  const before = /(\r\n|\r|\n)[^\r\n]*$/.exec(raw.slice(0, at));
  if (before !== null) return before[1]!;
  lineEnd.lastIndex = 0;
  return lineEnd.exec(raw)?.[0] ?? '\n';
}

/** An edit without what it leaves as it was. */
function smallest(text: string, edit: TextEdit): TextEdit {
  let { from, to } = edit;
  let added = edit.text;
  while (from < to && added !== '' && text.charCodeAt(to - 1) === added.charCodeAt(added.length - 1)) {
    to--;
    added = added.slice(0, -1);
  }
  while (from < to && added !== '' && text.charCodeAt(from) === added.charCodeAt(0)) {
    from++;
    added = added.slice(1);
  }
  return { from, to, text: added };
}
