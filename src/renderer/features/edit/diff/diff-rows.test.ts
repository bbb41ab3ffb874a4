import { array, assert, boolean, constantFrom, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countChanges, diffRows, type DiffRow } from './diff-rows.ts';

const unfolded = (rows: readonly DiffRow[]): readonly DiffRow[] =>
  rows.flatMap((row) => (row.kind === 'gap' ? row.rows : [row]));

const side = (rows: readonly DiffRow[], of: 'old' | 'now'): readonly string[] =>
  unfolded(rows).flatMap((row) => {
    const cell = row.kind === 'gap' ? null : row[of];
    return cell === null ? [] : [cell.parts.map(({ text }) => text).join('')];
  });

const lines = (text: string): readonly string[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''));

describe('the rows of a difference', () => {
  test('the words that changed are marked, and what is far away is folded', () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at} stays as it is`).join('\n');
    const rows = diffRows(before, before.replace('line 9 stays', 'line 9 moves'));
    expect(rows.map(({ kind }) => kind)).toEqual([
      'gap',
      'same',
      'same',
      'same',
      'changed',
      'same',
      'same',
      'same',
      'gap',
    ]);
    const changed = rows[4];
    expect(changed).toMatchObject({
      old: { line: 10, parts: [{ text: 'line 9 ' }, { text: 'stays', marked: true }, { text: ' as it is' }] },
      now: { line: 10, parts: [{ text: 'line 9 ' }, { text: 'moves', marked: true }, { text: ' as it is' }] },
    });
    expect(countChanges(rows)).toEqual({ added: 1, removed: 1 });
  });

  test('line ends that change, and a last line without one, are said', () => {
    const rows = diffRows('a\r\nb', 'a\nb\n');
    expect(rows).toMatchObject([
      { old: { end: 'CRLF' }, now: { end: 'LF' } },
      { old: { end: 'no line end' }, now: { end: 'LF' } },
    ]);
  });

  test('both sides hold every line of their text, in order and numbered', () => {
    const line = constantFrom('', 'a', 'b', 'a b c', '\tx', 'é😀');
    const text = tuple(array(line, { maxLength: 30 }), constantFrom('\n', '\r\n'), boolean()).map(
      ([parts, end, last]) => parts.join(end) + (last && parts.length > 0 ? end : ''),
    );
    assert(
      property(text, text, (a, b) => {
        const rows = diffRows(a, b);
        expect(side(rows, 'old')).toEqual(lines(a));
        expect(side(rows, 'now')).toEqual(lines(b));
        const numbers = unfolded(rows).flatMap((row) => (row.kind === 'gap' ? [] : (row.now?.line ?? [])));
        expect(numbers).toEqual(numbers.map((_, at) => at + 1));
        expect(unfolded(rows).every(({ kind }) => kind === 'same')).toBe(a === b);
      }),
    );
  });
});
