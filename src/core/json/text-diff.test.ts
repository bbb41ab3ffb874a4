import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyText, diffText, linesOf, mirrorText, type TextHunk } from './text-diff.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('one', 'two', ' ', '\n', '\r\n', 'été', '👩‍🔬', '\ud800', '.', 'a'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

const words = (hunks: readonly TextHunk[]) => hunks.flatMap((hunk) => hunk.words);

/** Old and new words of a comparison. */
function marks(a: string, b: string): readonly (readonly [string, string])[] {
  return words(diffText(a, b)).map(({ from, to, newFrom, newTo }) => [
    a.slice(from, to),
    b.slice(newFrom, newTo),
  ]);
}

describe('diffText', () => {
  it('makes one text of the other, by its lines and by its words', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const hunks = diffText(a, b);
        expect(applyText(a, hunks, b)).toBe(b);
        expect(applyText(a, words(hunks), b)).toBe(b);
      }),
    );
  });

  it('finds nothing in equal texts and something in others', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(diffText(a, a)).toEqual([]);
        if (a !== b) expect(diffText(a, b).length).toBeGreaterThan(0);
      }),
    );
  });

  it('is the mirror of the other direction', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(diffText(b, a)).toEqual(mirrorText(diffText(a, b)));
      }),
    );
  });

  it('keeps words inside their hunk, in order, and hunks to whole lines', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        for (const hunk of diffText(a, b)) {
          let at = { old: hunk.from, now: hunk.newFrom };
          for (const word of hunk.words) {
            expect(word.from).toBeGreaterThanOrEqual(at.old);
            expect(word.newFrom).toBeGreaterThanOrEqual(at.now);
            at = { old: word.to, now: word.newTo };
          }
          expect(at.old).toBeLessThanOrEqual(hunk.to);
          expect(at.now).toBeLessThanOrEqual(hunk.newTo);
          expect(hunk.from === 0 || a[hunk.from - 1] === '\n').toBe(true);
          expect(hunk.newFrom === 0 || b[hunk.newFrom - 1] === '\n').toBe(true);
        }
      }),
    );
  });

  it('marks the words that changed', () => {
    expect(marks('mean over 10,000 queries.', 'p95 over 1,000 queries.')).toEqual([
      ['mean', 'p95'],
      ['10,000', '1,000'],
    ]);
    expect(marks('a\nkeep\nthe red fox\n', 'a\nkeep\nthe quick red fox\n')).toEqual([['', 'quick ']]);
  });

  it('joins words with nothing but blanks between them', () => {
    expect(marks('run the old tests now, as before', 'run the new checks now, as before')).toEqual([
      ['old tests', 'new checks'],
    ]);
  });

  it('marks a line as a whole where little of it is left', () => {
    expect(marks('completely other words here', 'nothing of that stays now')).toEqual([
      ['completely other words here', 'nothing of that stays now'],
    ]);
  });

  it('joined lines are the text', () => {
    fc.assert(
      fc.property(text, (a) => {
        expect(linesOf(a).join('')).toBe(a);
      }),
    );
  });
});
