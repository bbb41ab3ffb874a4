import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { indented } from './indented.ts';

test('values keep every sign, and only line breaks and blanks between them change', () => {
  expect(indented('{"a": 1.0, "b": [1e5, "x, y: {z}"], "c": {}}')).toBe(
    '{\n  "a": 1.0,\n  "b": [\n    1e5,\n    "x, y: {z}"\n  ],\n  "c": {}\n}',
  );
  expect(indented(String.raw`{"a":"\"}\\"}`)).toBe('{\n  "a": "\\"}\\\\"\n}');
});

test('says the same JSON as before', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(indented(text))).toEqual(JSON.parse(text));
    }),
  );
});

test('what is no JSON loses nothing but blanks, and never fails', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(indented(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});
