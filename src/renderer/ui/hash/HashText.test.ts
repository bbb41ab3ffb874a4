import { expect, it } from 'vitest';
import { splitHashes } from './HashText.tsx';

const A = 'a'.repeat(64);

it('takes full hashes out of a text and loses no character', () => {
  const text = `The input ${A} of ${'b'.repeat(64)}, not ${'c'.repeat(63)} nor ${'d'.repeat(65)}.`;
  const parts = splitHashes(text);
  expect(parts.map((entry) => entry.part).join('')).toBe(text);
  expect(parts.filter((entry) => entry.hash).map((entry) => entry.part)).toEqual([A, 'b'.repeat(64)]);
  expect(splitHashes(A)).toEqual([{ part: A, hash: true, at: 0 }]);
  expect(splitHashes('')).toEqual([]);
});
