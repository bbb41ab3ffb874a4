import { assert, constantFrom, array, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText, linesOf } from '../../../../core/json/text-diff.ts';
import { textRows, type TextRow } from './text-rows.ts';

const rowsOf = (old: string, now: string): readonly TextRow[] => textRows(old, now, diffText(old, now));

/** Rows as a person reads them: sign, line numbers, words with their marks in brackets. */
function told(old: string, now: string): readonly string[] {
  return rowsOf(old, now).map((row) => {
    if (row.kind === 'skip') return `… ${row.lines}`;
    const sign = { same: ' ', old: '-', new: '+' }[row.kind];
    const text = row.parts.map((part) => (part.marked ? `[${part.text}]` : part.text)).join('');
    return `${sign} ${row.oldLine ?? '.'}|${row.newLine ?? '.'} ${text}`;
  });
}

const plain = (whole: string) => linesOf(whole).map((line) => line.replace(/\r?\n$/, ''));

function expectLines(shown: readonly string[], lines: readonly string[]): void {
  expect(shown).toHaveLength(lines.length);
  for (const [i, line] of shown.entries()) if (line !== '…') expect(line).toBe(lines[i]);
}

describe('the rows of a comparison of texts', () => {
  it('show what changed with a little around it', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `line ${i + 1}`);
    const now = lines.with(4, 'line five').join('\n');
    expect(told(lines.join('\n'), now)).toEqual([
      '… 2',
      '  3|3 line 3',
      '  4|4 line 4',
      '- 5|. line [5]',
      '+ .|5 line [five]',
      '  6|6 line 6',
      '  7|7 line 7',
      '… 2',
    ]);
  });

  it('mark no words where all of a line went or came', () => {
    expect(told('a\nb\n', 'a\nb\nwholly new\n')).toEqual(['  1|1 a', '  2|2 b', '+ .|3 wholly new']);
    expect(told('gone\nb\n', 'b\n')).toEqual(['- 1|. gone', '  2|1 b']);
  });

  it('say every line of both texts once, in order', () => {
    const text = array(constantFrom('a\n', 'b\n', 'the red fox\n', 'the blue fox\n', 'c', '\r\n'), {
      maxLength: 14,
    }).map((parts) => parts.join(''));
    assert(
      property(text, text, (old, now) => {
        const rows = rowsOf(old, now);
        const body = (kinds: readonly string[]): readonly string[] =>
          rows.flatMap((row) => {
            if (row.kind === 'skip') return Array.from({ length: row.lines }, () => '…');
            return kinds.includes(row.kind) ? [row.parts.map((part) => part.text).join('')] : [];
          });
        expectLines(body(['same', 'old']), plain(old));
        expectLines(body(['same', 'new']), plain(now));
      }),
    );
  });
});
