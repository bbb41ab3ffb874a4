import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { keepLineEndings, shownEndings } from './line-endings.ts';

const shown = (raw: string) => raw.replaceAll(/\r\n|\r/g, '\n');

test('lines that were not touched keep their endings, new ones get the usual one', () => {
  expect(keepLineEndings('a\r\nb\nc\r\nd', 'a\nb\nx\ny\nd')).toBe('a\r\nb\nx\r\ny\r\nd');
  expect(keepLineEndings('a\rb', 'a\nb\nc')).toBe('a\rb\rc');
  expect(keepLineEndings('a\nb', 'x\ny')).toBe('x\ny');
  expect(keepLineEndings('a\r\nb', '')).toBe('');
});

test('a text that was only shown comes back as it was, and an edit never loses or adds a line', () => {
  const text = array(constantFrom('a', 'b', '\n', '\r\n', '\r'), { maxLength: 20 }).map((parts) =>
    parts.join(''),
  );
  assert(
    property(text, text, (original, other) => {
      expect(keepLineEndings(original, shown(original))).toBe(original);
      expect(shown(keepLineEndings(original, shown(other)))).toBe(shown(other));
    }),
  );
});

test('texts beside each other show how their lines end only where that differs', () => {
  expect(shownEndings(['a\r\nb', 'c\r\n', 'd'])).toEqual(['a\nb', 'c\n', 'd']);
  expect(shownEndings(['a\r\nb', 'a\nb'])).toEqual(['a␍\nb', 'a\nb']);
  expect(shownEndings(['a\rb'])).toEqual(['a␍b']);
  expect(shownEndings(['a\nb'])).toEqual(['a\nb']);
});
