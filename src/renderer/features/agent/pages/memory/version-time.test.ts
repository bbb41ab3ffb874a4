import { expect, test } from 'vitest';
import { versionTime } from './version-time.ts';

test.each([
  ['20260530T101500000000Z', '30 May 2026, 10:15:00 UTC'],
  ['2026-05-30T10:15:00Z', '30 May 2026, 10:15:00 UTC'],
  ['20261330T101500000000Z', '20261330T101500000000Z'],
  ['yesterday', 'yesterday'],
  [null, null],
])('%s', (at, words) => {
  expect(versionTime(at)).toBe(words);
});
