import { structuredPatch } from 'diff';
import { limits } from './limits.ts';
import type { Hunk, PatchLine } from './patch.ts';

/** Milliseconds after which the comparison of two texts is given up; then all of one stands before all of the other. */
const PATIENCE = 150;

/** What changes from one text to another, as hunks. The texts are parts of a file, so lines have no numbers. */
export function comparePair(before: string, after: string): readonly Hunk[] {
  const large = linesOf(before).length + linesOf(after).length > limits.pairLines;
  const compared = large
    ? undefined
    : structuredPatch('', '', before, after, '', '', { context: 3, timeout: PATIENCE });
  if (compared === undefined || compared.hunks.length === 0) {
    return [
      {
        head: '',
        lines: [
          ...linesOf(before).map((text) => lineOf('-', text)),
          ...linesOf(after).map((text) => lineOf('+', text)),
        ],
      },
    ];
  }
  // where both end without a line break, saying so twice tells nothing
  const endsDiffer = before.endsWith('\n') !== after.endsWith('\n');
  return compared.hunks.map((hunk, i) => ({
    head: i === 0 ? '' : '⋯',
    lines: hunk.lines.flatMap((line): PatchLine[] => {
      const sign = line.charAt(0) as PatchLine['sign'];
      if (sign === '\\' && !endsDiffer) return [];
      return [lineOf(sign, line.slice(1))];
    }),
  }));
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
const lineOf = (sign: PatchLine['sign'], text: string): PatchLine => ({ sign, text, old: null, new: null });
