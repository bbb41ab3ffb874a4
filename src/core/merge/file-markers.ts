import { edited, type Edit } from './file-splice.ts';

/** Two ways to edit one text, and the names of who wants which. */
export type TwoWays = {
  readonly text: string;
  readonly ours: readonly Edit[];
  readonly theirs: readonly Edit[];
  readonly names: { readonly ours: string; readonly theirs: string };
  readonly lineBreak: string;
};

/** Lines of a text, by their offsets, and what is done within them. */
type Stretch = { from: number; to: number; readonly ours: Edit[]; readonly theirs: Edit[] };

/**
 * A text after the edits that both ways share, with git's conflict markers around the lines on which they differ.
 * Taking the same side everywhere gives exactly the text of that way.
 */
export function withMarkers(ways: TwoWays): string {
  const { text, ours, theirs } = ways;
  const pieces: string[] = [];
  let at = 0;
  for (const stretch of stretchesOf(text, ours, theirs)) {
    pieces.push(text.slice(at, stretch.from), marked(ways, stretch));
    at = stretch.to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** A hunk of conflict markers; each side is whole lines, or nothing. */
export function hunk(ours: string, theirs: string, names: TwoWays['names'], lineBreak: string): string {
  const ended = (lines: string): string => (lines === '' || lines.endsWith('\n') ? lines : lines + lineBreak);
  return [
    `<<<<<<< ${names.ours}${lineBreak}`,
    ended(ours),
    `=======${lineBreak}`,
    ended(theirs),
    `>>>>>>> ${names.theirs}${lineBreak}`,
  ].join('');
}

/** Whole lines that edits of either way touch; none touches another. */
function stretchesOf(text: string, ours: readonly Edit[], theirs: readonly Edit[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < ours.length || j < theirs.length) {
    const mine = (ours[i]?.from ?? Infinity) <= (theirs[j]?.from ?? Infinity);
    const edit = mine ? ours[i++]! : theirs[j++]!;
    let last = stretches.at(-1);
    if (
      last === undefined ||
      edit.from > last.to ||
      (edit.from === last.to && text[edit.from - 1] === '\n')
    ) {
      last = { from: text.lastIndexOf('\n', edit.from - 1) + 1, to: edit.from, ours: [], theirs: [] };
      if (edit.from === 0) last.from = 0;
      stretches.push(last);
    }
    last[mine ? 'ours' : 'theirs'].push(edit);
    if (edit.to >= last.to) last.to = lineEnd(text, edit.to);
  }
  return stretches;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

function marked({ text, names, lineBreak }: TwoWays, { from, to, ours, theirs }: Stretch): string {
  const mine = edited(text, ours, from, to);
  const other = edited(text, theirs, from, to);
  if (mine === other) return mine;
  const [a, b] = [mine.split(/(?<=\n)/), other.split(/(?<=\n)/)];
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < most - before && a.at(-1 - after) === b.at(-1 - after)) after += 1;
  const middle = (lines: readonly string[]): string => lines.slice(before, lines.length - after).join('');
  return [
    a.slice(0, before).join(''),
    hunk(middle(a), middle(b), names, lineBreak),
    a.slice(a.length - after).join(''),
  ].join('');
}
