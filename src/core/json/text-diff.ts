import { align, gapsBetween, type Gap } from './align.ts';

/** The characters `from` to `to` of one text became `newFrom` to `newTo` of the other; one of the two may be none. */
export type TextRange = {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
};

/** A range of whole lines, and the words in it that changed. The words alone say everything too. */
export type TextHunk = TextRange & { readonly words: readonly TextRange[] };

/** Characters of one side of a hunk whose words are compared. Beyond: all of it counts as changed. */
const MAX_WORD_CHARS = 20_000;
/** The least part of the letters of a hunk that must be kept for word marks to help more than they confuse. */
const LEAST_KEPT = 0.3;

/**
 * What changed from one text to another, by lines and in them by words. No hunks where they are equal; the hunks of
 * the other direction are these mirrored.
 */
export function diffText(a: string, b: string): readonly TextHunk[] {
  return a <= b ? diffInOrder(a, b) : mirrorText(diffInOrder(b, a));
}

/** The same hunks from the other text's point of view. */
export function mirrorText(hunks: readonly TextHunk[]): readonly TextHunk[] {
  return hunks.map((hunk) => ({ ...mirrorRange(hunk), words: hunk.words.map(mirrorRange) }));
}

/** The other text: `a` with every range replaced by what it is in `b`. */
export function applyText(a: string, ranges: readonly TextRange[], b: string): string {
  let text = '';
  let at = 0;
  for (const { from, to, newFrom, newTo } of ranges) {
    text += a.slice(at, from) + b.slice(newFrom, newTo);
    at = to;
  }
  return text + a.slice(at);
}

/** The lines of a text with their line breaks; joined they are the text. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function mirrorRange({ from, to, newFrom, newTo }: TextRange): TextRange {
  return { from: newFrom, to: newTo, newFrom: from, newTo: to };
}

function diffInOrder(a: string, b: string): readonly TextHunk[] {
  if (a === b) return [];
  return rangesOf(linesOf(a), linesOf(b)).map((range) => {
    const { from, to, newFrom, newTo } = range;
    return { from, to, newFrom, newTo, words: wordsIn(a, b, range) };
  });
}

/** The ranges of characters in which two lists of parts differ. */
function rangesOf(a: readonly string[], b: readonly string[]): readonly TextRange[] {
  const numbers = new Map<string, number>();
  const numbered = (parts: readonly string[]): Int32Array =>
    Int32Array.from(parts, (part) => {
      const number = numbers.get(part) ?? numbers.size;
      numbers.set(part, number);
      return number;
    });
  const starts = { a: startsOf(a), b: startsOf(b) };
  return gapsBetween(align(numbered(a), numbered(b)), a.length, b.length).map((gap: Gap) => ({
    from: starts.a[gap.a]!,
    to: starts.a[gap.aEnd]!,
    newFrom: starts.b[gap.b]!,
    newTo: starts.b[gap.bEnd]!,
  }));
}

function startsOf(parts: readonly string[]): Int32Array {
  const starts = new Int32Array(parts.length + 1);
  for (let i = 0; i < parts.length; i += 1) starts[i + 1] = starts[i]! + parts[i]!.length;
  return starts;
}

function wordsIn(a: string, b: string, hunk: TextRange): readonly TextRange[] {
  const whole = [hunk];
  const old = a.slice(hunk.from, hunk.to);
  const now = b.slice(hunk.newFrom, hunk.newTo);
  if (old === '' || now === '' || Math.max(old.length, now.length) > MAX_WORD_CHARS) return whole;
  const ranges = withoutSlivers(old, rangesOf(tokensOf(old), tokensOf(now)));
  const changed = ranges.reduce((sum, { from, to }) => sum + letters(old.slice(from, to)), 0);
  const added = ranges.reduce((sum, { newFrom, newTo }) => sum + letters(now.slice(newFrom, newTo)), 0);
  const kept = letters(old) - changed;
  if (kept < LEAST_KEPT * Math.max(kept + changed, kept + added)) return whole;
  return ranges.map(({ from, to, newFrom, newTo }) => ({
    from: from + hunk.from,
    to: to + hunk.from,
    newFrom: newFrom + hunk.newFrom,
    newTo: newTo + hunk.newFrom,
  }));
}

/** Words, numbers with their marks, blanks, and signs one by one; no character is cut in two. */
function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+(?:[.,]\p{N}+)*|[^\S\n]+|\n|[^\p{L}\p{N}\p{M}_\s]|[\s\S]/gu) ?? [];
}

const letters = (text: string): number => text.replaceAll(/\s/g, '').length;

/** Joins ranges between which only blanks on one line are kept. */
function withoutSlivers(a: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const whole: TextRange[] = [];
  for (const range of ranges) {
    const last = whole.at(-1);
    const kept = last === undefined ? '' : a.slice(last.to, range.from);
    if (last !== undefined && /^[^\S\n]*$/.test(kept)) {
      whole[whole.length - 1] = { ...last, to: range.to, newTo: range.newTo };
    } else whole.push(range);
  }
  return whole;
}
