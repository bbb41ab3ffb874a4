import { expect, test } from 'vitest';
import { parseJson } from '../../../../core/json/parse.ts';
import { fitsOneLine, isLong, shortened, shownText, valueText } from './edit-text.ts';

const textOf = (text: string): string => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return valueText(parsed.node).text;
};

test('a short value stands on one line, its numbers and texts as they are', () => {
  expect(textOf('{"name":"a\\n  b","p95":1.0,"x":[]}')).toBe('{ "name": "a\\n  b", "p95": 1.0, "x": [] }');
  expect(textOf('"text"')).toBe('"text"');
  expect(textOf(`{"a":"${'x'.repeat(90)}"}`)).toBe(`{\n  "a": "${'x'.repeat(90)}"\n}`);
});

test('two values share a line only where both are short', () => {
  expect(fitsOneLine('1', '2')).toBe(true);
  expect(fitsOneLine('a\nb', '2')).toBe(false);
  expect(fitsOneLine('x'.repeat(40), 'y'.repeat(40))).toBe(false);
});

test('hidden signs are shown, tabs and line breaks are kept', () => {
  expect(shownText('a\tb\nc\u202ed\u0007')).toBe('a\tb\nc\uFFFDd\uFFFD');
});

test('of a long part of a line its ends are shown, and how much lies between', () => {
  const parts = [{ text: `${'a'.repeat(700)}${'b'.repeat(700)}`, marked: false }];
  expect(isLong(parts)).toBe(true);
  expect(shortened(parts)).toEqual([
    { text: 'a'.repeat(300), marked: false, left: 800 },
    { text: 'b'.repeat(300), marked: false, left: 0 },
  ]);
});
