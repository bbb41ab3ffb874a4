import { expect, it } from 'vitest';
import type { JsonNode } from '../core/json/tree.ts';
import { valueTexts } from './value-text.ts';

const text = (value: string): JsonNode => ({ kind: 'string', value });
const long = 'x'.repeat(100);

it('short values stand as they are, and none is none', () => {
  expect(valueTexts([text('a'), undefined, { kind: 'float', text: '1.0' }], 20)).toEqual([
    '"a"',
    null,
    '1.0',
  ]);
});

it('long values that part late show where', () => {
  const [one, two] = valueTexts([text(`${long}one`), text(`${long}two`)], 40);
  expect(one).toBe(`…${'x'.repeat(16)}one"`);
  expect(two).toBe(`…${'x'.repeat(16)}two"`);
});

it('long values that part early are cut at their end', () => {
  const [one] = valueTexts([text(`one${long}`), text(`two${long}`)], 40);
  expect(one).toBe(`"one${'x'.repeat(35)}…`);
});

it('what acts on a terminal is an escape, also where a character is cut in two', () => {
  expect(valueTexts([text(`${'x'.repeat(17)}😀 and more`), text('y')], 20)[0]).not.toMatch(/[\ud800-\udfff]/);
});
