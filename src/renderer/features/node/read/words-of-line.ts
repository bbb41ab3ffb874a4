import { diffWordsWithSpace } from 'diff';
import { limits } from './limits.ts';
import type { PatchLine } from './patch.ts';

export type Word = { readonly text: string; readonly changed: boolean };

/**
 * The words of changed lines that differ from their counterpart: a run of removed lines followed by as many added
 * ones pairs line by line. Lines that have little in common get no marks, which would only be noise.
 */
export function markWords(lines: readonly PatchLine[]): ReadonlyMap<PatchLine, readonly Word[]> {
  const marks = new Map<PatchLine, readonly Word[]>();
  for (let i = 0; i < lines.length;) {
    const minus = run(lines, i, '-');
    const plus = run(lines, i + minus, '+');
    if (minus > 0 && minus === plus) {
      for (let k = 0; k < minus; k += 1) markPair(lines[i + k]!, lines[i + minus + k]!, marks);
    }
    i += Math.max(1, minus + plus);
  }
  return marks;
}

function run(lines: readonly PatchLine[], from: number, sign: '+' | '-'): number {
  let at = from;
  while (lines[at]?.sign === sign) at += 1;
  return at - from;
}

function markPair(before: PatchLine, after: PatchLine, marks: Map<PatchLine, readonly Word[]>): void {
  if (before.text.length > limits.wordChars || after.text.length > limits.wordChars) return;
  const changes = diffWordsWithSpace(before.text, after.text);
  let same = 0;
  for (const change of changes) if (!change.added && !change.removed) same += change.value.trim().length;
  if (same < Math.max(before.text.trim().length, after.text.trim().length) * 0.35) return;
  const words = (skip: 'added' | 'removed', mark: 'added' | 'removed'): Word[] =>
    changes.flatMap((change) => (change[skip] ? [] : [{ text: change.value, changed: change[mark] }]));
  marks.set(before, words('added', 'removed'));
  marks.set(after, words('removed', 'added'));
}
