import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtPlaces, occurrences } from './find.ts';

test('the case does not matter, and occurrences never overlap', () => {
  expect(occurrences('Aaa aA', 'aa', 10)).toEqual([0, 4]);
  expect(occurrences('abc', '', 10)).toEqual([]);
  expect(occurrences('aaaa', 'a', 2)).toEqual([0, 1]);
});

test('a letter that grows in lower case does not shift what is marked', () => {
  const text = 'İİ wanted';
  const [at] = occurrences(text, 'wanted', 10);
  expect(text.slice(at, at! + 6)).toBe('wanted');
});

test('the pieces of a text make the text', () => {
  assert(
    property(string(), string({ minLength: 1, maxLength: 2 }), (text, wanted) => {
      const places = occurrences(text, wanted, 1000);
      const pieces = cutAtPlaces(text, places, wanted.length);
      expect(pieces.join('')).toBe(text);
      expect(pieces).toHaveLength(places.length * 2 + 1);
    }),
  );
});
