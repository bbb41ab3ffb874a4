import { expect, test } from 'vitest';
import { progressWords } from './progress.ts';

const running = (done: number, total: number) => ({ done, total, sinceMs: 1000, stop: () => undefined });

test('a check says counts first, then how fast it is and what is likely left', () => {
  expect(progressWords(running(0, 0), 1500)).toBe('Counting what is to be checked');
  expect(progressWords(running(10, 3000), 1100)).toBe('10 of 3,000 records');
  expect(progressWords(running(1000, 3000), 3000)).toBe('1,000 of 3,000 records, 500 a second, ≈ 4.0 s left');
  expect(progressWords(running(3000, 3000), 7000)).toBe(
    '3,000 of 3,000 records, 500 a second, following the links',
  );
  expect(progressWords(running(0, 3000), 9000)).toBe('0 of 3,000 records');
});
